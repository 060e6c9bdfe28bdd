package dev.ade.ingest;

import dev.ade.ingest.RowComparison.Display;
import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.DriftPolicy;
import dev.ade.model.LoadSpec;
import dev.ade.model.LoadSpec.Mode;
import dev.ade.model.LoadedColumns;
import dev.ade.model.Schema;
import dev.ade.model.SourceTable;
import dev.ade.model.Sql;
import dev.ade.model.Type;
import dev.ade.spi.DatasetState;
import dev.ade.spi.KeyGrid;
import dev.ade.spi.Loader;
import dev.ade.spi.Loader.Item;
import dev.ade.spi.Session;
import dev.ade.spi.Verified;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/// Compares what is published of a source with what is there now: rows come through the door as they do in a load, so
/// that what is treated is compared as it is treated, and are then held against those that are published. Used once.
final class Verifying {
    private static final String THERE = "ade_there";
    private static final String NEWER = "ade_newer";

    private final SourceTable source;
    private final LoadSpec.Files files;
    private final Staged staged;
    private final Desk desk;
    private final Apart apart;
    private final Session session;
    private final Schema published;
    private final Map<String, String> treatments;
    private final List<String> notes = new ArrayList<>();

    /// Columns whose types differ; their texts are compared.
    private final Set<String> asText = new HashSet<>();

    /// What is no part of the comparison.
    ///
    /// @param batches rows that are published of them
    /// @param newest where the last load ended
    /// @param cut rows that are not kept any more
    /// @param only what the rows of the source were read by, where not all of them were
    record Apart(
            Set<String> batches,
            Optional<Newest> newest,
            Optional<Loader.Cut> cut,
            Optional<KeyGrid.Ranges> only) {
        Apart {
            batches = Set.copyOf(batches);
        }
    }

    /// @param column that says what is new
    /// @param position its largest value in the last load, as a text
    record Newest(String column, String position) {}

    Verifying(SourceTable source, LoadSpec.Files files, Staged staged, Desk desk, Apart apart) {
        this.source = source.withOwnKey();
        this.files = files;
        this.staged = staged;
        this.desk = desk;
        this.apart = apart;
        this.session = desk.session();
        this.published = desk.state().orElseThrow().schema();
        this.treatments = Carried.treatments(desk.state());
    }

    /// What people are told beside.
    Verifying noting(List<String> more) {
        notes.addAll(more);
        return this;
    }

    /// What is published, where it can be compared.
    ///
    /// @throws AdeException USER where it is not there, or was loaded by another declaration
    static DatasetState published(
            SourceTable source, Optional<DatasetState> state, Contract contract) {
        if (state.isEmpty()) {
            throw cannot(source, "it is not loaded yet");
        }
        if (!contract.holds(state.get().definition())
                || !Renaming.of(source, state.get()).isNothing()) {
            throw cannot(source, "its declaration changed since it was loaded");
        }
        return state.get();
    }

    private static AdeException cannot(SourceTable source, String reason) {
        return AdeException.user(
                        "Cannot compare %s with its source: %s".formatted(source.name(), reason),
                        "ade run " + source.name())
                .at(source.location());
    }

    /// @param items in the order in which they were loaded
    /// @param read rows that the system says it has; empty where it does not
    Verified run(List<Item> items, OptionalLong read) {
        try (Arrival arrival = new Arrival(source, files, staged, desk)) {
            Arrival.Arrived arrived = arrival.arrive(items);
            Passage passage = arrival.landing(arrived).stage(arrived.parts());
            requireAll(passage, read);
            desk.progress().phase("comparing");
            RowComparison.Columns columns = columns(arrived);
            stage(arrived, columns);
            try {
                return compare(arrived, passage, columns);
            } finally {
                session.execute("DROP TABLE IF EXISTS " + THERE);
                session.execute("DROP TABLE IF EXISTS " + NEWER);
            }
        }
    }

    /// Columns that both sides have.
    private RowComparison.Columns columns(Arrival.Arrived arrived) {
        requireBatches();
        List<String> all = new ArrayList<>();
        boolean isShown = true;
        List<String> key =
                source.load().key().stream()
                        .map(name -> arrived.schema().find(name).orElseThrow().name())
                        .toList();
        for (LandingColumn column : arrived.columns()) {
            if (isCompared(arrived, column, key.contains(column.name()))) {
                all.add(column.name());
                if (key.contains(column.name())) {
                    isShown &= column.decision().isPlain();
                }
            }
        }
        if (all.isEmpty()) {
            throw cannot(source, "no column is on both sides as it was loaded");
        }
        return new RowComparison.Columns(all, key, isShown ? Display.SHOWN : Display.HIDDEN);
    }

