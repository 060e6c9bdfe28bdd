package dev.ade.run;

import dev.ade.model.Field;
import dev.ade.model.Grain;
import dev.ade.model.Interval;
import dev.ade.model.Intervals;
import dev.ade.model.Layout;
import dev.ade.model.LoadedColumns;
import dev.ade.model.Model;
import dev.ade.model.Project;
import dev.ade.model.Schema;
import dev.ade.model.Sql;
import dev.ade.model.TableName;
import dev.ade.model.Type;
import dev.ade.run.build.Built;
import dev.ade.run.build.Sessions;
import dev.ade.spi.Checker;
import dev.ade.spi.Cursor;
import dev.ade.spi.Draft;
import dev.ade.spi.FileTarget;
import dev.ade.spi.Loader;
import dev.ade.spi.Profile;
import dev.ade.spi.Profiler;
import dev.ade.spi.Relation;
import dev.ade.spi.SystemTable;
import dev.ade.spi.Watcher;
import dev.ade.spi.WrittenFile;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Profiles what a step wrote and hands it to the journal: one profile of the dataset, and the rows of each day
/// of event time that changed.
final class Profiles {
    private static final int DAYS_MAX = 100_000;

    private final Project project;
    private final Profiler profiler;
    private final Draft draft;
    private final Journal journal;
    private final Sessions sessions;
    private final Instant now;

    Profiles(
            Project project,
            Profiler profiler,
            Draft draft,
            Journal journal,
            Sessions sessions,
            Instant now) {
        this.project = project;
        this.profiler = profiler;
        this.draft = draft;
        this.journal = journal;
        this.sessions = sessions;
        this.now = now;
    }

    /// @param watcher of what was written, if that is all of the dataset
    void afterBuild(Model model, Built built, Watcher watcher) {
        if (built.target().isEmpty()) {
            return;
        }
        TableName name = model.name();
        if (built.coverage() == Built.Coverage.ALL) {
            record(name, profile(built.target().get(), built.written(), watcher));
        } else {
            record(name, profile(name));
        }
        days(
                name,
                built.changed(),
                () -> counted(built, model).or(() -> counted(name, project.eventTime(name))));
    }

    /// @param before of what was published
    /// @param after of the rows that came, or of all
    record Change(Profile before, Profile after) {}

    /// @param onlyAdded true where no earlier row went, so that the earlier profile still counts
    /// @param watcher of the rows that came
    /// @return empty where nothing was known before
    Optional<Change> afterLoad(
            TableName name, Loader.Loaded loaded, boolean onlyAdded, Watcher watcher) {
        Optional<Profile> before = before(name);
        boolean isFirst = draft.base().state(name).isEmpty();
        Profile after;
        boolean isMore = onlyAdded && loaded.treatedOtherwise().isEmpty();
        if (isFirst || (isMore && before.filter(it -> isOf(it, name)).isPresent())) {
            after = profile(target(name), loaded.written(), watcher);
            Profile part = after;
            record(
                    name,
                    before.map(earlier -> profiler.merge(List.of(earlier, part))).orElse(part));
        } else {
            after = profile(name);
            record(name, after);
        }
        days(
                name,
                loaded.changed(),
                () -> counted(name, project.eventTime(name).or(() -> loadTime(name))));
        return before.map(it -> new Change(it, after));
    }

    /// Whether the dataset still has the columns of a profile: one that was renamed is profiled anew.
    private boolean isOf(Profile profile, TableName name) {
        Schema now = scan(name).schema();
        return profile.columns().stream().allMatch(it -> now.find(it.name()).isPresent());
    }

    /// The whole dataset as it is drafted.
    private Profile profile(TableName name) {
        List<WrittenFile> files =
                scan(name).groups().stream()
                        .flatMap(group -> group.files().stream())
                        .map(file ->
                                new WrittenFile(
                                        file.path(),
                                        file.rows(),
                                        file.bytes(),
                                        List.of(),
                                        Map.of()))
                        .toList();
        return profile(target(name), files, Watcher.NONE);
    }

    private Profile profile(FileTarget target, List<WrittenFile> files, Watcher watcher) {
        try (Sessions.Lease lease = sessions.open(draft)) {
            return profiler.profile(lease.session(), target, files, watcher);
        }
    }

    private FileTarget target(TableName name) {
        return new FileTarget("", scan(name).fields(), Layout.PLAIN, 0);
    }

    private Relation.Scan scan(TableName name) {
        return draft.find(name)
                .filter(Relation.Scan.class::isInstance)
                .map(Relation.Scan.class::cast)
                .orElseThrow(() -> new IllegalStateException(name + " is not drafted"));
    }

    /// The profile of the dataset as it was published.
    private Optional<Profile> before(TableName name) {
        TableName stored = SystemTable.PROFILES.table();
        if (draft.base().state(name).isEmpty() || draft.base().state(stored).isEmpty()) {
            return Optional.empty();
        }
        try (Sessions.Lease lease = sessions.open(draft.base())) {
            return ProfileRows.read(
                    lease.session(), profiler, name, draft.base().state(name).get().version());
        }
    }

