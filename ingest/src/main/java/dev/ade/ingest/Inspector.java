package dev.ade.ingest;

import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.LoadSpec;
import dev.ade.model.LoadSpec.Format;
import dev.ade.model.SourceTable;
import dev.ade.model.Treatment;
import dev.ade.model.Type;
import dev.ade.spi.Corrections;
import dev.ade.spi.Cursor;
import dev.ade.spi.Loader.ColumnReaders;
import dev.ade.spi.Loader.InspectedColumn;
import dev.ade.spi.Loader.Inspection;
import dev.ade.spi.Loader.Item;
import dev.ade.spi.Privacy;
import dev.ade.spi.Session;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Looks at a sample of a source's files and proposes how to declare it.
final class Inspector {
    /// Files that are looked into; of more, so many are chosen evenly.
    static final int FILES = 20;

    /// Rows looked at of each file.
    static final int ROWS = 50_000;

    /// Columns whose different values are counted by one statement: with some hundreds the engine ends the process.
    private static final int COUNTED_AT_ONCE = 100;

    private static final List<String> KEY_HINTS =
            List.of("id", "key", "uuid", "code", "number", "nr", "no");
    private static final List<String> TIME_HINTS =
            List.of(
                    "event",
                    "occurred",
                    "created",
                    "ordered",
                    "time",
                    "timestamp",
                    "date",
                    "day",
                    "ts",
                    "at",
                    "on");

    private final SourceTable source;
    private final LoadSpec.Files files;
    private final Session session;
    private final Privacy privacy;
    private final Clock clock;
    private final Recoding recoding;
    private final ReaderOptions options;

    /// What it works with.
    ///
    /// @param stages folder of what must not outlive its work
    record Means(Session session, Privacy privacy, Clock clock, Path stages) {}

    Inspector(SourceTable source, LoadSpec.Files files, Means means) {
        this.source = source;
        this.files = files;
        this.session = means.session();
        this.privacy = means.privacy();
        this.clock = means.clock();
        this.recoding =
                new Recoding(ReaderOptions.of(source, files), Corrections.NONE, means.stages());
        this.options = recoding.options();
    }

    Inspection inspect(List<FoundFile> found, ContentIds ids) {
        try (recoding) {
            return look(found, ids);
        }
    }

    private Inspection look(List<FoundFile> found, ContentIds ids) {
        Expected expected = Expected.of(source, options, Optional.empty());
        List<Part> parts = parts(spread(found), expected, ids);
        Samples samples = new Samples(session, options);
        Reconciled reconciled =
                new Reconciler(
                                source,
                                expected,
                                parts.stream()
                                        .map(part ->
                                                new Reconciler.FileShape(
                                                        part.origin(), part.path(), part.shape()))
                                        .toList(),
                                (file, column, type) ->
                                        samples.fit(named(parts, file.origin()), column, type),
                                ColumnReaders.NONE)
                        .reconcile();
        List<Privacy.Decision> decisions =
                privacy.decide(
                        source.name(),
                        new Privacy.Declared(source.columns(), source.undeclared()),
                        samples.of(parts, reconciled.columns()));
        Facts facts = facts(parts, reconciled.columns());
        Proposal proposal = propose(reconciled.columns(), decisions, facts);
        List<String> notes =
                new ArrayList<>(
                        new InspectionNotes(found, parts, clock.instant())
                                .notes(
                                        facts,
                                        proposal,
                                        times(parts, reconciled.columns(), proposal)));
        new Breaches(session, options)
                .of(parts, reconciled.columns())
                .words()
                .ifPresent(notes::add);
        return new Inspection(
                yaml(reconciled.columns(), decisions, proposal),
                columns(reconciled.columns(), decisions, facts),
                notes,
                facts.rows());
    }

    private static Part named(List<Part> parts, String origin) {
        return parts.stream()
                .filter(part -> part.origin().equals(origin))
                .findFirst()
                .orElseThrow();
    }

    /// Those that are looked into.
    static List<FoundFile> spread(List<FoundFile> found) {
        if (found.size() <= FILES) {
            return found;
        }
        return IntStream.range(0, FILES)
                .mapToObj(i -> found.get((int) ((long) i * (found.size() - 1) / (FILES - 1))))
                .toList();
    }

    private List<Part> parts(List<FoundFile> some, Expected expected, ContentIds ids) {
        PartReader reader = new PartReader(session, recoding, expected, Map.of());
        List<Part> parts = new ArrayList<>();
        for (FoundFile file : some) {
            Item item =
                    new Item(
                            ids.of(file),
                            file.origin(),
                            file.path().toString(),
                            file.bytes(),
                            file.modifiedAt());
            parts.add(reader.part(item, file.format(), parts.size()));
        }
        return parts;
    }

