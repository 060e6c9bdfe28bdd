package dev.ade.ingest;

import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.Intervals;
import dev.ade.model.LoadSpec;
import dev.ade.model.LoadSpec.Mode;
import dev.ade.model.Schema;
import dev.ade.model.SourceTable;
import dev.ade.model.Type;
import dev.ade.model.Wording;
import dev.ade.spi.Batch;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Draft;
import dev.ade.spi.Keeper;
import dev.ade.spi.Loader.Context;
import dev.ade.spi.Loader.Inbox;
import dev.ade.spi.Loader.Item;
import dev.ade.spi.Loader.Loaded;
import dev.ade.spi.Privacy;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// One load of one source, from files to a committed draft. Used once.
final class Loading {
    private final SourceTable source;
    private final LoadSpec.Files files;
    private final Inbox inbox;
    private final Context context;
    private final Staged staged;
    private final Recoding recoding;
    private final ReaderOptions options;
    private final Optional<DatasetState> state;

    Loading(SourceTable source, LoadSpec.Files files, Inbox inbox, Context context) {
        this(source, files, inbox, context, Staged.NONE);
    }

    /// @param staged what is known of parts that a connector staged
    Loading(SourceTable source, LoadSpec.Files files, Inbox inbox, Context context, Staged staged) {
        this.source = source;
        this.files = files;
        this.inbox = inbox;
        this.context = context;
        this.staged = staged;
        this.recoding = new Recoding(ReaderOptions.of(source, files));
        this.options = recoding.options();
        this.state = context.draft().state(source.name());
    }

    Loaded run() {
        try (recoding) {
            return read();
        }
    }

    private Loaded read() {
        List<Item> items =
                Stream.concat(inbox.fresh().stream(), inbox.changed().stream())
                        .sorted(Comparator.comparing(Item::origin))
                        .toList();
        items.forEach(this::requireSame);
        context.progress().phase("looking at " + Wording.count(items.size(), "file"));
        Expected expected = Expected.of(source, options, state);
        List<Part> parts = sniff(items, expected);
        Reconciled reconciled = reconcile(parts, expected);
        List<LandingColumn> columns = door(parts, reconciled);
        return land(Part.alike(parts), reconciled, columns);
    }

    private Loaded land(List<Part> parts, Reconciled reconciled, List<LandingColumn> columns) {
        context.progress().phase("reading " + Wording.count(parts.size(), "file"));
        Door.register(context.session(), columns);
        Schema schema = schema(columns);
        Landing landing =
                new Landing(
                        source,
                        context,
                        options,
                        schema,
                        columns,
                        new Landing.Outside(reconciled.refused(), staged.refused()));
        Merging merging = new Merging(source, inbox, context, columns, schema, state);
        context.draft().prepare(source.name(), schema, source.layout());
        Passage passage = files.mode() == Mode.MERGE ? landing.stage(parts) : landing.write(parts);
        Rejections rejections = passage.rejections();
        rejections.keep(source, context);
        long read = passage.read().values().stream().mapToLong(Long::longValue).sum();
        rejections.requireWithin(files.rejectLimit(), source, read);
        List<String> notKept = keep(parts, rejections);
        parts.forEach(part -> requireSame(part.item()));
        List<Batch> batches = batches(parts, passage);
        context.progress().phase("committing");
        Merging.Result result =
                files.mode() == Mode.MERGE ? merging.merge(passage) : merging.append(passage);
        commit(result, batches, reconciled, columns);
        return loaded(batches, result, reconciled, columns).remarking(notKept);
    }

    /// Originals go where the project says they are kept; never those with rows of people who were forgotten.
    ///
    /// @return what was not kept, in words
    private List<String> keep(List<Part> parts, Rejections rejections) {
        List<String> notKept = new ArrayList<>();
        if (context.keeper().equals(Keeper.NONE)) {
            return notKept;
        }
        for (Part part : parts) {
            if (!rejections.hasForgotten(part)) {
                part.table()
                        .ifPresent(rows ->
                                Staged.write(rows, Path.of(part.item().path()), context.session()));
                context.keeper().keep(part.item());
            } else {
                notKept.add(
                        "%s is not in the vault: it has rows of somebody who was forgotten"
                                .formatted(part.origin()));
            }
        }
        return notKept;
    }

