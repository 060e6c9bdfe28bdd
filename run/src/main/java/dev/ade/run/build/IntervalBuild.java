package dev.ade.run.build;

import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.Field;
import dev.ade.model.Fingerprint;
import dev.ade.model.Grain;
import dev.ade.model.Interval;
import dev.ade.model.Intervals;
import dev.ade.model.Kind;
import dev.ade.model.Layout;
import dev.ade.model.Location;
import dev.ade.model.Model;
import dev.ade.model.Schema;
import dev.ade.model.Sql;
import dev.ade.spi.Compiler;
import dev.ade.spi.Compiler.Situation;
import dev.ade.spi.Draft;
import dev.ade.spi.FileTarget;
import dev.ade.spi.FilledInterval;
import dev.ade.spi.Relation;
import dev.ade.spi.Session;
import dev.ade.spi.WrittenFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Fills intervals of a fact or day: neighbours in one query, each interval replaced whole. Inputs with event
/// time are seen through the interval only, so pruned scans read just its files.
final class IntervalBuild {
    private final BuildContext context;
    private final Model model;
    private final TimedInputs inputs;

    IntervalBuild(BuildContext context) {
        this.context = context;
        this.model = context.model();
        this.inputs = new TimedInputs(context);
    }

    Built fill(List<Interval> stale, NavigableMap<Interval, Fingerprint> wanted) {
        Intervals replaced = Intervals.of(stale);
        Schema schema = schema();
        EventTime time = eventTime(schema);
        FileTarget target = context.draft().prepare(model.name(), schema, layout());
        List<WrittenFile> written = new ArrayList<>();
        int part = 0;
        Slices slices = new Slices(context);
        Strays strays = new Strays(context, inputs, time, wanted.keySet(), this::compile);
        List<Interval> ranges = Intervals.of(stillWanted(stale, wanted)).list();
        for (Interval range : ranges) {
            for (Slices.Slice slice : slices.of(range, target.layout(), time)) {
                written.addAll(writeSlice(slice, strays, target.part(part++)));
            }
        }
        strays.requireNone(ranges);
        requireOneRowADay(written, target);
        Map<Instant, Long> rows = countRows(written, target, time);
        List<FilledInterval> filled = filled(stale, wanted, rows);
        Draft.Stamp stamp =
                new Draft.Stamp(version(filled), model.definition(), Builder.properties(model));
        boolean isAll = new HashSet<>(stale).containsAll(wanted.keySet());
        if (isAll) {
            context.draft().commit(model.name(), new Draft.Change.ReplaceAll(written), stamp);
        } else {
            replace(replaced, time, target, written, stamp);
        }
        context.draft().recordFilled(model.name(), filled);
        return new Built(
                Optional.of(target),
                written,
                isAll ? Built.Coverage.ALL : Built.Coverage.PART,
                Built.rows(written),
                replaced,
                filled);
    }

    private static List<Interval> stillWanted(
            List<Interval> stale, NavigableMap<Interval, Fingerprint> wanted) {
        return stale.stream().filter(wanted::containsKey).toList();
    }

    private Fingerprint version(List<FilledInterval> filled) {
        List<Object> from = new ArrayList<>();
        from.add(model.definition());
        filled.forEach(one -> {
            from.add(one.interval());
            from.add(one.version());
        });
        return Fingerprint.of(from);
    }

    private Schema schema() {
        String query = compile(Interval.ALWAYS);
        try (Sessions.Lease lease = context.sessions().open(context.draft())) {
            return lease.session().describe(query);
        }
    }

    private String compile(Interval range) {
        return context.compile(new Situation(Compiler.State.NEW, Optional.of(range)));
    }

