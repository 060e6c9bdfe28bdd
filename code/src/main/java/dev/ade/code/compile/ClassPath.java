package dev.ade.code.compile;

import dev.ade.code.library.Checksum;
import dev.ade.model.AdeException;
import dev.ade.model.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What code of a project shares: `lib/*.jar`, `lib/**/*.java`, and libraries that it names by Maven coordinates.
///
/// @param jars class path, in order: those of `lib/` first
/// @param sources of classes, relative to the project
/// @param version of all of it
record ClassPath(List<Path> jars, List<Path> sources, Fingerprint version) {
    private static final int FILES_MAX = 1_000;
    private static final int DEPTH_MAX = 20;
    private static final String FOLDER = "lib";

    ClassPath {
        jars = List.copyOf(jars);
        sources = List.copyOf(sources);
    }

    boolean isEmpty() {
        return jars.isEmpty() && sources.isEmpty();
    }

    /// @param fetched jars of Maven coordinates
    static ClassPath of(Path root, List<Path> fetched) {
        Path folder = root.resolve(FOLDER);
        try {
            List<Path> files = files(folder);
            List<Path> jars =
                    files.stream()
                            .filter(file ->
                                    file.toString().endsWith(".jar")
                                            && folder.equals(file.getParent()))
                            .toList();
            List<Path> sources =
                    files.stream().filter(file -> file.toString().endsWith(".java")).toList();
            return new ClassPath(
                    Stream.concat(jars.stream(), fetched.stream()).toList(),
                    sources,
                    version(
                            root,
                            Stream.concat(jars.stream(), sources.stream()).toList(),
                            fetched));
        } catch (IOException e) {
            throw AdeException.resource(
                            "Cannot read %s: %s".formatted(folder, e.getMessage()),
                            "Make it readable for the user that runs ADE")
                    .causedBy(e);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> walk = Files.walk(folder, DEPTH_MAX)) {
            List<Path> files =
                    walk.filter(Files::isRegularFile).sorted().limit(FILES_MAX + 1).toList();
            if (files.size() > FILES_MAX) {
                throw AdeException.user(
                        "Cannot use %s: it has more than %,d files".formatted(folder, FILES_MAX),
                        "Pack them into jars");
            }
            return files;
        }
    }

    private static Fingerprint version(Path root, List<Path> own, List<Path> fetched)
            throws IOException {
        List<Object> parts = new ArrayList<>();
        parts.add("libraries");
        for (Path file : own) {
            parts.add(root.relativize(file).toString().replace('\\', '/'));
            parts.add(Checksum.of(file));
        }
        for (Path file : fetched) {
            parts.add(String.valueOf(file.getFileName()));
            parts.add(Checksum.of(file));
        }
        return Fingerprint.of(parts);
    }
}