    private void record(TableName name, Profile profile) {
        journal.profile(name, profile);
        ProfileRows.of(journal.run(), name, Journal.version(draft, name), now, profile)
                .forEach(row -> journal.add(SystemTable.PROFILES, row));
    }

    /// Where nobody says when a row happened, its day is the one it was loaded on.
    private Optional<String> loadTime(TableName name) {
        return scan(name).fields().stream()
                .filter(field -> field.type().isTemporal())
                .map(Field::name)
                .filter(LoadedColumns.LOADED_AT::equals)
                .findFirst();
    }

    private Optional<Map<Interval, Long>> counted(TableName name, Optional<String> column) {
        return column.map(it -> counted(name, it));
    }

    private Map<Interval, Long> counted(TableName name, String column) {
        String counts =
                """
                select day::varchar, "rows" from (
                  select cast(%s as date) as day, count(*) as "rows"
                  from %s where isfinite(%s) group by 1 order by 1 limit %d)
                order by day\
                """
                        .formatted(plain(name, column), name.quoted(), Sql.quote(column), DAYS_MAX);
        Map<Interval, Long> days = new TreeMap<>();
        try (Sessions.Lease lease = sessions.open(draft);
                Cursor cursor = lease.session().query(counts)) {
            for (List<@Nullable Object> row = cursor.next(); row != null; row = cursor.next()) {
                Instant start = Instant.parse(row.getFirst() + "T00:00:00Z");
                days.put(
                        new Interval(start, start.plus(1, ChronoUnit.DAYS)),
                        ((Number) Objects.requireNonNull(row.get(1))).longValue());
            }
        }
        return days;
    }

    /// An instant as the engine's calendar, which knows zones, need not be asked for its day in UTC.
    private String plain(TableName name, String column) {
        boolean isInstant =
                scan(name).fields().stream()
                        .anyMatch(field ->
                                field.name().equalsIgnoreCase(column)
                                        && field.type() == Type.Simple.TIMESTAMPTZ);
        return isInstant
                ? "make_timestamp(epoch_us(%s))".formatted(Sql.quote(column))
                : Sql.quote(column);
    }

    /// What is filled by days has been counted by days; empty where it is not.
    private static Optional<Map<Interval, Long>> counted(Built built, Model model) {
        if (!model.kind().intervalGrain().equals(Optional.of(Grain.DAY))) {
            return Optional.empty();
        }
        Map<Interval, Long> days = new TreeMap<>();
        built.filled().stream()
                .filter(filled -> filled.rows() > 0)
                .forEach(filled -> days.put(filled.interval(), filled.rows()));
        return days.containsKey(Interval.ALWAYS) ? Optional.empty() : Optional.of(days);
    }

    /// How many rows each day has now, of the days that changed: what volume monitors read. Those that had rows once and
    /// have none now have to be told, too.
    ///
    /// @param counts of all days; empty where nothing says when rows happened
    private void days(
            TableName name, Intervals changed, Supplier<Optional<Map<Interval, Long>>> counts) {
        Optional<Map<Interval, Long>> counted = changed.isEmpty() ? Optional.empty() : counts.get();
        if (counted.isEmpty()) {
            return;
        }
        Map<Interval, Long> days = new TreeMap<>();
        recordedDays(name).forEach(day -> days.put(day, 0L));
        days.putAll(counted.get());
        days.forEach((day, rows) -> {
            if (changed.overlaps(day)) {
                day(name, day, rows);
            }
        });
    }

    private void day(TableName name, Interval day, long rows) {
        journal.interval(name, new Checker.IntervalProfile(day, new Profile(rows, List.of())));
        journal.add(
                SystemTable.PROFILES,
                ProfileRows.rows(
                        journal.run(),
                        name,
                        Journal.version(draft, name),
                        Optional.of(day),
                        now,
                        rows));
    }

    /// Days that had rows once: those among them that have none now must be said to have none.
    private Set<Interval> recordedDays(TableName name) {
        Set<Interval> days = new HashSet<>();
        if (draft.base().state(name).isEmpty()
                || draft.base().state(SystemTable.PROFILES.table()).isEmpty()) {
            return days;
        }
        String sql =
                """
                select distinct interval_from, interval_to from ade.profiles
                where dataset = ? and interval_from is not null and "rows" > 0\
                """;
        try (Sessions.Lease lease = sessions.open(draft.base());
                Cursor cursor = lease.session().query(sql, List.of(name.toString()))) {
            for (List<@Nullable Object> row = cursor.next(); row != null; row = cursor.next()) {
                days.add(
                        new Interval(
                                (Instant) Objects.requireNonNull(row.get(0)),
                                (Instant) Objects.requireNonNull(row.get(1))));
            }
        }
        return days;
    }
}
