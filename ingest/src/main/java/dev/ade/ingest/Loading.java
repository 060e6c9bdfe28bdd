package dev.ade.ingest;

import dev.ade.model.Fingerprint;
import dev.ade.model.Intervals;
import dev.ade.model.LoadSpec;
import dev.ade.model.LoadSpec.Mode;
import dev.ade.model.Schema;
import dev.ade.model.SourceTable;
import dev.ade.model.Type;
import dev.ade.model.Wording;
import dev.ade.spi.Batch;
import dev.ade.spi.Correction;
import dev.ade.spi.Corrections;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Draft;
import dev.ade.spi.FileTarget;
import dev.ade.spi.Keeper;
import dev.ade.spi.Loader.Context;
import dev.ade.spi.Loader.Inbox;
import dev.ade.spi.Loader.Item;
import dev.ade.spi.Loader.Loaded;
import dev.ade.spi.Succession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// One load of one source, from files to a committed draft. Used once.
final class Loading {
    private final SourceTable source;
    private final LoadSpec.Files files;
    private final Inbox inbox;
    private final Context context;
    private final Path stages;
    private final Staged staged;
    private final Optional<Renaming> renaming;
    private final Succession succession;

    /// What is there beside the files.
    ///
    /// @param staged what is known of parts that a connector staged
    /// @param stages folder of what must not outlive its work
    record Place(Staged staged, Path stages) {}

    Loading(SourceTable source, LoadSpec.Files files, Inbox inbox, Context context, Place place) {
        this.source = source.withOwnKey();
        this.files = files;
        this.inbox = inbox;
        this.context = context;
        this.staged = place.staged();
        this.stages = place.stages();
        this.renaming =
                context.draft().state(source.name()).map(state -> Renaming.of(source, state));
        this.succession = new Succession(context.draft().batches(source.name()));
    }

    Loaded run() {
        if (files.mode() == Mode.MERGE) {
            succession.requireWhole(
                    source,
                    inbox,
                    inbox.changed().stream().map(Item::id).collect(Collectors.toSet()));
        }
        renaming.filter(it -> !it.isNothing()).ifPresent(this::rename);
        Desk desk =
                new Desk(
                        context.session(),
                        context.privacy(),
                        context.progress(),
                        context.now(),
                        context.draft().state(source.name()),
                        landed(),
                        context.draft().suppressions(source.name()),
                        context.corrections(),
                        context.readers(),
                        stages);
        try (Arrival arrival = new Arrival(source, files, staged, desk)) {
            List<Item> items = new ArrayList<>(inbox.fresh());
            items.addAll(inbox.changed());
            return land(arrival, arrival.arrive(succession.inOrder(items)), desk.state());
        }
    }

    private Set<Fingerprint> landed() {
        return context.draft().batches(source.name()).stream()
                .filter(batch -> batch.contract().equals(inbox.contract()))
                .map(Batch::id)
                .collect(Collectors.toSet());
    }

    private void rename(Renaming names) {
        names.run(context.draft().state(source.name()).orElseThrow(), context.draft());
    }

    private Loaded land(Arrival arrival, Arrival.Arrived arrived, Optional<DatasetState> state) {
        Reconciled reconciled = arrived.reconciled();
        List<LandingColumn> columns = arrived.columns();
        List<Part> parts = arrived.parts();
        Landing landing = arrival.landing(arrived);
        Merging merging = new Merging(source, inbox, context, columns, arrived.schema(), state);
        prepare(arrived.schema());
        Passage passage =
                files.mode() == Mode.MERGE
                        ? landing.stage(parts)
                        : landing.write(parts, () -> prepare(arrived.schema()), context.watcher());
        Rejections rejections = passage.rejections();
        rejections.keep(source, context);
        long read = passage.read().values().stream().mapToLong(Long::longValue).sum();
        rejections.requireWithin(files.rejectLimit(), source, read);
        List<String> notKept = keep(parts, rejections);
        parts.forEach(part -> arrival.requireSame(part.item()));
        List<Batch> batches = batches(parts, passage);
        context.progress().phase("committing");
        Merging.Result result =
                files.mode() == Mode.MERGE
                        ? merging.merge(passage, staged.rest())
                        : merging.append(passage);
        batches = owing(batches, result.owed());
        commit(result, batches, reconciled, columns, state);
        return loaded(batches, result, reconciled, columns, state)
                .remarking(notKept)
                .remarking(corrected(parts, rejections))
                .remarking(beyond(passage))
                .remarking(renaming.map(Renaming::words).orElse(List.of()));
    }

