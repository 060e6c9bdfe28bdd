package dev.ade.code.compile;

import dev.ade.code.JavaModel;
import dev.ade.model.AdeException;
import dev.ade.model.Location;
import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.NestingKind;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.VectorSchemaRoot;

/// The compiler of the JDK that runs ADE.
final class Javac {
    private static final int ERRORS_SHOWN_MAX = 5;

    private Javac() {}

    /// A file to compile.
    ///
    /// @param file path relative to the project, for messages
    record Source(String file, String text) {}

    /// Compiles files together.
    ///
    /// @param to where classes go
    /// @throws AdeException USER with file, line and column of the first error
    static void compile(List<Source> sources, List<Path> classPath, Path to) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw AdeException.resource(
                    "Cannot compile %s: this Java has no compiler"
                            .formatted(sources.getFirst().file()),
                    "Run ADE with a JDK instead of a JRE, for example Temurin 25");
        }
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        List<String> options =
                List.of(
                        "-d",
                        to.toString(),
                        "-cp",
                        path(classPath),
                        "-g",
                        "-proc:none",
                        "-Xlint:none",
                        "-nowarn");
        boolean isGood =
                compiler.getTask(
                                null,
                                null,
                                said,
                                options,
                                null,
                                sources.stream().map(Text::new).toList())
                        .call();
        if (!isGood) {
            throw wrong(said.getDiagnostics());
        }
    }

    private static String path(List<Path> classPath) {
        return Stream.concat(
                        Stream.of(JavaModel.class, VectorSchemaRoot.class, ArrowBuf.class)
                                .map(Javac::home),
                        classPath.stream())
                .map(Path::toString)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    /// Where a class comes from.
    private static Path home(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw AdeException.internal("Classes come from files", e);
        }
    }

    private static AdeException wrong(List<Diagnostic<? extends JavaFileObject>> said) {
        List<Diagnostic<? extends JavaFileObject>> errors =
                said.stream().filter(one -> one.getKind() == Diagnostic.Kind.ERROR).toList();
        Diagnostic<? extends JavaFileObject> first = errors.getFirst();
        List<String> others =
                new ArrayList<>(Hints.of(errors.stream().map(Javac::message).toList()));
        errors.stream()
                .skip(1)
                .limit(ERRORS_SHOWN_MAX - 1L)
                .forEach(one -> others.add(place(one) + ": " + message(one)));
        if (errors.size() > ERRORS_SHOWN_MAX) {
            others.add("and %d more".formatted(errors.size() - ERRORS_SHOWN_MAX));
        }
        return AdeException.user(
                        "Cannot compile %s: %s".formatted(place(first).file(), message(first)),
                        String.join("\n  ", others))
                .at(place(first));
    }

    private static Location place(Diagnostic<? extends JavaFileObject> one) {
        String file = one.getSource() instanceof Text text ? text.file : "lib";
        return one.getLineNumber() == Diagnostic.NOPOS
                ? Location.of(file)
                : new Location(file, (int) one.getLineNumber(), (int) one.getColumnNumber());
    }

    /// javac says symbol and place of a missing name in lines of their own.
    private static String message(Diagnostic<? extends JavaFileObject> one) {
        return one.getMessage(Locale.ENGLISH)
                .lines()
                .map(line -> line.strip().replaceAll("\\s+", " "))
                .filter(line -> !line.startsWith("location:"))
                .collect(Collectors.joining(", "));
    }

    /// A file in memory; its class may have another name than it.
    private static final class Text extends SimpleJavaFileObject {
        private final String file;
        private final String text;

        Text(Source source) {
            super(
                    URI.create("mem:/" + source.file().replaceAll("[^A-Za-z0-9_./-]", "_")),
                    Kind.SOURCE);
            this.file = source.file();
            this.text = source.text();
        }

        @Override
        public CharSequence getCharContent(boolean ignoresErrors) {
            return text;
        }

        @Override
        public boolean isNameCompatible(String simpleName, Kind kind) {
            return true;
        }

        @Override
        public NestingKind getNestingKind() {
            return NestingKind.TOP_LEVEL;
        }
    }
}
