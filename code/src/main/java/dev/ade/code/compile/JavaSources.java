package dev.ade.code.compile;

import dev.ade.code.JavaSource;
import dev.ade.model.AdeException;
import dev.ade.model.Fingerprint;
import dev.ade.model.Location;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Compiles sources written in Java and reads what rows they say they have. Nothing of them runs to find out.
/// Thread-safe.
public final class JavaSources {
    private final Path root;
    private final JavaClasses classes;

    /// A source that can be read.
    ///
    /// @param version of its text and all that it is compiled with
    /// @param file path relative to the project
    /// @param row the record of its rows; empty for maps
    public record ReadSource(
            Fingerprint version,
            String file,
            Class<? extends JavaSource<?>> type,
            Optional<Class<? extends Record>> row) {}

    /// @param root the project's folder
    /// @param cache where classes are kept
    /// @param libraries jars of Maven coordinates; asked for when there is something to compile
    public JavaSources(Path root, Path cache, Supplier<List<Path>> libraries) {
        this.root = root;
        this.classes = new JavaClasses(root, cache, libraries);
    }

    /// @param file path relative to the project
    /// @throws AdeException USER with file, line and column where it is wrong
    public ReadSource read(String file) {
        try {
            JavaClasses.Compiled compiled = classes.compile("source", file, text(file));
            Class<? extends JavaSource<?>> type = source(compiled.types());
            return new ReadSource(compiled.version(), file, type, row(type));
        } catch (AdeException e) {
            throw e.location() == null ? e.at(Location.of(file)) : e;
        }
    }

    private String text(String file) {
        Path path = root.resolve(file).normalize();
        if (!path.startsWith(root.normalize())) {
            throw AdeException.user(
                    "Cannot use %s as a source: it lies outside of the project".formatted(file),
                    "Put it into the project's folder");
        }
        try {
            return Files.readString(path);
        } catch (NoSuchFileException e) {
            throw AdeException.user(
                            "Cannot use %s as a source: there is no such file".formatted(file),
                            "Write its path from the project's folder: load: {java: sources/Name.java}")
                    .causedBy(e);
        } catch (MalformedInputException e) {
            throw AdeException.user(
                            "Cannot use %s as a source: it is not UTF-8".formatted(file),
                            "Save it as UTF-8")
                    .causedBy(e);
        } catch (IOException e) {
            throw AdeException.resource(
                            "Cannot read %s: %s".formatted(file, e.getMessage()),
                            "Make it readable for the user that runs ADE")
                    .causedBy(e);
        }
    }

    /// The one class of a file that is a source.
    @SuppressWarnings("unchecked") // it implements JavaSource, of whatever rows
    private static Class<? extends JavaSource<?>> source(List<Class<?>> types) {
        List<Class<?>> sources = types.stream().filter(JavaSource.class::isAssignableFrom).toList();
        if (sources.size() != 1) {
            throw AdeException.user(
                    "Cannot use this file as a source: %s"
                            .formatted(
                                    sources.isEmpty()
                                            ? "no class in it implements JavaSource"
                                            : "%s and %s are both sources"
                                                    .formatted(
                                                            sources.get(0).getSimpleName(),
                                                            sources.get(1).getSimpleName())),
                    sources.isEmpty()
                            ? "Write: public class Name implements JavaSource<Name.Row>"
                            : "Put each into a file of its own");
        }
        Class<? extends JavaSource<?>> type = (Class<? extends JavaSource<?>>) sources.getFirst();
        requireConstructor(type);
        return type;
    }

    private static void requireConstructor(Class<?> type) {
        if (Arrays.stream(type.getDeclaredConstructors())
                .noneMatch(one -> one.getParameterCount() == 0)) {
            throw AdeException.user(
                    "Cannot use %s as a source: it has no constructor that takes nothing"
                            .formatted(type.getSimpleName()),
                    "Settings come with Asked");
        }
    }

    private static Optional<Class<? extends Record>> row(Class<?> type) {
        Type row =
                Arrays.stream(type.getGenericInterfaces())
                        .filter(ParameterizedType.class::isInstance)
                        .map(ParameterizedType.class::cast)
                        .filter(it -> it.getRawType() == JavaSource.class)
                        .map(it -> it.getActualTypeArguments()[0])
                        .findFirst()
                        .orElseThrow(() -> wrong(type, "it does not say of what rows it is"));
        if (row instanceof Class<?> one && one.isRecord()) {
            return Optional.of(one.asSubclass(Record.class));
        }
        Type raw = row instanceof ParameterizedType it ? it.getRawType() : row;
        if (raw == Map.class) {
            return Optional.empty();
        }
        throw wrong(type, "its rows are %s".formatted(row.getTypeName()));
    }

    private static AdeException wrong(Class<?> type, String reason) {
        return AdeException.user(
                "Cannot use %s as a source: %s".formatted(type.getSimpleName(), reason),
                "Its rows are a record, or Map<String, Object>");
    }
}
