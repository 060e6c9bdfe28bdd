package dev.ade.code.compile;

import dev.ade.code.compile.Javac.Source;
import dev.ade.model.AdeException;
import dev.ade.model.Fingerprint;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Compiles files of a project together with its libraries. Classes are kept by the hash of what they were compiled
/// from, so a file is compiled once. Thread-safe.
final class JavaClasses {
    /// Changes with what code is compiled against.
    private static final int API = 1;

    private final Path root;
    private final ClassCache cache;
    private final Supplier<List<Path>> fetched;
    private @Nullable ClassPath libraries;
    private @Nullable Path libraryClasses;

    /// A file's classes that are not inside of others.
    ///
    /// @param version of all that they follow from
    record Compiled(Fingerprint version, ClassPath libraries, List<Class<?>> types) {}

    /// @param root the project's folder
    /// @param cache where classes are kept
    /// @param fetched jars of Maven coordinates; asked for when there is something to compile
    JavaClasses(Path root, Path cache, Supplier<List<Path>> fetched) {
        this.root = root;
        this.fetched = fetched;
        this.cache = new ClassCache(cache);
    }

    /// @param what it is, `model`
    /// @param file path relative to the project
    /// @throws AdeException USER with file, line and column of the first error
    Compiled compile(String what, String file, String text) {
        ClassPath shared = libraries();
        Fingerprint version = version(what, text, shared.version());
        List<Path> classPath = classPath(shared);
        Path classes =
                cache.find(
                        version,
                        to -> Javac.compile(List.of(new Source(file, text)), classPath, to));
        return new Compiled(version, shared, types(what, classes, classPath));
    }

    private static Fingerprint version(Object... parts) {
        return Fingerprint.of("java", Runtime.version().feature(), API, List.of(parts));
    }

    private synchronized ClassPath libraries() {
        if (libraries == null) {
            libraries = ClassPath.of(root, fetched.get());
        }
        return libraries;
    }

    private synchronized List<Path> classPath(ClassPath shared) {
        List<Path> all = new ArrayList<>(shared.jars());
        if (!shared.sources().isEmpty()) {
            if (libraryClasses == null) {
                libraryClasses =
                        cache.find(
                                version("lib", shared.version()),
                                to -> Javac.compile(sources(shared), shared.jars(), to));
            }
            all.add(libraryClasses);
        }
        return all;
    }

    private List<Source> sources(ClassPath shared) {
        List<Source> sources = new ArrayList<>();
        for (Path path : shared.sources()) {
            String file = root.relativize(path).toString().replace('\\', '/');
            try {
                sources.add(new Source(file, Files.readString(path)));
            } catch (IOException e) {
                throw AdeException.resource(
                                "Cannot read %s: %s".formatted(file, e.getMessage()),
                                "Save it as UTF-8 and make it readable")
                        .causedBy(e);
            }
        }
        return sources;
    }

    /// The loader lives as long as its classes do.
    @SuppressWarnings("resource")
    private static List<Class<?>> types(String what, Path classes, List<Path> classPath) {
        List<URL> urls = new ArrayList<>();
        urls.add(url(classes));
        classPath.forEach(path -> urls.add(url(path)));
        ClassLoader loader = new URLClassLoader(what, urls.toArray(URL[]::new), new ApiLoader());
        return names(classes).stream().<Class<?>>map(name -> load(name, loader)).toList();
    }

    private static Class<?> load(String name, ClassLoader loader) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            throw AdeException.user(
                            "Cannot load %s: %s".formatted(name, e), "Put what it needs into lib/")
                    .causedBy(e);
        }
    }

    /// Classes that are not inside of others.
    private static List<String> names(Path classes) {
        try (Stream<Path> files = Files.walk(classes)) {
            return files.map(file -> classes.relativize(file).toString().replace('\\', '/'))
                    .filter(file -> file.endsWith(".class") && !file.contains("$"))
                    .map(file -> file.replace('/', '.').replaceFirst("\\.class$", ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw AdeException.resource(
                            "Cannot read %s: %s".formatted(classes, e.getMessage()),
                            "Make it readable for the user that runs ADE")
                    .causedBy(e);
        }
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw AdeException.internal("Paths are URLs", e);
        }
    }
}