    /// A row that a merge moves to another hour changes the hour that it leaves, too: what is filled by event time hears of
    /// it by a batch.
    private static List<Batch> owing(List<Batch> batches, Intervals owed) {
        if (batches.isEmpty() || owed.isEmpty()) {
            return batches;
        }
        List<Batch> all = new ArrayList<>(batches);
        all.set(all.size() - 1, all.getLast().touching(owed));
        return all;
    }

    private FileTarget prepare(Schema schema) {
        return context.draft().prepare(source.name(), schema, source.layout());
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

    private List<String> beyond(Passage passage) {
        return passage.beyond() == 0
                ? List.of()
                : List.of(
                        "%s of %s is infinite, before year 1 or after 9999-12-30: nothing that is filled by it has them"
                                .formatted(
                                        source.eventTime().orElseThrow(),
                                        Wording.count(passage.beyond(), "row")));
    }

    private List<String> corrected(List<Part> parts, Rejections rejections) {
        List<String> corrected = new ArrayList<>();
        for (Part part : parts) {
            Set<Long> lines =
                    context.corrections().of(part.item().id()).stream()
                            .map(Correction::line)
                            .collect(Collectors.toSet());
            int rows = lines.size();
            if (lines.removeIf(rejections.forgotten(part)::contains)) {
                context.corrections().drop(part.item().id(), rejections.forgotten(part));
            }
            if (rows > 0) {
                corrected.add(
                        "%s of %s read as corrected"
                                .formatted(Wording.count(rows, "row"), part.origin()));
            }
        }
        return corrected;
    }

    private Loaded loaded(
            List<Batch> batches,
            Merging.Result result,
            Reconciled reconciled,
            List<LandingColumn> columns,
            Optional<DatasetState> state) {
        Intervals changed = result.went();
        for (Batch batch : batches) {
            changed = changed.union(batch.rowsLanded() == 0 ? Intervals.NONE : batch.eventTimes());
        }
        List<String> drift = new ArrayList<>(reconciled.drift());
        drift.addAll(reconciled.remarks());
        drift.addAll(result.remarks());
        return new Loaded(
                source.name(),
                batches.stream().mapToLong(Batch::rowsRead).sum(),
                batches.stream().mapToLong(Batch::rowsLanded).sum(),
                batches.stream().mapToLong(Batch::rowsRejected).sum(),
                changed,
                result.written(),
                columns.stream().map(LandingColumn::decision).toList(),
                List.copyOf(drift),
                Carried.treatedOtherwise(columns, state, source.aliases()));
    }

    private void commit(
            Merging.Result result,
            List<Batch> batches,
            Reconciled reconciled,
            List<LandingColumn> columns,
            Optional<DatasetState> state) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(Expected.PROPERTY, new Type.Struct(reconciled.columns()).sql());
        properties.put(Carried.PROPERTY, Carried.property(columns));
        properties.put(Door.PROPERTY, new Door(source, context.privacy()).detected(columns, state));
        properties.put(EventHours.PROPERTY, source.eventTime().orElse(""));
        Draft.Stamp stamp = new Draft.Stamp(inbox.version(), inbox.contract(), properties);
        context.draft().commit(source.name(), result.change(), stamp);
        hideSystemColumns(columns, stamp);
        List<Batch> all = new ArrayList<>(result.kept());
        all.addAll(batches);
        context.draft().recordBatches(source.name(), succession.placed(all));
    }

    /// A seed is what its file says, as in dbt: `select *` of it gives the columns of the file.
    private void hideSystemColumns(List<LandingColumn> columns, Draft.Stamp stamp) {
        if (source.origin() == SourceTable.Origin.SEED) {
            Schema own = new Schema(columns.stream().flatMap(it -> it.stored().stream()).toList());
            prepare(own);
            context.draft().commit(source.name(), new Draft.Change.Nothing(), stamp);
        }
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
                            Corrections.under(
                                    inbox.contract(), item.id(), context.corrections().versions()),
                            context.now(),
                            passage.read().getOrDefault(part, 0L),
                            passage.landed().getOrDefault(part, 0L),
                            passage.rejections().rows(part),
                            times,
                            0));
        }
        return batches;
    }
}
