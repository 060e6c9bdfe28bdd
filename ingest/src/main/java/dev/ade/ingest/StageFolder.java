package dev.ade.ingest;

import dev.ade.model.AdeException;
import dev.ade.model.Fingerprint;
import dev.ade.model.LoadSpec.Format;
import dev.ade.model.Schema;
import dev.ade.spi.Connector;
import dev.ade.spi.Engine;
import dev.ade.spi.HeldFolder;
import dev.ade.spi.Loader;
import dev.ade.spi.Loader.Context;
import dev.ade.spi.Loader.Item;
import dev.ade.spi.Privacy;
import dev.ade.spi.Progress;
import dev.ade.spi.Relations;
import dev.ade.spi.Session;
import dev.ade.spi.Shelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A folder of the parts of one load, in the order in which they were begun. Only this user can read it; closing it removes
/// it, and what a killed process left is removed by the next load. Rows are on a shelf of the engine instead.
final class StageFolder implements Connector.Stage, AutoCloseable {
    private final HeldFolder held;
    private final Path folder;
    private final Engine engine;
    private final Progress progress;
    private final Privacy privacy;
    private final List<Part> parts = new ArrayList<>();
    private final Map<Path, List<Refused.Row>> refused = new HashMap<>();
    private final Set<String> names = new HashSet<>();

    private final Map<Path, StagedRows> tables = new HashMap<>();
    private @Nullable Shelf shelf;
    private int refusals;

    private record Part(String name, Path path) {}

    private StageFolder(HeldFolder held, Engine engine, Who who) {
        this.held = held;
        this.folder = held.path();
        this.engine = engine;
        this.progress = who.progress();
        this.privacy = who.privacy();
    }

    /// For whom it is.
    private record Who(Progress progress, Privacy privacy) {}

    /// @param stages folder of all stages of a project
    static StageFolder in(Path stages, Engine engine, Context context) {
        return in(stages, engine, new Who(context.progress(), context.privacy()));
    }

    /// For a comparison with what is published.
    static StageFolder in(Path stages, Engine engine, Loader.Sight sight) {
        return in(stages, engine, new Who(sight.progress(), sight.privacy()));
    }

    /// For looking at a source that is not loaded yet.
    static StageFolder in(Path stages, Engine engine, Privacy privacy) {
        return in(stages, engine, new Who(Progress.NONE, privacy));
    }

    private static StageFolder in(Path stages, Engine engine, Who who) {
        try {
            return new StageFolder(HeldFolder.in(stages), engine, who);
        } catch (IOException e) {
            throw failure(stages, e);
        }
    }

    @Override
    public Connector.Rows rows(String name, Schema schema) {
        Path path = begin(name, "rows");
        StagedRows rows = new StagedRows(schema, shelf().table(schema), privacy, refusals(path));
        synchronized (this) {
            tables.put(path, rows);
        }
        return rows;
    }

    private synchronized Shelf shelf() {
        if (shelf == null) {
            shelf = engine.shelf();
        }
        return shelf;
    }

    @Override
    public Path file(String name, Format format) {
        return begin(name, format.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public Path folder() {
        Path own = folder.resolve("own");
        try {
            return Files.createDirectories(own);
        } catch (IOException e) {
            throw failure(own, e);
        }
    }

    @Override
    public Progress progress() {
        return progress;
    }

    private synchronized Path begin(String name, String extension) {
        if (!names.add(name)) {
            throw new IllegalArgumentException("a part is called " + name + " already");
        }
        Path path = folder.resolve("%06d.%s".formatted(parts.size(), extension));
        parts.add(new Part(name, path));
        return path;
    }

    /// The parts as files to load. Their ids follow from their content, their place and where their reading went on: two
    /// parts that hold the same rows are still two, and so are those of two readings of what came.
    ///
    /// @param reading the declaration, and where the reading went on
    /// @param now tells parts of this load from those of others that had their names
    synchronized List<Item> items(Fingerprint reading, Instant now) {
        List<Item> items = new ArrayList<>();
        for (Part part : parts) {
            StagedRows rows = tables.get(part.path());
            String name = part.name() + " at " + now;
            items.add(
                    rows == null
                            ? file(part.path(), name, reading, items.size())
                            : new Item(
                                    Fingerprint.of(reading, items.size(), rows.content()),
                                    name,
                                    part.path().toString(),
                                    rows.bytes(),
                                    now));
        }
        return items;
    }

    private Item file(Path path, String name, Fingerprint reading, int place) {
        try {
            var facts = Files.readAttributes(path, BasicFileAttributes.class);
            return new Item(
                    Fingerprint.of(reading, place, Contents.hash(path)),
                    name,
                    path.toString(),
                    facts.size(),
                    facts.lastModifiedTime().toInstant().truncatedTo(ChronoUnit.MICROS));
        } catch (IOException e) {
            throw failure(folder, e);
        }
    }

    /// Writes what is on the shelf into files, for what only reads files.
    synchronized void writeAll() {
        try (Session session = engine.open(Relations.none())) {
            tables.forEach((path, rows) -> Staged.write(rows.table().sql(), path, session));
        }
        tables.clear();
    }

    /// What is known of the parts beside their content.
    synchronized Staged staged() {
        Map<String, Staged.Table> all = new HashMap<>();
        tables.forEach((path, rows) -> all.put(path.toString(), rows.table()));
        return new Staged(refused(), all, Staged.Rest.STAYS);
    }

    private Map<String, Refused> refused() {
        Map<String, Refused> all = new HashMap<>();
        refused.forEach((path, rows) -> all.put(path.toString(), new Refused(rows)));
        return all;
    }

    private StagedRows.Refusals refusals(Path part) {
        return new StagedRows.Refusals() {
            @Override
            public void add(Refused.Row row) {
                refuse(part, row);
            }

            @Override
            public void clear() {
                forgetRefused(part);
            }
        };
    }

    private synchronized void forgetRefused(Path part) {
        List<Refused.Row> forgotten = refused.remove(part);
        refusals -= forgotten == null ? 0 : forgotten.size();
    }

    private synchronized void refuse(Path part, Refused.Row row) {
        refusals++;
        if (refusals > Rejections.ROWS_MAX) {
            throw AdeException.data(
                    "Cannot stage rows: more than %,d values do not fit, the last of column '%s': %s"
                            .formatted(Rejections.ROWS_MAX, row.column(), row.reason()),
                    "Leave the column out, or read it as text, by query: in load");
        }
        refused.computeIfAbsent(part, _ -> new ArrayList<>()).add(row);
    }

    @Override
    public void close() {
        try (held) {
            if (shelf != null) {
                shelf.close();
            }
        } catch (IOException e) {
            throw failure(folder, e);
        }
    }

    private static AdeException failure(Path folder, IOException e) {
        return AdeException.resource(
                        "Cannot stage rows in %s: %s".formatted(folder, e.getMessage()),
                        "Check its permissions and the free space")
                .causedBy(e);
    }
}
