package dev.ade.code.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.AdeException;
import dev.ade.model.MavenCoordinate;
import dev.ade.spi.Libraries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With the Maven that runs the tests. What is asked of it is mostly what this build has fetched anyway.
class MavenLibrariesTest {
    /// It needs others in turn.
    private static final MavenCoordinate KNOWN =
            of("org.junit.jupiter", "junit-jupiter-api", Test.class);

    private static final MavenCoordinate JSPECIFY =
            of("org.jspecify", "jspecify", NullMarked.class);
    private static final Maven NONE = new Maven("/no/such/mvn", List.of(), Path.of("/no/such"));

    @TempDir private Path folder;
    private final List<String> said = new ArrayList<>();
    private Path root;
    private Path store;

    @BeforeEach
    void make_folders() throws IOException {
        root = Files.createDirectory(folder.resolve("project"));
        store = root.resolve(".ade/libraries");
    }

    /// The version that this build uses.
    private static MavenCoordinate of(String group, String artifact, Class<?> type) {
        String jar = type.getProtectionDomain().getCodeSource().getLocation().getPath();
        String[] parts = jar.split("/");
        String version = parts[parts.length - 2];
        return new MavenCoordinate(group, artifact, version, Optional.empty());
    }

    /// A lock as another machine writes it, and a Maven of which only the repository is there.
    private Maven lockedWithoutMaven() throws IOException {
        Path there = Maven.ofUser().repository();
        String path = "org/jspecify/jspecify/%1$s/jspecify-%1$s.jar".formatted(JSPECIFY.version());
        Files.writeString(
                root.resolve("ade.lock"),
                "%s\n  %s  %s\n".formatted(JSPECIFY, Checksum.of(there.resolve(path)), path));
        return new Maven("/no/such/mvn", List.of(), there);
    }

    private Libraries libraries(Maven maven) {
        return new MavenLibraries(root, store, maven, said::add);
    }

    @Test
    void a_library_comes_with_what_it_needs_and_is_locked() throws IOException {
        List<Path> jars = libraries(Maven.ofUser()).jars(KNOWN);

        assertThat(jars).hasSizeGreaterThan(1).allMatch(Files::isRegularFile);
        assertThat(jars.getFirst().getFileName())
                .hasToString("junit-jupiter-api-%s.jar".formatted(KNOWN.version()));
        assertThat(Files.readString(root.resolve("ade.lock")))
                .contains("\n%s\n  ".formatted(KNOWN))
                .contains(
                        "  %s  org/junit/jupiter/junit-jupiter-api/%s/%s"
                                .formatted(
                                        Checksum.of(jars.getFirst()),
                                        KNOWN.version(),
                                        jars.getFirst().getFileName()));
        assertThat(said).containsExactly("Fetching %s with Maven, once …".formatted(KNOWN));
        assertThat(store).isDirectoryNotContaining(path -> path.toString().contains("new"));
    }

    @Test
    void nobody_is_asked_again() throws IOException {
        List<Path> first = libraries(lockedWithoutMaven()).jars(JSPECIFY);

        assertThat(libraries(NONE).jars(JSPECIFY)).isEqualTo(first).hasSize(1);
        assertThat(said).isEmpty();
    }

    @Test
    void another_machine_takes_what_maven_has_there_already() throws IOException {
        Maven there = lockedWithoutMaven();

        assertThat(libraries(there).jars(JSPECIFY)).hasSize(1).allMatch(Files::exists);
    }

    @Test
    void the_order_of_coordinates_and_other_libraries_change_no_block() throws IOException {
        Libraries libraries = libraries(Maven.ofUser());
        libraries.jars(List.of(KNOWN, JSPECIFY));
        String lock = Files.readString(root.resolve("ade.lock"));
        libraries.jars(List.of(JSPECIFY, KNOWN, JSPECIFY));
        assertThat(root.resolve("ade.lock")).hasContent(lock);

        libraries.jars(JSPECIFY);
        assertThat(Files.readString(root.resolve("ade.lock")))
                .contains("\n\n" + JSPECIFY + "\n" + KNOWN + "\n  ")
                .contains("\n\n" + JSPECIFY + "\n  ");
    }

