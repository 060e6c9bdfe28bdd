package dev.ade.ingest;

import dev.ade.model.Fingerprint;
import dev.ade.model.Intervals;
import dev.ade.model.LoadSpec.Mode;
import dev.ade.model.Schema;
import dev.ade.model.SourceTable;
import dev.ade.model.Sql;
import dev.ade.spi.Batch;
import dev.ade.spi.Corrections;
import dev.ade.spi.Cursor;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Draft.Change;
import dev.ade.spi.FileTarget;
import dev.ade.spi.Loader.Context;
import dev.ade.spi.Loader.Inbox;
import dev.ade.spi.Loader.Item;
import dev.ade.spi.Privacy;
import dev.ade.spi.Relation;
import dev.ade.spi.WrittenFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Brings what came through the door and what is already there together. Files that hold no row that goes stay
/// untouched. Made before the first file is prepared, so that it knows the dataset as it was.
final class Merging {
    /// @param kept batches of before that stay
    /// @param went event time of rows that went
    /// @param owed event time of rows that went or stay though no batch that is kept tells of it: the last that comes does
    /// @param written files that come, with what was rewritten
    /// @param remarks what to tell people
    record Result(
            Change change,
            List<Batch> kept,
            Intervals went,
            Intervals owed,
            List<WrittenFile> written,
            List<String> remarks) {
        Result owing(Intervals times) {
            return new Result(change, kept, went, owed.union(times), written, remarks);
        }
    }

    private static final String NOWHERE = "FALSE";

    private final SourceTable source;
    private final Inbox inbox;
    private final Context context;
    private final List<LandingColumn> columns;
    private final Schema schema;
    private final List<Batch> known;
    private final Set<Fingerprint> loaded = new HashSet<>();
    private final Map<Fingerprint, Item> unchanged = new HashMap<>();
    private final Set<String> gone;
    private final Optional<StoredRows> stored;
    private final Optional<Carried> carried;

    Merging(
            SourceTable source,
            Inbox inbox,
            Context context,
            List<LandingColumn> columns,
            Schema schema,
            Optional<DatasetState> state) {
        this.source = source;
        this.inbox = inbox;
        this.context = context;
        this.columns = List.copyOf(columns);
        this.schema = schema;
        this.gone = Set.copyOf(inbox.gone());
        items().forEach(item -> loaded.add(item.id()));
        inbox.unchanged().forEach(item -> unchanged.putIfAbsent(item.id(), item));
        this.stored =
                context.draft()
                        .find(source.name())
                        .flatMap(relation ->
                                relation instanceof Relation.Scan scan
                                        ? Optional.of(new StoredRows(scan))
                                        : Optional.empty());
        this.carried = stored.map(rows -> new Carried(columns, rows, state, source.aliases()));
        this.known = timed(named(context.draft().batches(source.name())), state);
    }

    /// Batches know the hours of another event time, or none, until the source has this one.
    private List<Batch> timed(List<Batch> batches, Optional<DatasetState> state) {
        Optional<String> time =
                source.eventTime()
                        .filter(it -> !EventHours.isOf(it, batches, state))
                        .filter(it -> schema.find(it).isPresent());
        if (time.isEmpty() || stored.isEmpty()) {
            return batches;
        }
        String column = named(time.get());
        String rows =
                "(SELECT s.\"_batch_id\", %s AS %s FROM (%s) AS s)"
                        .formatted(
                                carried.orElseThrow().expression(column),
                                Sql.quote(column),
                                stored.get().select(stored.get().paths()));
        Map<String, Intervals> hours = EventHours.of(context.session(), rows, column).byBatch();
        return batches.stream()
                .map(it -> it.during(hours.getOrDefault(it.id().hex(), Intervals.NONE)))
                .toList();
    }

    /// A file that got another name keeps its rows when a new one comes under the name it had.
    private List<Batch> named(List<Batch> batches) {
        Set<String> coming = items().map(Item::origin).collect(Collectors.toSet());
        return batches.stream()
                .map(batch ->
                        Optional.ofNullable(unchanged.get(batch.id()))
                                .filter(_ -> coming.contains(batch.origin()))
                                .map(batch::from)
                                .orElse(batch))
                .toList();
    }

    /// Modes append and replace: batches come, and batches go.
    Result append(Passage passage) {
        List<Batch> kept = known.stream().filter(this::stays).toList();
        List<Batch> going = known.stream().filter(batch -> !kept.contains(batch)).toList();
        Intervals went = Intervals.NONE;
        for (Batch batch : going) {
            went = went.union(batch.rowsLanded() == 0 ? Intervals.NONE : batch.eventTimes());
        }
        if (going.isEmpty() && !isRewriteNeeded()) {
            return new Result(
                    added(passage.written()),
                    kept,
                    went,
                    Intervals.NONE,
                    passage.written(),
                    List.of());
        }
        if (kept.isEmpty()) {
            Change all = new Change.ReplaceAll(passage.written());
            return new Result(all, kept, went, Intervals.NONE, passage.written(), List.of());
        }
        return rewrite(isOf(going), kept, went, passage.written());
    }

