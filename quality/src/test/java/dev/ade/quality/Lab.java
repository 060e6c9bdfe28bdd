package dev.ade.quality;

import dev.ade.duck.DuckEngine;
import dev.ade.model.Column;
import dev.ade.model.Field;
import dev.ade.model.Layout;
import dev.ade.model.Settings.EngineSettings;
import dev.ade.spi.Engine;
import dev.ade.spi.FileTarget;
import dev.ade.spi.Relations;
import dev.ade.spi.Session;
import dev.ade.spi.Watcher;
import dev.ade.spi.WrittenFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A real engine and files that it wrote.
public final class Lab implements AutoCloseable {
    private final Path folder;
    private final Engine engine;
    private final Session session;
    private int writes;

    public Lab(Path folder, Relations relations) {
        this.folder = folder;
        this.engine = engine(folder);
        this.session = engine.open(relations);
    }

    /// A small one that spills into a folder.
    static Engine engine(Path folder) {
        return new DuckEngine(
                new EngineSettings(
                        2,
                        1L << 30,
                        folder.resolve("spill"),
                        1L << 30,
                        2,
                        1L << 27,
                        Duration.ofMinutes(1),
                        1_000_000));
    }

    /// Files and where they were written.
    public record Written(FileTarget target, List<WrittenFile> files) {}

    /// Writes what a query gives before the eyes of a watcher.
    public Written write(String select, Watcher watcher) {
        List<Field> fields = fields(select);
        FileTarget target = target(fields, Layout.PLAIN);
        return new Written(target, session.write(select, target, watcher));
    }

    private FileTarget target(List<Field> fields, Layout layout) {
        return new FileTarget(
                folder.resolve("files" + ++writes).toString(), fields, layout, 1L << 27);
    }

    private List<Field> fields(String select) {
        List<Field> fields = new ArrayList<>();
        for (Column column : session.describe(select).columns()) {
            fields.add(Field.of(fields.size() + 1, column.name(), column.type()));
        }
        return fields;
    }

    public Session session() {
        return session;
    }

    public Written write(String select) {
        return write(select, Layout.PLAIN);
    }

    public Written write(String select, Layout layout) {
        return write(select, fields(select), layout);
    }

    public Written write(String select, List<Field> fields, Layout layout) {
        FileTarget target = target(fields, layout);
        return new Written(target, session.write(select, target));
    }

    @Override
    public void close() {
        session.close();
        engine.close();
    }
}
