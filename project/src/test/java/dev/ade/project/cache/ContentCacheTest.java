package dev.ade.project.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.model.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ContentCacheTest {
    private static final Fingerprint SCOPE = Fingerprint.of("scope");
    private static final Fingerprint ONE = Fingerprint.of("one");
    private static final Fingerprint TWO = Fingerprint.of("two");

    @TempDir private Path folder;

    private ContentCache open() {
        return ContentCache.open(folder, SCOPE, "build");
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private void save(Fingerprint... keys) {
        ContentCache cache = open();
        for (Fingerprint key : keys) {
            cache.put(key, key.hex().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }
        cache.save();
    }

    @Test
    void gives_what_was_put_before() {
        save(ONE, TWO);

        assertThat(open().find(ONE)).hasValueSatisfying(it -> assertThat(it).hasSize(32));
        assertThat(open().find(Fingerprint.of("three"))).isEmpty();
    }

    @Test
    void keeps_only_what_was_used() {
        save(ONE, TWO);
        ContentCache cache = open();
        assertThat(cache.find(TWO)).isPresent();
        cache.save();

        assertThat(open().find(ONE)).isEmpty();
        assertThat(open().find(TWO)).isPresent();
    }

    @Test
    void forgets_what_it_is_told_to() {
        save(ONE, TWO);
        ContentCache cache = open();
        cache.find(ONE);
        cache.find(TWO);
        cache.forget(ONE);
        cache.save();

        assertThat(open().find(ONE)).isEmpty();
    }

    @Test
    void does_not_write_what_is_there_already() throws IOException {
        save(ONE);
        FileTime before = FileTime.from(Instant.EPOCH);
        Files.setLastModifiedTime(files().getFirst(), before);
        ContentCache cache = open();
        cache.find(ONE);
        cache.save();

        assertThat(Files.getLastModifiedTime(files().getFirst())).isEqualTo(before);
    }

    @Test
    void another_build_starts_anew() {
        save(ONE);

        assertThat(ContentCache.open(folder, SCOPE, "other").find(ONE)).isEmpty();
    }

    @Test
    void its_file_is_its_owners_only() throws IOException {
        save(ONE);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files().getFirst())))
                .isEqualTo("rw-------");
    }

    @Test
    void keeps_a_few_files_and_removes_what_nobody_finished() throws IOException {
        Path unfinished = Files.writeString(folder.resolve("next-1.cache.tmp"), "half");
        Files.setLastModifiedTime(unfinished, FileTime.from(Instant.EPOCH));
        for (int i = 0; i < ContentCache.FILES_MAX + 3; i++) {
            ContentCache cache = ContentCache.open(folder, Fingerprint.of(i), "build");
            cache.put(ONE, new byte[] {1});
            cache.save();
        }

        assertThat(files()).hasSize(ContentCache.FILES_MAX).doesNotContain(unfinished);
    }

    @Test
    void is_empty_whatever_is_in_its_file() throws IOException {
        save(ONE, TWO);
        Path file = files().getFirst();
        byte[] whole = Files.readAllBytes(file);
        long seed = 20_261_121;
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 300; round++) {
            byte[] damaged = Arrays.copyOf(whole, random.nextInt(whole.length));
            if (round % 2 == 0) {
                damaged = whole.clone();
                damaged[random.nextInt(whole.length)] ^= (byte) (1 + random.nextInt(255));
            }
            Files.write(file, damaged);
            assertThat(open().find(ONE)).as("seed %d, round %d", seed, round).isEmpty();
        }
    }
}