    private EventTime eventTime(Schema schema) {
        String name = model.eventTime().orElseThrow();
        Column column =
                schema.find(name)
                        .orElseThrow(() ->
                                wrong(
                                        "its event_time '%s' is not among its columns %s"
                                                .formatted(name, schema.names())));
        if (!column.type().isTemporal()) {
            throw wrong(
                    "its event_time '%s' is %s, not a date or timestamp"
                            .formatted(name, column.type().text()));
        }
        return new EventTime(column.name(), column.type());
    }

    private AdeException wrong(String reason) {
        return AdeException.user(
                        "Cannot fill %s by intervals: %s".formatted(model.name(), reason),
                        "Select the column, or name another in event_time")
                .at(Location.of(model.file()));
    }

    /// One partition step coarser than the grain, so that a late interval rewrites little and files stay few.
    private Layout layout() {
        if (!model.layout().partitions().isEmpty()) {
            return model.layout();
        }
        Layout.Transform transform =
                switch (model.kind().intervalGrain().orElseThrow()) {
                    case HOUR -> Layout.Transform.DAY;
                    case DAY, WEEK -> Layout.Transform.MONTH;
                    case MONTH, YEAR -> Layout.Transform.YEAR;
                };
        Layout.Partition partition =
                new Layout.Partition(transform, model.eventTime().orElseThrow(), 0);
        return new Layout(List.of(partition), model.layout().sortBy());
    }

    private List<WrittenFile> writeSlice(Slices.Slice slice, Strays strays, FileTarget whole) {
        Interval range = slice.range();
        FileTarget target = slice.partition().map(it -> whole.within(List.of(it))).orElse(whole);
        String query =
                "select * from (%s) as q where %s".formatted(compile(range), strays.within(range));
        try (Sessions.Lease lease = context.sessions().open(inputs.within(range))) {
            return lease.session().write(query, target, context.watcher());
        } catch (AdeException e) {
            throw strays.told(e);
        }
    }

    private void requireOneRowADay(List<WrittenFile> written, FileTarget target) {
        if (!(model.kind() instanceof Kind.Day day) || written.isEmpty()) {
            return;
        }
        List<String> columns = new ArrayList<>(day.entity());
        columns.add(model.eventTime().orElseThrow());
        String key = columns.stream().map(Sql::quote).collect(Collectors.joining(", "));
        long duplicates = duplicates(written, target, key);
        if (duplicates > 0) {
            throw AdeException.data(
                            "Cannot build %s: %,d of (%s) have more than one row"
                                    .formatted(
                                            model.name(), duplicates, String.join(", ", columns)),
                            "A day model has one row an entity a day: group by these columns")
                    .at(Location.of(model.file()));
        }
    }

    private long duplicates(List<WrittenFile> written, FileTarget target, String key) {
        try (Sessions.Lease lease = context.sessions().open(just(written, target))) {
            return Rows.number(
                    lease.session(),
                    "select count(*) from (select 1 from %s group by %s having count(*) > 1)"
                            .formatted(Kept.NAME.quoted(), key));
        }
    }

    private Overlay just(List<WrittenFile> files, FileTarget target) {
        List<Relation.ScanFile> scanned =
                files.stream()
                        .map(file ->
                                new Relation.ScanFile(
                                        file.path(), file.rows(), file.bytes(), List.of()))
                        .toList();
        return new Overlay(context.draft())
                .with(
                        Kept.NAME,
                        new Relation.Scan(
                                target.fields(),
                                List.of(new Relation.FileGroup(target.fields(), scanned))));
    }

    /// Takes the old rows of the intervals out, by rewriting the files that may hold some, and the new in.
    private void replace(
            Intervals replaced,
            EventTime time,
            FileTarget target,
            List<WrittenFile> written,
            Draft.Stamp stamp) {
        Set<String> removed = new HashSet<>();
        List<WrittenFile> added = new ArrayList<>(written);
        Kept kept = Kept.of(context, target);
        Files files =
                kept.isRewritten()
                        ? Files.of(context.draft(), model.name(), List.of())
                        : overlapping(replaced, time);
        if (!files.isEmpty()) {
            removed.addAll(files.paths());
            added.addAll(writeKept(kept, files, outside(replaced, time)));
        }
        context.draft().commit(model.name(), new Draft.Change.Rewrite(removed, added), stamp);
    }