    /// TRUE of stored rows of these batches.
    private static String isOf(List<Batch> batches) {
        return batches.isEmpty()
                ? NOWHERE
                : "s.\"_batch_id\" IN (%s)"
                        .formatted(
                                batches.stream()
                                        .map(batch -> Sql.literal(batch.id().hex()))
                                        .collect(Collectors.joining(", ")));
    }

    private boolean isLoaded(Batch batch) {
        return loaded.contains(batch.id());
    }

    private Stream<Item> items() {
        return Stream.concat(inbox.fresh().stream(), inbox.changed().stream());
    }

    private static Change added(List<WrittenFile> written) {
        return written.isEmpty() ? new Change.Nothing() : new Change.Append(written);
    }

    /// A batch stays while its content is there and is not loaded again; of a file that is gone, in all modes
    /// but replace.
    private boolean stays(Batch batch) {
        boolean isThere = unchanged.containsKey(batch.id());
        boolean isGone = gone.contains(batch.origin());
        return !loaded.contains(batch.id())
                && (isThere || (isGone && source.load().mode() != Mode.REPLACE));
    }

    /// Mode merge: rows with a key that came go, and those of batches that are loaded again; the last row of each
    /// key comes.
    ///
    /// @param rest what becomes of the other rows
    /// @throws dev.ade.spi.Connector.PositionLost where changes came that only make sense with rows that are not there
    Result merge(Passage passage, Staged.Rest rest) {
        Set<String> origins = new HashSet<>();
        items().forEach(item -> origins.add(item.origin()));
        List<Batch> kept =
                known.stream()
                        .filter(batch ->
                                rest == Staged.Rest.STAYS
                                        && !origins.contains(batch.origin())
                                        && !loaded.contains(batch.id()))
                        .toList();
        Intervals replaced = replaced(kept);
        boolean isStaged =
                passage.read().keySet().stream().anyMatch(part -> !part.shape().isEmpty());
        if (!isStaged) {
            Result result =
                    isRewriteNeeded()
                            ? rewrite(NOWHERE, kept, Intervals.NONE, List.of())
                            : unwritten(new Change.Nothing(), kept, List.of());
            return result.owing(replaced);
        }
        Result result = mergeStaged(kept, rest);
        context.session().execute("DROP TABLE " + Landing.STAGE);
        return result.owing(replaced);
    }

    private static Result unwritten(Change change, List<Batch> kept, List<WrittenFile> added) {
        return new Result(change, kept, Intervals.NONE, Intervals.NONE, added, List.of());
    }

    /// Event time of batches whose file comes with other content: of a merge their rows stay.
    private Intervals replaced(List<Batch> kept) {
        return times(known.stream().filter(batch -> !kept.contains(batch)).toList());
    }

    private static Intervals times(List<Batch> batches) {
        return Intervals.of(
                batches.stream().flatMap(batch -> batch.eventTimes().list().stream()).toList());
    }

    private Result mergeStaged(List<Batch> kept, Staged.Rest rest) {
        Folding folding = new Folding(context.session(), schema, keys().toList());
        boolean isEmptied = folding.empties() || rest == Staged.Rest.GOES;
        Optional<String> before =
                stored.filter(_ -> !isEmptied)
                        .map(rows ->
                                "SELECT * REPLACE (%s) FROM (SELECT %s FROM (%s) AS s)"
                                        .formatted(
                                                renewedKeys(),
                                                carried.orElseThrow().columns(),
                                                rows.select(rows.paths())));
        List<WrittenFile> added = write(folding.rows(before));
        if (stored.isEmpty()) {
            return unwritten(added(added), kept, added);
        }
        String goes =
                isEmptied
                        ? "TRUE"
                        : hasKey() + " OR " + isOf(known.stream().filter(this::isLoaded).toList());
        Intervals went = went(goes);
        return rewrite(goes, kept, went, added).owing(went);
    }

    /// TRUE of stored rows, as `s`, whose key came.
    private String hasKey() {
        String same =
                keyNames()
                        .map(key ->
                                "i.%s = %s"
                                        .formatted(
                                                Sql.quote(key),
                                                renewed(
                                                        key,
                                                        carried.orElseThrow().expression(key))))
                        .collect(Collectors.joining(" AND "));
        return "EXISTS (SELECT 1 FROM %s AS i WHERE %s)".formatted(Landing.STAGE, same);
    }