    /// What a sample says.
    ///
    /// @param duplicates rows that another row equals
    record Facts(long rows, long duplicates, List<ColumnFacts> columns) {}

    record ColumnFacts(long values, long distinct) {}

    /// @param key columns that seem to identify a row; empty where none does
    record Proposal(Optional<String> key, Optional<String> eventTime) {}

    /// First and last event time of each file, in order.
    record FileTimes(String origin, Instant first, Instant last, long rows, long late) {}

    private Facts facts(List<Part> parts, List<Column> columns) {
        String all =
                IntStream.range(0, columns.size())
                        .mapToObj(i -> "t" + i)
                        .collect(Collectors.joining(", "));
        List<Long> rows =
                count("count(*), count(DISTINCT hash(%s))".formatted(all), parts, columns);
        List<ColumnFacts> facts = new ArrayList<>();
        for (int from = 0; from < columns.size(); from += COUNTED_AT_ONCE) {
            int to = Math.min(columns.size(), from + COUNTED_AT_ONCE);
            facts.addAll(columnFacts(parts, columns.subList(from, to)));
        }
        return new Facts(rows.get(0), rows.get(0) - rows.get(1), facts);
    }

    private List<ColumnFacts> columnFacts(List<Part> parts, List<Column> columns) {
        String counts =
                IntStream.range(0, columns.size())
                        .mapToObj(i -> "count(t%d), count(DISTINCT t%d)".formatted(i, i))
                        .collect(Collectors.joining(", "));
        List<Long> counted = count(counts, parts, columns);
        return IntStream.range(0, columns.size())
                .mapToObj(i -> new ColumnFacts(counted.get(2 * i), counted.get(2 * i + 1)))
                .toList();
    }

    /// What a query of counts says of a sample; zeros where there are no rows.
    private List<Long> count(String counts, List<Part> parts, List<Column> columns) {
        Optional<String> rows = rows(parts, columns);
        if (rows.isEmpty()) {
            return Collections.nCopies(2 * Math.max(1, columns.size()), 0L);
        }
        try (Cursor cursor = session.query("SELECT %s FROM (%s)".formatted(counts, rows.get()))) {
            return cursor.all(1).getFirst().stream().map(Inspector::number).toList();
        } catch (AdeException e) {
            throw Broken.file(source.name().toString(), e);
        }
    }

