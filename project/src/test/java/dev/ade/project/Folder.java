package dev.ade.project;

import dev.ade.duck.DuckEngine;
import dev.ade.model.Model;
import dev.ade.model.Settings.EngineSettings;
import dev.ade.model.SourceTable;
import dev.ade.model.TableName;
import dev.ade.spi.Compiler.CompiledProject;
import dev.ade.spi.Compiler.Situation;
import dev.ade.spi.Cursor;
import dev.ade.spi.Relations;
import dev.ade.spi.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/// A project folder of a test's own, read with a real engine's parser.
final class Folder implements AutoCloseable {
    final Path root;
    final Map<String, String> environment = new HashMap<>();
    private final DuckEngine engine;

    Folder(Path root) {
        this.root = root;
        this.engine =
                new DuckEngine(
                        new EngineSettings(
                                1,
                                256L << 20,
                                root.resolve(".ade/spill"),
                                1L << 30,
                                1,
                                128L << 20,
                                Duration.ofMinutes(1),
                                1_000));
    }

    Folder file(String path, String text) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    CompiledProject read() {
        return read(Map.of());
    }

    CompiledProject read(Map<String, Object> vars) {
        return reader(2).read(root, "prod", vars);
    }

    ProjectReader reader(int cores) {
        return reader(cores, _ -> {});
    }

    /// @param queries is given each query whose references are looked for
    ProjectReader reader(int cores, Consumer<String> queries) {
        return new ProjectReader(
                new Machine(cores, 1L << 30),
                sql -> {
                    queries.accept(sql);
                    return engine.references(sql);
                },
                environment::get);
    }

    Model model(String name) {
        return model(read(), name);
    }

    static Model model(CompiledProject project, String name) {
        return Objects.requireNonNull(project.project().models().get(TableName.parse(name)));
    }

    SourceTable source(String name) {
        return Objects.requireNonNull(read().project().sources().get(TableName.parse(name)));
    }

    String sql(String name) {
        CompiledProject project = read();
        return project.compile(model(project, name), Situation.FROM_SCRATCH).strip();
    }

    /// What a query of nothing stored gives, values joined by `|`.
    List<String> rows(String sql) {
        try (Session session = engine.open(Relations.none());
                Cursor cursor = session.query(sql)) {
            return cursor.all(1_000).stream()
                    .map(row -> String.join("|", row.stream().map(String::valueOf).toList()))
                    .toList();
        }
    }

    @Override
    public void close() {
        engine.close();
    }
}
