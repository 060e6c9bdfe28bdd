package dev.ade.project.cache;

import dev.ade.model.Fingerprint;
import dev.ade.spi.OwnerOnly;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/// Values by the hash of all that they follow from, kept in one file between processes. Thread-safe.
///
/// Only what was asked for or put since it was opened is kept, so that the file never holds more than one reading uses.
/// Any number of processes may use the same folder: each file is written whole beside the old one and then takes its
/// place, and who comes last wins. A file that is damaged, or of another build, is as good as none.
public final class ContentCache {
    static final int BYTES_MAX = 256 << 20;

    /// Files of one folder: a project is read for a few environments with a few sets of vars.
    static final int FILES_MAX = 8;

    private static final String SUFFIX = ".cache";
    private static final String UNFINISHED = ".cache.tmp";
    private static final long UNFINISHED_MILLIS_MAX = 3_600_000;
    private static final int HASH_BYTES = 16;
    private static final byte[] FORMAT = "ADE cache 1\n".getBytes(StandardCharsets.US_ASCII);

    private final Path file;
    private final String build;
    private final Map<String, byte[]> known;
    private final Map<String, byte[]> used = new ConcurrentHashMap<>();

    private ContentCache(Path file, String build, Map<String, byte[]> known) {
        this.file = file;
        this.build = build;
        this.known = known;
    }

    /// @param folder made when something is saved
    /// @param scope what one file is about; another scope has another file
    /// @param build of whoever made the values: those of others are not used
    public static ContentCache open(Path folder, Fingerprint scope, String build) {
        Path file = folder.resolve(scope.hex() + SUFFIX);
        return new ContentCache(file, build, read(file, build));
    }

    public Optional<byte[]> find(Fingerprint key) {
        byte[] value = known.get(key.hex());
        if (value != null) {
            used.put(key.hex(), value);
        }
        return Optional.ofNullable(value);
    }

    public void put(Fingerprint key, byte[] value) {
        used.put(key.hex(), value);
    }

    /// Keeps nothing under the key.
    public void forget(Fingerprint key) {
        used.remove(key.hex());
    }

    /// Writes what was used, unless that is what the file already says. That it cannot be written is no error: the next
    /// reading takes longer.
    public void save() {
        if (isSaved()) {
            return;
        }
        try {
            byte[] body = body(new TreeMap<>(used));
            if (body.length > BYTES_MAX) {
                return;
            }
            Path folder = OwnerOnly.folders(file.resolveSibling("").toAbsolutePath());
            // Readable by its owner only, as temporary files are.
            Path next = Files.createTempFile(folder, "next-", UNFINISHED);
            try {
                Files.write(next, framed(body));
                Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(next);
            }
            removeOldest(folder);
        } catch (IOException | UncheckedIOException | SecurityException e) {
            // Nobody depends on it.
        }
    }

    private boolean isSaved() {
        return used.size() == known.size()
                && used.entrySet().stream()
                        .allMatch(entry ->
                                Arrays.equals(entry.getValue(), known.get(entry.getKey())));
    }

    private byte[] framed(byte[] body) {
        ByteBuffer frame = ByteBuffer.allocate(FORMAT.length + Long.BYTES + body.length);
        return frame.put(FORMAT).putLong(sum(ByteBuffer.wrap(body))).put(body).array();
    }

    private byte[] body(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(build);
            out.writeInt(entries.size());
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.write(HexFormat.of().parseHex(entry.getKey()));
                out.writeInt(entry.getValue().length);
                out.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static Map<String, byte[]> read(Path file, String build) {
        try {
            if (Files.size(file) > BYTES_MAX) {
                return Map.of();
            }
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
            if (!Arrays.equals(take(bytes, FORMAT.length), FORMAT)) {
                return Map.of();
            }
            long sum = number(bytes, Long.BYTES).getLong();
            return sum == sum(bytes.duplicate()) ? entries(bytes, build) : Map.of();
        } catch (IOException | UncheckedIOException | SecurityException e) {
            return Map.of();
        }
    }

    private static Map<String, byte[]> entries(ByteBuffer bytes, String build) throws IOException {
        byte[] other = take(bytes, Short.toUnsignedInt(number(bytes, 2).getShort()));
        if (!build.equals(new String(other, StandardCharsets.UTF_8))) {
            return Map.of();
        }
        int size = number(bytes, 4).getInt();
        Map<String, byte[]> entries = HashMap.newHashMap(size);
        for (int i = 0; i < size; i++) {
            String key = HexFormat.of().formatHex(take(bytes, HASH_BYTES));
            entries.put(key, take(bytes, number(bytes, 4).getInt()));
        }
        return entries;
    }

    private static ByteBuffer number(ByteBuffer bytes, int size) throws IOException {
        return ByteBuffer.wrap(take(bytes, size));
    }

    private static byte[] take(ByteBuffer bytes, int size) throws IOException {
        if (size < 0 || size > bytes.remaining()) {
            throw new IOException("it ends too early");
        }
        byte[] taken = new byte[size];
        bytes.get(taken);
        return taken;
    }

    /// Finds damage, not malice: whoever may write here may write the project too.
    private static long sum(ByteBuffer bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes);
        return sum.getValue();
    }

    /// Removes files beyond the limit, and those that somebody who was killed did not finish.
    private void removeOldest(Path folder) throws IOException {
        Map<Path, Long> ages = new HashMap<>();
        try (Stream<Path> all = Files.list(folder)) {
            all.forEach(one -> ages.put(one, one.toFile().lastModified()));
        }
        List<Path> whole =
                ages.keySet().stream()
                        .filter(one -> one.toString().endsWith(SUFFIX))
                        .sorted(Comparator.<Path, Long>comparing(ages::get).reversed())
                        .toList();
        for (Path old : whole.subList(Math.min(FILES_MAX, whole.size()), whole.size())) {
            Files.deleteIfExists(old);
        }
        long tooOld = file.toFile().lastModified() - UNFINISHED_MILLIS_MAX;
        for (Map.Entry<Path, Long> one : ages.entrySet()) {
            if (one.getKey().toString().endsWith(UNFINISHED) && one.getValue() < tooOld) {
                Files.deleteIfExists(one.getKey());
            }
        }
    }
}
