package dev.ade.ingest;

import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.Fingerprint;
import dev.ade.model.LoadSpec;
import dev.ade.model.Schema;
import dev.ade.model.SourceTable;
import dev.ade.model.Wording;
import dev.ade.spi.Loader.Item;
import dev.ade.spi.Privacy;
import dev.ade.spi.RawFile;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Files on their way in, up to the door: what columns they have, how each of them is typed and treated. Writes nothing.
/// Used once; closing it removes copies it made of files.
final class Arrival implements AutoCloseable {
    private final SourceTable source;
    private final LoadSpec.Files files;
    private final Staged staged;
    private final Desk desk;
    private final Recoding recoding;
    private final ReaderOptions options;

    /// @param staged what is known of parts that a connector staged
    Arrival(SourceTable source, LoadSpec.Files files, Staged staged, Desk desk) {
        this.source = source;
        this.files = files;
        this.staged = staged;
        this.desk = desk;
        this.recoding =
                new Recoding(ReaderOptions.of(source, files), desk.corrections(), desk.stages());
        this.options = recoding.options();
    }

    /// @param parts in the order of the items
    /// @param columns each with its treatment, before privacy
    /// @param schema of what is stored, the system columns last
    record Arrived(
            List<Part> parts, Reconciled reconciled, List<LandingColumn> columns, Schema schema) {
        Arrived {
            parts = List.copyOf(parts);
            columns = List.copyOf(columns);
        }

        List<Column> stored() {
            return Arrival.stored(columns);
        }
    }

    /// What their columns are, by samples.
    Reconciled glance(List<Item> items) {
        Expected expected = Expected.of(source, options, desk.state());
        return reconcile(sniff(items, expected), expected);
    }

    /// @param items in the order in which their rows count
    Arrived arrive(List<Item> items) {
        items.forEach(this::requireSame);
        desk.progress().phase("looking at " + Wording.count(items.size(), "file"));
        Expected expected = Expected.of(source, options, desk.state());
        List<Part> parts = sniff(items, expected);
        Reconciled reconciled = reconcile(parts, expected);
        List<LandingColumn> columns = door(parts, reconciled);
        return new Arrived(Part.alike(parts), reconciled, columns, schema(columns));
    }

    /// Rows of files as they stand there.
    ///
    /// @param lines that they begin on, by batch
    List<RawFile> rows(List<Item> items, Map<Fingerprint, ? extends Set<Long>> lines) {
        List<Item> same = items.stream().filter(RawRows::isSame).toList();
        same.forEach(item -> RawRows.requireRows(item, format(item)));
        List<RawFile> found = new ArrayList<>();
        List<Item> tables = new ArrayList<>();
        for (Item item : same) {
            if (format(item) == LoadSpec.Format.NDJSON) {
                found.add(new RawLines(options, desk.corrections()).of(item, of(item, lines)));
            } else {
                tables.add(item);
            }
        }
        RawRows raw = new RawRows(options, desk.corrections());
        sniff(tables, Expected.of(source, options, desk.state()))
                .forEach(part -> found.add(raw.of(part, of(part.item(), lines))));
        return found;
    }

    private static Set<Long> of(Item item, Map<Fingerprint, ? extends Set<Long>> lines) {
        return Objects.requireNonNull(lines.get(item.id()));
    }

    /// What takes their rows through the door.
    Landing landing(Arrived arrived) {
        desk.progress().phase("reading " + Wording.count(arrived.parts().size(), "file"));
        Door.register(desk.session(), arrived.columns());
        return new Landing(
                source,
                desk,
                options,
                arrived.columns(),
                new Landing.Outside(arrived.reconciled().refused(), staged.refused()));
    }

    private List<Part> sniff(List<Item> items, Expected expected) {
        PartReader reader = new PartReader(desk.session(), recoding, expected, staged.tables());
        List<Part> parts = new ArrayList<>();
        for (Item item : items) {
            Part part = asSeed(reader.part(item, format(item), parts.size()));
            parts.add(part.shaped(part.shape().under(source.aliases(), part.origin())));
        }
        return parts;
    }

    private LoadSpec.Format format(Item item) {
        return files.format() != LoadSpec.Format.AUTO
                ? files.format()
                : Discovery.format(item.path()).orElse(LoadSpec.Format.CSV);
    }

    private Part asSeed(Part part) {
        return source.origin() == SourceTable.Origin.SEED
                ? part.shaped(new SeedTypes(desk.session(), options).of(part.shape(), part.path()))
                : part;
    }

    private Reconciled reconcile(List<Part> parts, Expected expected) {
        Samples samples = new Samples(desk.session(), options);
        List<Reconciler.FileShape> shapes =
                parts.stream()
                        .map(part ->
                                new Reconciler.FileShape(
                                        part.origin(),
                                        part.path(),
                                        part.shape(),
                                        desk.landed().contains(part.item().id())))
                        .toList();
        return new Reconciler(
                        source,
                        expected,
                        shapes,
                        (file, column, type) ->
                                samples.fit(
                                        parts.stream()
                                                .filter(part -> part.origin().equals(file.origin()))
                                                .findFirst()
                                                .orElseThrow(),
                                        column,
                                        type),
                        desk.readers())
                .reconcile();
    }

    private List<LandingColumn> door(List<Part> parts, Reconciled reconciled) {
        List<Privacy.Sample> samples =
                new Samples(desk.session(), options).of(parts, reconciled.columns());
        return Barred.in(
                new Door(source, desk.privacy()).columns(reconciled, samples, desk.state()),
                source,
                desk);
    }

    private static List<Column> stored(List<LandingColumn> columns) {
        List<Column> stored = new ArrayList<>();
        columns.forEach(column -> column.stored().ifPresent(stored::add));
        return stored;
    }

    private Schema schema(List<LandingColumn> columns) {
        List<Column> stored = stored(columns);
        if (stored.isEmpty()) {
            throw AdeException.user(
                            "Cannot load %s: every column is dropped".formatted(source.name()),
                            "Keep or treat at least one column")
                    .at(source.location());
        }
        stored.addAll(SystemColumns.beside(stored));
        return new Schema(stored);
    }

    /// A file that somebody still writes to would land in part.
    void requireSame(Item item) {
        if (staged.tables().containsKey(item.path())) {
            return;
        }
        try {
            var facts =
                    java.nio.file.Files.readAttributes(
                            Path.of(item.path()),
                            java.nio.file.attribute.BasicFileAttributes.class);
            if (facts.size() != item.bytes()
                    || !facts.lastModifiedTime()
                            .toInstant()
                            .truncatedTo(ChronoUnit.MICROS)
                            .equals(item.modifiedAt())) {
                throw Broken.changing(item.origin());
            }
        } catch (java.io.IOException e) {
            throw Broken.changing(item.origin()).causedBy(e);
        }
    }

    @Override
    public void close() {
        recoding.close();
    }
}