    private String renewedKeys() {
        return keyNames()
                .map(key -> renewed(key, Sql.quote(key)) + " AS " + Sql.quote(key))
                .collect(Collectors.joining(", "));
    }

    /// A stored key as one that comes now: keys that treat values may have been rotated.
    private String renewed(String key, String stored) {
        Optional<Privacy.Projection> renewal =
                columns.stream()
                        .filter(column -> column.name().equalsIgnoreCase(key))
                        .findFirst()
                        .flatMap(column ->
                                context.privacy().renewed(source.name(), column.decision()));
        renewal.ifPresent(it -> it.functions().forEach(context.session()::register));
        return renewal.flatMap(Privacy.Projection::sql)
                .map(sql -> sql.apply(stored))
                .orElse(stored);
    }

    private Stream<String> keys() {
        return keyNames().map(Sql::quote);
    }

    private Stream<String> keyNames() {
        return source.load().key().stream().map(this::named);
    }

    private String named(String column) {
        return schema.find(column).orElseThrow().name();
    }

    private Intervals went(String goes) {
        StoredRows rows = stored.orElseThrow();
        if (source.eventTime().isEmpty()) {
            return Intervals.ALWAYS;
        }
        if (rows.type(source.eventTime().get()).isEmpty()) {
            return Intervals.NONE;
        }
        String column = named(source.eventTime().get());
        String going =
                "SELECT s.%s FROM (%s) AS s WHERE %s"
                        .formatted(Sql.quote(column), rows.select(rows.paths()), goes);
        return EventHours.all(context.session(), going, column);
    }

    private boolean isRewriteNeeded() {
        return carried.filter(Carried::isRewriteNeeded).isPresent();
    }

    /// Rows that go leave their files; files that hold none of them stay as they are, unless the columns change so
    /// that no file can.
    private Result rewrite(String goes, List<Batch> kept, Intervals went, List<WrittenFile> added) {
        StoredRows rows = stored.orElseThrow();
        Carried carry = carried.orElseThrow();
        boolean isAll = isRewriteNeeded();
        Touched touched = touched(rows, goes);
        Set<String> removed = isAll ? new HashSet<>(rows.paths()) : touched.some();
        Set<String> partly = new HashSet<>(removed);
        partly.removeAll(touched.whole());
        List<WrittenFile> written = new ArrayList<>(added);
        if (!partly.isEmpty()) {
            written.addAll(
                    write(
                            "SELECT %s FROM (%s) AS s WHERE (%s) IS NOT TRUE"
                                    .formatted(carry.columns(), rows.select(partly), goes)));
        }
        Change change = removed.isEmpty() ? added(written) : new Change.Rewrite(removed, written);
        List<String> remarks =
                isAll
                        ? carry.lost().stream()
                                .map(name ->
                                        "column '%s' was treated otherwise before: it is NULL in rows whose files are gone"
                                                .formatted(name))
                                .toList()
                        : List.of();
        return new Result(
                change,
                isAll ? kept.stream().map(this::renewed).toList() : kept,
                isAll ? Intervals.ALWAYS : went,
                isAll ? times(kept) : Intervals.NONE,
                written,
                remarks);
    }

    private Batch renewed(Batch batch) {
        return batch.under(
                Corrections.under(inbox.contract(), batch.id(), context.corrections().versions()));
    }

    /// @param some files with rows that go
    /// @param whole those of them with no other row
    private record Touched(Set<String> some, Set<String> whole) {}

    private Touched touched(StoredRows rows, String goes) {
        Set<String> some = new HashSet<>();
        Set<String> whole = new HashSet<>();
        if (goes.equals(NOWHERE) || rows.paths().isEmpty()) {
            return new Touched(some, whole);
        }
        String sql =
                """
                SELECT file, count(*), count(*) FILTER (goes)
                FROM (SELECT s.%s AS file, %s AS goes FROM (%s) AS s)
                GROUP BY file
                """
                        .formatted(Sql.quote(Scans.FILE), goes, rows.select(rows.paths()));
        try (Cursor cursor = context.session().query(sql)) {
            for (List<@Nullable Object> row = cursor.next(); row != null; row = cursor.next()) {
                long all = row.get(1) instanceof Number number ? number.longValue() : 0;
                long going = row.get(2) instanceof Number number ? number.longValue() : 0;
                if (going > 0) {
                    some.add(String.valueOf(row.getFirst()));
                }
                if (going == all) {
                    whole.add(String.valueOf(row.getFirst()));
                }
            }
        }
        return new Touched(some, whole);
    }

    private List<WrittenFile> write(String select) {
        FileTarget target = context.draft().prepare(source.name(), schema, source.layout());
        return context.session().write(select, target);
    }
}