    private boolean isCompared(Arrival.Arrived arrived, LandingColumn column, boolean isKey) {
        Optional<Type> there = column.stored().map(Column::type);
        Optional<Type> here = published.find(column.name()).map(Column::type);
        if (there.isEmpty() || here.isEmpty()) {
            return false;
        }
        if (!there.equals(here)) {
            asText.add(column.name());
        }
        Optional<String> obstacle = obstacle(arrived, column);
        if (obstacle.isPresent() && isKey) {
            throw cannot(source, "'%s' is the key and %s".formatted(column.name(), obstacle.get()));
        }
        obstacle.ifPresent(
                reason -> notes.add("'%s' is not compared: %s".formatted(column.name(), reason)));
        return obstacle.isEmpty();
    }

    /// Why equal values may look different, or the other way round.
    private Optional<String> obstacle(Arrival.Arrived arrived, LandingColumn column) {
        boolean isThere =
                arrived.parts().isEmpty()
                        || arrived.parts().stream()
                                .anyMatch(part ->
                                        desk.landed().contains(part.item().id())
                                                || part.shape().column(column.name()).isPresent());
        if (!isThere) {
            return Optional.of("it is not at the source");
        }
        String now = column.decision().treatment().word();
        String before = treatments.getOrDefault(Expected.lower(column.name()), now);
        if (!now.equals(before)) {
            return Optional.of("treated by %s before, now by %s".formatted(before, now));
        }
        int keys =
                desk.privacy()
                        .everyVersion(source.name(), column.decision(), column.raw().type())
                        .size();
        return keys == 1
                ? Optional.empty()
                : Optional.of("its tokens may be made with any of %d keys".formatted(keys));
    }

    private void requireBatches() {
        if (!apart.batches().isEmpty() && published.find(LoadedColumns.BATCH).isEmpty()) {
            throw cannot(source, "its files changed since it was loaded");
        }
    }

    private void requireAll(Passage passage, OptionalLong there) {
        long read = passage.read().values().stream().mapToLong(Long::longValue).sum();
        if (there.isPresent() && there.getAsLong() != read) {
            throw AdeException.data(
                            "Cannot compare %s with its source: it has %,d rows, %,d were read"
                                    .formatted(source.name(), there.getAsLong(), read),
                            "Do it again; if it stays so, rows are lost on the way")
                    .at(source.location());
        }
    }

    private Verified compare(
            Arrival.Arrived arrived, Passage passage, RowComparison.Columns columns) {
        long newer = newer(arrived, columns);
        String here = here(columns, newer > 0);
        String there = there(columns);
        RowComparison comparison = new RowComparison(session, here, there, columns);
        RowComparison.Result result = comparison.run();
        long rejected =
                arrived.parts().stream().mapToLong(part -> passage.rejections().rows(part)).sum();
        Verified.Counts counts =
                new Verified.Counts(
                        comparison.count(here), comparison.count(there), rejected, newer);
        boolean follows = source.drift() == DriftPolicy.EVOLVE;
        List<String> drift = arrived.reconciled().drift();
        if (!follows) {
            notes.addAll(drift);
        }
        boolean isGone =
                result.differences().stream().anyMatch(it -> it.kind() == Verified.Kind.GONE);
        if (rejected > 0 && isGone) {
            notes.add("rows that are rejected now may be among those that are not found");
        }
        return new Verified(
                source.name(),
                counts,
                result.isKeyed() ? columns.key() : List.of(),
                result.differences(),
                follows ? drift : List.of(),
                notes);
    }

    /// Those of the source as they would land after all of its files, in `THERE`.
    private void stage(Arrival.Arrived arrived, RowComparison.Columns columns) {
        boolean isStaged = arrived.parts().stream().anyMatch(part -> !part.shape().isEmpty());
        String rows;
        if (!isStaged) {
            rows = "SELECT * FROM %s WHERE FALSE".formatted(table());
        } else if (files.mode() == Mode.MERGE) {
            List<String> keys = columns.key().stream().map(Sql::quote).toList();
            rows = new Folding(session, arrived.schema(), keys).rows(Optional.empty());
        } else {
            rows = "SELECT * FROM " + Landing.STAGE;
        }
        session.execute("CREATE TEMP TABLE %s AS %s".formatted(THERE, rows));
        session.execute("DROP TABLE IF EXISTS " + Landing.STAGE);
    }

