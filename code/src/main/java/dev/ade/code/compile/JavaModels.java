package dev.ade.code.compile;

import dev.ade.code.JavaModel;
import dev.ade.code.compile.Javac.Source;
import dev.ade.code.run.Declared;
import dev.ade.code.run.RunningModel;
import dev.ade.model.AdeException;
import dev.ade.model.Fingerprint;
import dev.ade.model.Location;
import dev.ade.model.TableName;
import dev.ade.spi.CodeReader;
import dev.ade.spi.TableCode;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Compiles models written in Java and reads what their classes declare. Classes are kept by the hash of what they
/// were compiled from, so a model is compiled once.
public final class JavaModels implements CodeReader {
    /// Changes with what models are compiled against.
    private static final int API = 1;

    private final Path root;
    private final ClassCache cache;
    private @Nullable Libraries libraries;
    private @Nullable Path libraryClasses;

    /// @param root the project's folder
    /// @param cache where classes are kept
    public JavaModels(Path root, Path cache) {
        this.root = root;
        this.cache = new ClassCache(cache);
    }

    @Override
    public Code read(String file, String text) {
        Libraries shared = libraries();
        Fingerprint version = version("model", text, shared.version());
        try {
            List<Path> classPath = classPath(shared);
            Path classes =
                    cache.find(
                            version,
                            to -> Javac.compile(List.of(new Source(file, text)), classPath, to));
            Declared declared = Declared.of(model(classes, classPath));
            return new Compiled(version, declared, file, text(text, shared));
        } catch (AdeException e) {
            throw e.location() == null ? e.at(Location.of(file)) : e;
        }
    }

    private static Fingerprint version(Object... parts) {
        return Fingerprint.of("java", Runtime.version().feature(), API, List.of(parts));
    }

    /// The libraries belong to what is compared: a model may change by them alone.
    private static String text(String text, Libraries shared) {
        boolean hasNone = shared.jars().isEmpty() && shared.sources().isEmpty();
        return hasNone ? text : text.stripTrailing() + "\n// lib: " + shared.version() + "\n";
    }

    private synchronized Libraries libraries() {
        if (libraries == null) {
            libraries = Libraries.of(root);
        }
        return libraries;
    }

    private synchronized List<Path> classPath(Libraries shared) {
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

    private List<Source> sources(Libraries shared) {
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

    /// The one class of a model. The loader lives as long as its classes do.
    @SuppressWarnings("resource")
    private static Class<?> model(Path classes, List<Path> classPath) {
        List<URL> urls = new ArrayList<>();
        urls.add(url(classes));
        classPath.forEach(path -> urls.add(url(path)));
        ClassLoader loader =
                new URLClassLoader(
                        "model", urls.toArray(URL[]::new), JavaModel.class.getClassLoader());
        List<Class<?>> models =
                names(classes).stream()
                        .<Class<?>>map(name -> load(name, loader))
                        .filter(Declared::isModel)
                        .toList();
        if (models.size() != 1) {
            throw AdeException.user(
                    "Cannot use this file as a model: %s"
                            .formatted(
                                    models.isEmpty()
                                            ? "no class in it implements BatchModel or TableModel"
                                            : "%s are both models"
                                                    .formatted(
                                                            models.get(0).getSimpleName()
                                                                    + " and "
                                                                    + models.get(1)
                                                                            .getSimpleName())),
                    models.isEmpty()
                            ? "Shared code belongs in lib/"
                            : "Put each into a file of its own");
        }
        return models.getFirst();
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

    private record Compiled(Fingerprint version, Declared declared, String file, String text)
            implements Code {
        @Override
        public List<String> reads() {
            return declared.reads();
        }

        @Override
        public TableCode bind(List<TableName> reads) {
            return new RunningModel(declared, file, reads, text);
        }
    }
}
