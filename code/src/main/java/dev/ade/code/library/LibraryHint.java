package dev.ade.code.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/// What to write where code wants a class that is not there: the library that has it, where Maven has fetched it before,
/// else how to name one.
public final class LibraryHint {
    private static final int JARS_MAX = 300;

    /// Group, artifact, version, jar.
    private static final int DEPTH_BELOW_GROUP = 3;

    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    private static final int DIGITS = 12;

    private LibraryHint() {}

    /// For a class that was not there when code ran; nothing for anything else that it throws.
    public static Optional<String> of(Throwable thrown) {
        if (!(thrown instanceof NoClassDefFoundError || thrown instanceof ClassNotFoundException)) {
            return Optional.empty();
        }
        String name = String.valueOf(thrown.getMessage()).replace('/', '.');
        int end = name.lastIndexOf('.');
        return end < 0 || name.contains(" ")
                ? Optional.empty()
                : Optional.of(of(name.substring(0, end)));
    }

    /// @param missing a package, `org.apache.commons.math3.stat`
    public static String of(String missing) {
        return of(missing, Maven.ofUser().repository());
    }

    static String of(String missing, Path repository) {
        String[] names = missing.split("\\.");
        for (int length = names.length; length > 1; length--) {
            Path group = repository.resolve(String.join("/", List.of(names).subList(0, length)));
            Optional<String> found = find(group, missing.replace('.', '/') + "/", repository);
            if (found.isPresent()) {
                return "Name the library that has %s in ade.yml: libraries: [%s]"
                        .formatted(missing, found.get());
            }
        }
        return "Name the library that has %s in ade.yml: libraries: [group:artifact:version], or put its jar into lib/"
                .formatted(missing);
    }

    /// The newest of those that have the package.
    private static Optional<String> find(Path group, String entry, Path repository) {
        if (!Files.isDirectory(group)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.walk(group, DEPTH_BELOW_GROUP)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .limit(JARS_MAX)
                    .sorted(Comparator.comparing(LibraryHint::age).reversed())
                    .filter(file -> has(file, entry))
                    .findFirst()
                    .flatMap(jar -> coordinate(repository.relativize(jar)));
        } catch (IOException e) {
            // It was only a hint.
            return Optional.empty();
        }
    }

    /// Numbers in a path at the same length, so that 1.12 is after 1.3.
    private static String age(Path jar) {
        return NUMBER.matcher(jar.toString())
                .replaceAll(number ->
                        "0".repeat(Math.max(0, DIGITS - number.group().length())) + number.group());
    }

    private static boolean has(Path jar, String entry) {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream()
                    .anyMatch(one ->
                            one.getName().startsWith(entry)
                                    && one.getName().indexOf('/', entry.length()) < 0
                                    && one.getName().endsWith(".class"));
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<String> coordinate(Path jar) {
        int count = jar.getNameCount();
        if (count <= DEPTH_BELOW_GROUP) {
            return Optional.empty();
        }
        String artifact = jar.getName(count - 3).toString();
        String version = jar.getName(count - 2).toString();
        String group = jar.subpath(0, count - 3).toString().replace('\\', '/').replace('/', '.');
        return jar.endsWith(artifact + "-" + version + ".jar")
                ? Optional.of(group + ":" + artifact + ":" + version)
                : Optional.empty();
    }
}