    private String table() {
        return Sql.quote(source.name().namespace()) + "." + Sql.quote(source.name().name());
    }

    /// Takes rows out of `THERE` that came or changed after the last load; their keys are in `NEWER`.
    private long newer(Arrival.Arrived arrived, RowComparison.Columns columns) {
        Optional<LandingColumn> cursor =
                apart.newest()
                        .flatMap(newest ->
                                arrived.columns().stream()
                                        .filter(it -> it.name().equalsIgnoreCase(newest.column()))
                                        .filter(it -> !it.isTreated())
                                        .findFirst());
        if (cursor.isEmpty()) {
            return 0;
        }
        String isNewer =
                "%s > TRY_CAST(%s AS %s)"
                        .formatted(
                                Sql.quote(cursor.get().name()),
                                Sql.literal(apart.newest().orElseThrow().position()),
                                cursor.get().raw().type().sql());
        if (!columns.key().isEmpty()) {
            session.execute(
                    "CREATE TEMP TABLE %s AS SELECT %s FROM %s WHERE %s"
                            .formatted(NEWER, keys(columns), THERE, isNewer));
        }
        String count = "SELECT count(*) FROM %s WHERE %s".formatted(THERE, isNewer);
        long newer = RowComparison.numbers(session, count).getFirst();
        session.execute("DELETE FROM %s WHERE %s".formatted(THERE, isNewer));
        return newer;
    }

    private static String keys(RowComparison.Columns columns) {
        return columns.key().stream().map(Sql::quote).collect(Collectors.joining(", "));
    }

    private String here(RowComparison.Columns columns, boolean isNewerApart) {
        List<String> conditions = new ArrayList<>();
        if (!apart.batches().isEmpty()) {
            conditions.add("(%s) IS NOT TRUE".formatted(isApart()));
        }
        kept().ifPresent(conditions::add);
        apart.only().map(KeyGrid.Ranges::sql).ifPresent(conditions::add);
        if (isNewerApart && !columns.key().isEmpty()) {
            conditions.add(isNotIn(columns, NEWER));
        }
        return select(columns, table(), conditions);
    }

    private String select(RowComparison.Columns columns, String rows, List<String> conditions) {
        String values =
                columns.all().stream()
                        .map(name ->
                                asText.contains(name)
                                        ? "CAST(%s AS VARCHAR) AS %s"
                                                .formatted(Sql.quote(name), Sql.quote(name))
                                        : Sql.quote(name))
                        .collect(Collectors.joining(", "));
        String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        return "SELECT %s FROM %s AS r%s".formatted(values, rows, where);
    }

    private String there(RowComparison.Columns columns) {
        List<String> conditions = new ArrayList<>();
        kept().ifPresent(conditions::add);
        if (!apart.batches().isEmpty() && !columns.key().isEmpty()) {
            conditions.add(
                    isNotIn(
                            columns,
                            "(SELECT %s FROM %s WHERE %s)"
                                    .formatted(keys(columns), table(), isApart())));
        }
        return select(columns, THERE, conditions);
    }

    private String isApart() {
        return "%s IN (%s)"
                .formatted(
                        Sql.quote(LoadedColumns.BATCH),
                        apart.batches().stream()
                                .sorted()
                                .map(Sql::literal)
                                .collect(Collectors.joining(", ")));
    }

    private Optional<String> kept() {
        return apart.cut()
                .map(cut ->
                        "(TRY_CAST(%s AS TIMESTAMPTZ) < TIMESTAMPTZ %s) IS NOT TRUE"
                                .formatted(
                                        Sql.quote(cut.column()),
                                        Sql.literal(cut.until().toString())));
    }

    private static String isNotIn(RowComparison.Columns columns, String others) {
        String same =
                columns.key().stream()
                        .map(name -> "o.%s = r.%s".formatted(Sql.quote(name), Sql.quote(name)))
                        .collect(Collectors.joining(" AND "));
        return "NOT EXISTS (SELECT 1 FROM %s AS o WHERE %s)".formatted(others, same);
    }
}
