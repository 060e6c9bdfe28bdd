package dev.ade.project.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Tells one build of a program from another by the files that its classes come from.
public final class Build {
    private Build() {}

    /// @param parts a class of each file or folder of classes that counts
    /// @return empty where it cannot be told
    public static Optional<String> of(List<Class<?>> parts) {
        StringBuilder id = new StringBuilder();
        try {
            for (Class<?> part : parts) {
                CodeSource source = part.getProtectionDomain().getCodeSource();
                if (source == null) {
                    return Optional.empty();
                }
                id.append(state(Path.of(source.getLocation().toURI()))).append('\n');
            }
            return Optional.of(id.toString());
        } catch (IOException | UncheckedIOException | URISyntaxException | SecurityException e) {
            return Optional.empty();
        }
    }

    /// Of a folder that of its newest file, which changes with every compilation.
    private static String state(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return path.getFileName() + " " + Files.size(path) + " " + modified(path);
        }
        try (Stream<Path> files = Files.walk(path)) {
            List<Long> times = files.filter(Files::isRegularFile).map(Build::modified).toList();
            long newest = times.stream().mapToLong(Long::longValue).max().orElse(0);
            return path + " " + times.size() + " " + newest;
        }
    }

    private static long modified(Path file) {
        return file.toFile().lastModified();
    }
}