    private Loaded loaded(
            List<Batch> batches,
            Merging.Result result,
            Reconciled reconciled,
            List<LandingColumn> columns) {
        Intervals changed = result.went();
        for (Batch batch : batches) {
            changed = changed.union(batch.rowsLanded() == 0 ? Intervals.NONE : batch.eventTimes());
        }
        List<String> drift = new ArrayList<>(reconciled.drift());
        drift.addAll(result.remarks());
        return new Loaded(
                source.name(),
                batches.stream().mapToLong(Batch::rowsRead).sum(),
                batches.stream().mapToLong(Batch::rowsLanded).sum(),
                batches.stream().mapToLong(Batch::rowsRejected).sum(),
                changed,
                result.written(),
                columns.stream().map(LandingColumn::decision).toList(),
                List.copyOf(drift));
    }

    private void commit(
            Merging.Result result,
            List<Batch> batches,
            Reconciled reconciled,
            List<LandingColumn> columns) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(Expected.PROPERTY, new Type.Struct(reconciled.columns()).sql());
        properties.put(Carried.PROPERTY, Carried.property(columns));
        properties.put(Door.PROPERTY, new Door(source, context.privacy()).detected(columns, state));
        Draft.Stamp stamp = new Draft.Stamp(inbox.version(), inbox.contract(), properties);
        context.draft().commit(source.name(), result.change(), stamp);
        hideSystemColumns(columns, stamp);
        List<Batch> all = new ArrayList<>(result.kept());
        all.addAll(batches);
        context.draft().recordBatches(source.name(), all);
    }

    private List<Part> sniff(List<Item> items, Expected expected) {
        PartReader reader = new PartReader(context.session(), recoding, expected, staged.tables());
        List<Part> parts = new ArrayList<>();
        for (Item item : items) {
            LoadSpec.Format format =
                    files.format() != LoadSpec.Format.AUTO
                            ? files.format()
                            : Discovery.format(item.path()).orElse(LoadSpec.Format.CSV);
            parts.add(asSeed(reader.part(item, format, parts.size())));
        }
        return parts;
    }

    private Part asSeed(Part part) {
        return source.origin() == SourceTable.Origin.SEED
                ? part.shaped(
                        new SeedTypes(context.session(), options).of(part.shape(), part.path()))
                : part;
    }

    private Reconciled reconcile(List<Part> parts, Expected expected) {
        Samples samples = new Samples(context.session(), options);
        List<Reconciler.FileShape> shapes =
                parts.stream()
                        .map(part ->
                                new Reconciler.FileShape(part.origin(), part.path(), part.shape()))
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
                        context.readers())
                .reconcile();
    }

    private List<LandingColumn> door(List<Part> parts, Reconciled reconciled) {
        List<Privacy.Sample> samples =
                new Samples(context.session(), options).of(parts, reconciled.columns());
        return Barred.in(
                new Door(source, context.privacy()).columns(reconciled, samples, state),
                context.draft().suppressions(source.name()),
                context.privacy());
    }

    /// A seed is what its file says, as in dbt: `select *` of it gives the columns of the file.
    private void hideSystemColumns(List<LandingColumn> columns, Draft.Stamp stamp) {
        if (source.origin() == SourceTable.Origin.SEED) {
            context.draft().prepare(source.name(), new Schema(stored(columns)), source.layout());
            context.draft().commit(source.name(), new Draft.Change.Nothing(), stamp);
        }
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

    private List<Batch> batches(List<Part> parts, Passage passage) {
        List<Batch> batches = new ArrayList<>();
        for (Part part : parts) {
            Intervals times =
                    source.eventTime().isEmpty()
                            ? Intervals.ALWAYS
                            : passage.hours().getOrDefault(part.batch(), Intervals.NONE);
            Item item = part.item();
            batches.add(
                    new Batch(
                            item.id(),
                            item.origin(),
                            item.bytes(),
                            item.modifiedAt(),
                            inbox.contract(),
                            context.now(),
                            passage.read().getOrDefault(part, 0L),
                            passage.landed().getOrDefault(part, 0L),
                            passage.rejections().rows(part),
                            times));
        }
        return batches;
    }

    /// A file that somebody still writes to would land in part.
    private void requireSame(Item item) {
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
}