    private Optional<String> rows(List<Part> parts, List<Column> columns) {
        List<LandingColumn> plain = columns.stream().map(LandingColumn::plain).toList();
        Door.register(session, plain);
        LoadSql sql = new LoadSql(plain, List.of(), options, Instant.EPOCH, LoadSql.Guard.NONE);
        List<String> selects =
                parts.stream()
                        .filter(part -> !part.shape().isEmpty())
                        .map(part -> "(" + sql.typedSample(part, reading(part), ROWS) + ")")
                        .toList();
        return selects.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join(" UNION ALL ", selects));
    }

    static LoadSql.Reading reading(Part part) {
        return part.shape().format() == Format.NDJSON
                ? LoadSql.Reading.LINES
                : LoadSql.Reading.WHOLE;
    }

    private static Proposal propose(
            List<Column> columns, List<Privacy.Decision> decisions, Facts facts) {
        Map<String, Privacy.Decision> byName = byName(decisions);
        Optional<String> key =
                best(
                        columns,
                        KEY_HINTS,
                        i -> isKeyLike(columns.get(i).type()) && isUnique(facts, i));
        Optional<String> time =
                best(
                        columns,
                        TIME_HINTS,
                        i ->
                                columns.get(i).type().isTemporal()
                                        && isMostlyThere(facts, i)
                                        && isKept(byName.get(columns.get(i).name())));
        return new Proposal(key, time);
    }

    /// Times of events are not personal; dates of birth are.
    private static boolean isKept(Privacy.@Nullable Decision decision) {
        return decision != null && decision.treatment() instanceof Treatment.Keep;
    }

    private static boolean isKeyLike(Type type) {
        return type == Type.Simple.INTEGER
                || type == Type.Simple.BIGINT
                || type == Type.Simple.VARCHAR
                || type == Type.Simple.UUID;
    }

    private static boolean isUnique(Facts facts, int i) {
        ColumnFacts column = facts.columns().get(i);
        return facts.rows() > 1 && column.distinct() == facts.rows();
    }

    private static boolean isMostlyThere(Facts facts, int i) {
        return facts.rows() > 0 && facts.columns().get(i).values() >= 0.95 * facts.rows();
    }

    /// The first column that may be it, one with a hint in its name before others.
    private static Optional<String> best(
            List<Column> columns, List<String> hints, java.util.function.IntPredicate may) {
        return IntStream.range(0, columns.size())
                .filter(may)
                .boxed()
                .min(Comparator.comparingInt(i -> rank(columns.get(i).name(), hints)))
                .map(i -> columns.get(i).name());
    }

    private static int rank(String name, List<String> hints) {
        List<String> words =
                List.of(
                        Expected.lower(name.replaceAll("([a-z])([A-Z])", "$1_$2"))
                                .split("[^a-z]+", -1));
        return IntStream.range(0, hints.size())
                .filter(i -> words.contains(hints.get(i)))
                .findFirst()
                .orElse(hints.size());
    }

    /// For late values: a row is late when an earlier file already has a later one.
    private List<FileTimes> times(List<Part> parts, List<Column> columns, Proposal proposal) {
        Optional<Column> time =
                columns.stream()
                        .filter(column ->
                                proposal.eventTime().filter(column.name()::equals).isPresent())
                        .findFirst();
        List<FileTimes> times = new ArrayList<>();
        if (time.isEmpty()) {
            return times;
        }
        double latest = Double.NEGATIVE_INFINITY;
        for (Part part : parts) {
            Optional<String> rows = rows(List.of(part), List.of(time.get()));
            if (rows.isPresent()) {
                Optional<FileTimes> of = times(part, rows.get(), latest);
                of.ifPresent(times::add);
                latest =
                        Math.max(
                                latest,
                                of.map(file -> (double) file.last().getEpochSecond())
                                        .orElse(latest));
            }
        }
        return times;
    }

    private Optional<FileTimes> times(Part part, String rows, double latest) {
        String late =
                Double.isInfinite(latest)
                        ? "FALSE"
                        : "epoch(t0) < " + String.format(Locale.ROOT, "%.0f", latest);
        String sql =
                "SELECT min(epoch(t0)), max(epoch(t0)), count(*), count(*) FILTER (%s) FROM (%s) WHERE isfinite(t0)"
                        .formatted(late, rows);
        try (Cursor cursor = session.query(sql)) {
            List<@Nullable Object> row = cursor.all(1).getFirst();
            return row.get(0) instanceof Double first && row.get(1) instanceof Double last
                    ? Optional.of(
                            new FileTimes(
                                    part.origin(),
                                    Instant.ofEpochSecond(first.longValue()),
                                    Instant.ofEpochSecond(last.longValue()),
                                    number(row.get(2)),
                                    number(row.get(3))))
                    : Optional.empty();
        }
    }

    private static List<InspectedColumn> columns(
            List<Column> columns, List<Privacy.Decision> decisions, Facts facts) {
        Map<String, Privacy.Decision> byName = byName(decisions);
        List<InspectedColumn> inspected = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            ColumnFacts fact = facts.columns().get(i);
            Privacy.Decision decision =
                    java.util.Objects.requireNonNull(byName.get(columns.get(i).name()));
            inspected.add(
                    new InspectedColumn(
                            columns.get(i).name(),
                            columns.get(i).type().text(),
                            facts.rows() == 0 ? 0 : 1 - (double) fact.values() / facts.rows(),
                            fact.distinct(),
                            decision.dataClass(),
                            decision.treatment().word(),
                            decision.evidence()));
        }
        return inspected;
    }

    private static Map<String, Privacy.Decision> byName(List<Privacy.Decision> decisions) {
        return decisions.stream()
                .collect(Collectors.toMap(Privacy.Decision::column, d -> d, (a, _) -> a));
    }

    private String yaml(List<Column> columns, List<Privacy.Decision> decisions, Proposal proposal) {
        Map<String, Privacy.Decision> byName = byName(decisions);
        StringBuilder yaml = new StringBuilder();
        yaml.append("sources:\n  - name: ").append(source.name().namespace());
        yaml.append("\n    tables:\n      - name: ").append(source.name().name());
        yaml.append("\n        load: ").append(Yaml.load(files));
        proposal.eventTime()
                .ifPresent(time -> yaml.append("\n        event_time: ").append(Yaml.scalar(time)));
        yaml.append("\n        columns:");
        for (Column column : columns) {
            Privacy.Decision decision = java.util.Objects.requireNonNull(byName.get(column.name()));
            yaml.append("\n          - ").append(Yaml.column(column, decision));
        }
        return yaml.append('\n').toString();
    }

    private static long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }
}