    private List<WrittenFile> writeKept(Kept kept, Files files, String condition) {
        Overlay relations = new Overlay(context.draft()).with(Kept.NAME, files.scan());
        FileTarget target = kept.target();
        try (Sessions.Lease lease = context.sessions().open(relations)) {
            Session session = lease.session();
            kept.requireExact(session);
            FileTarget again =
                    context.draft()
                            .prepare(model.name(), Field.schema(target.fields()), target.layout());
            return session.write(
                    "select * from (%s) as k where %s".formatted(kept.query(), condition), again);
        }
    }

    private static String outside(Intervals replaced, EventTime time) {
        return replaced.isEmpty()
                ? "true"
                : replaced.list().stream()
                        .map(time::within)
                        .collect(Collectors.joining(" or ", "not (", ")"));
    }

    private Files overlapping(Intervals replaced, EventTime time) {
        Map<String, Relation.ScanFile> files = new HashMap<>();
        List<Relation.FileGroup> groups = new ArrayList<>();
        List<Field> fields = List.of();
        for (Interval range : replaced.list()) {
            Files found = Files.of(context.draft(), model.name(), List.of(time.bound(range)));
            fields = found.scan().fields();
            for (Relation.FileGroup group : found.scan().groups()) {
                List<Relation.ScanFile> fresh =
                        group.files().stream()
                                .filter(file -> files.put(file.path(), file) == null)
                                .toList();
                if (!fresh.isEmpty()) {
                    groups.add(new Relation.FileGroup(group.written(), fresh));
                }
            }
        }
        return new Files(new Relation.Scan(fields, groups));
    }

    private Map<Instant, Long> countRows(
            List<WrittenFile> written, FileTarget target, EventTime time) {
        Map<Instant, Long> rows = new HashMap<>();
        if (written.isEmpty()) {
            return rows;
        }
        Grain grain = model.kind().intervalGrain().orElseThrow();
        String counts =
                """
                select epoch(date_trunc('%s', %s))::bigint, count(*) from %s group by 1\
                """
                        .formatted(grain.text(), Sql.quote(time.column()), Kept.NAME.quoted());
        try (Sessions.Lease lease = context.sessions().open(just(written, target))) {
            Rows.all(lease.session(), counts)
                    .forEach(row ->
                            rows.put(
                                    Instant.ofEpochSecond(Rows.asLong(row.getFirst())),
                                    Rows.asLong(row.get(1))));
        }
        return rows;
    }

    private List<FilledInterval> filled(
            List<Interval> stale,
            NavigableMap<Interval, Fingerprint> wanted,
            Map<Instant, Long> rows) {
        Map<Interval, FilledInterval> before = new HashMap<>();
        context.draft().filled(model.name()).forEach(one -> before.put(one.interval(), one));
        Set<Interval> fresh = new HashSet<>(stale);
        List<FilledInterval> filled = new ArrayList<>();
        wanted.forEach((interval, version) -> {
            FilledInterval old = before.get(interval);
            if (old != null && !fresh.contains(interval)) {
                filled.add(stayed(old));
                return;
            }
            long count =
                    interval.equals(Interval.ALWAYS)
                            ? rows.values().stream().mapToLong(Long::longValue).sum()
                            : rows.getOrDefault(interval.from(), 0L);
            filled.add(new FilledInterval(interval, version, count));
        });
        return filled;
    }

    /// Where columns of it are hidden from now on, what reads it has to follow.
    private FilledInterval stayed(FilledInterval old) {
        return context.hidden().isEmpty()
                ? old
                : new FilledInterval(
                        old.interval(),
                        Fingerprint.of("hidden", old.version(), new TreeSet<>(context.hidden())),
                        old.rows());
    }
}