    @Test
    void a_jar_that_changed_is_refused() throws IOException {
        Path jar = libraries(lockedWithoutMaven()).jars(JSPECIFY).getFirst();
        String was = Checksum.of(jar);
        Files.writeString(jar, "something else");

        assertThatThrownBy(() -> libraries(NONE).jars(JSPECIFY))
                .hasMessage(
                        "Cannot use %s: ade.lock says SHA-256 %s, the file in %s has %s"
                                .formatted(jar.getFileName(), was, store, Checksum.of(jar)));
    }

    @Test
    void a_jar_that_maven_has_another_content_of_is_refused() throws IOException {
        Path jar = libraries(lockedWithoutMaven()).jars(JSPECIFY).getFirst();
        String real = Checksum.of(jar);
        String other = "0".repeat(64);
        Path lock = root.resolve("ade.lock");
        Files.writeString(lock, Files.readString(lock).replace(real, other));

        assertThatThrownBy(() -> libraries(Maven.ofUser()).jars(JSPECIFY))
                .hasMessage(
                        "Cannot use %s: ade.lock says SHA-256 %s, what Maven gives now has %s"
                                .formatted(jar.getFileName(), other, real))
                .satisfies(e ->
                        assertThat(((AdeException) e).nextStep())
                                .contains("remove its block from ade.lock"));
    }

    @Test
    void a_lock_that_leaves_the_store_is_refused() throws IOException {
        Files.writeString(
                root.resolve("ade.lock"), "a:b:1\n  %s  a/../../b.jar\n".formatted("0".repeat(64)));

        assertThatThrownBy(() -> libraries(NONE).jars(JSPECIFY))
                .hasMessage(
                        "Cannot read ade.lock: '%s  a/../../b.jar' is no jar"
                                .formatted("0".repeat(64)));
    }

    @Test
    void without_maven_it_says_what_to_do() {
        assertThatThrownBy(() -> libraries(NONE).jars(JSPECIFY))
                .hasMessage(
                        "Cannot fetch %s: there is no Maven here ('/no/such/mvn')"
                                .formatted(JSPECIFY))
                .satisfies(e ->
                        assertThat(((AdeException) e).nextStep())
                                .isEqualTo(
                                        "Install Maven, or put the jars into lib/ of the project"));
        assertThat(root.resolve("ade.lock")).doesNotExist();
    }

    @Test
    void a_library_that_does_not_exist_is_named() throws IOException {
        MavenCoordinate wrong =
                new MavenCoordinate("org.jspecify", "jspecify", "0.0.99", Optional.empty());

        try {
            assertThatThrownBy(() -> libraries(Maven.ofUser()).jars(wrong))
                    .hasMessageStartingWith(
                            "Cannot fetch org.jspecify:jspecify:0.0.99: Maven says: Could not ")
                    .hasMessageContaining("org.jspecify:jspecify:jar:0.0.99");
        } finally {
            remove(Maven.ofUser().repository().resolve("org/jspecify/jspecify/0.0.99"));
        }
    }

    /// It is not of this build, and of 6 kB.
    @Test
    void what_is_not_on_this_machine_is_fetched() throws IOException {
        Maven maven = Maven.ofUser();
        Path there = maven.repository().resolve("javax/annotation/jsr250-api");
        remove(there);
        try {
            assertThat(libraries(maven).jars(MavenCoordinate.of("javax.annotation:jsr250-api:1.0")))
                    .hasSize(1);
            assertThat(there.resolve("1.0/jsr250-api-1.0.jar")).exists();
        } finally {
            remove(there);
        }
    }

    private static void remove(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }
}
