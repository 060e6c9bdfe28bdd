package dev.ade.code.compile;

import dev.ade.code.run.Declared;
import dev.ade.code.run.RunningModel;
import dev.ade.model.AdeException;
import dev.ade.model.Fingerprint;
import dev.ade.model.Location;
import dev.ade.model.TableName;
import dev.ade.spi.CodeReader;
import dev.ade.spi.TableCode;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/// Compiles models written in Java and reads what their classes declare.
public final class JavaModels implements CodeReader {
    private final JavaClasses classes;

    /// @param root the project's folder
    /// @param cache where classes are kept
    /// @param libraries jars of Maven coordinates; asked for when there is something to compile
    public JavaModels(Path root, Path cache, Supplier<List<Path>> libraries) {
        this.classes = new JavaClasses(root, cache, libraries);
    }

    @Override
    public Code read(String file, String text) {
        try {
            JavaClasses.Compiled compiled = classes.compile("model", file, text);
            Declared declared = Declared.of(model(compiled.types()));
            return new ReadModel(
                    compiled.version(), declared, file, text(text, compiled.libraries()));
        } catch (AdeException e) {
            throw e.location() == null ? e.at(Location.of(file)) : e;
        }
    }

    /// The libraries belong to what is compared: a model may change by them alone.
    private static String text(String text, ClassPath shared) {
        return shared.isEmpty()
                ? text
                : text.stripTrailing() + "\n// lib: " + shared.version() + "\n";
    }

    /// The one class of a model.
    private static Class<?> model(List<Class<?>> types) {
        List<Class<?>> models = types.stream().filter(Declared::isModel).toList();
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

    private record ReadModel(Fingerprint version, Declared declared, String file, String text)
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
