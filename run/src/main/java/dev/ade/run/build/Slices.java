package dev.ade.run.build;

import dev.ade.model.Grain;
import dev.ade.model.Interval;
import dev.ade.model.Layout;
import dev.ade.model.Sql;
import dev.ade.model.TableName;
import dev.ade.run.Reach;
import dev.ade.spi.Relation;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Cuts a range of event time where partitions begin, so that each query writes into one partition and the engine need
/// not sort rows into many, which costs a third of a plain write. A range within one partition, as a daily run fills
/// it, is that already. A longer one is cut where its inputs lie in order of time: then all queries together read
/// hardly more than one would.
final class Slices {
    private static final int SLICES_MAX = 16;
    private static final int FILES_MAX = 100;

    private final BuildContext context;

    Slices(BuildContext context) {
        this.context = context;
    }

    /// @param partition what all its rows have, where they have one: in units of the layout's transform since 1970
    record Slice(Interval range, Optional<Integer> partition) {}

    List<Slice> of(Interval range, Layout layout, EventTime time) {
        List<Slice> whole = List.of(new Slice(range, Optional.empty()));
        Optional<Grain> grain = grain(layout, time);
        if (grain.isEmpty() || range.equals(Interval.ALWAYS)) {
            return whole;
        }
        List<Slice> slices = cut(range, grain.get());
        boolean isCheap =
                slices.size() == 1
                        || (slices.size() <= SLICES_MAX && areInputsInOrder(range, grain.get()));
        return isCheap ? slices : whole;
    }

    private static Optional<Grain> grain(Layout layout, EventTime time) {
        if (layout.partitions().size() != 1) {
            return Optional.empty();
        }
        Layout.Partition partition = layout.partitions().getFirst();
        Optional<Grain> grain =
                switch (partition.transform()) {
                    case HOUR -> Optional.of(Grain.HOUR);
                    case DAY -> Optional.of(Grain.DAY);
                    case MONTH -> Optional.of(Grain.MONTH);
                    case YEAR -> Optional.of(Grain.YEAR);
                    case IDENTITY, BUCKET, TRUNCATE -> Optional.empty();
                };
        return grain.filter(_ -> partition.column().equalsIgnoreCase(time.column()));
    }

    private static List<Slice> cut(Interval range, Grain grain) {
        List<Slice> slices = new ArrayList<>();
        Instant from = range.from();
        while (from.isBefore(range.to()) && slices.size() <= SLICES_MAX) {
            Instant start = grain.floor(from);
            Instant next = grain.next(start);
            Instant to = next.isBefore(range.to()) ? next : range.to();
            slices.add(new Slice(new Interval(from, to), Optional.of(since1970(start, grain))));
            from = to;
        }
        return slices;
    }

    private static int since1970(Instant start, Grain grain) {
        LocalDateTime epoch = LocalDateTime.of(1970, 1, 1, 0, 0);
        ChronoUnit unit =
                switch (grain) {
                    case HOUR -> ChronoUnit.HOURS;
                    case DAY -> ChronoUnit.DAYS;
                    case MONTH -> ChronoUnit.MONTHS;
                    case YEAR -> ChronoUnit.YEARS;
                    case WEEK -> throw new IllegalArgumentException("no transform is by week");
                };
        return Math.toIntExact(
                unit.between(epoch, start.atOffset(ZoneOffset.UTC).toLocalDateTime()));
    }

    /// True where each input is cut to the range, and its row groups spread over hardly more slices than they must.
    private boolean areInputsInOrder(Interval range, Grain grain) {
        return Reach.of(context.model(), range).equals(range)
                && context.model().inputs().stream()
                        .allMatch(input ->
                                context.isTimed().test(input) && isInOrder(input, range, grain));
    }

    private boolean isInOrder(TableName input, Interval range, Grain grain) {
        String column = context.project().eventTime(input).orElseThrow();
        Optional<Relation.Scan> scan =
                context.draft()
                        .find(input)
                        .filter(Relation.Scan.class::isInstance)
                        .map(Relation.Scan.class::cast);
        if (scan.isEmpty()) {
            return false;
        }
        List<String> paths =
                scan.get().groups().stream()
                        .flatMap(group -> group.files().stream())
                        .map(file -> Sql.literal(file.path()))
                        .toList();
        return !paths.isEmpty()
                && paths.size() <= FILES_MAX
                && isInOrder(paths, column, range, grain);
    }

    /// Row groups without statistics of the column, which may have had another name, lie anywhere.
    private boolean isInOrder(List<String> paths, String column, Interval range, Grain grain) {
        String sql =
                """
                select count(*) > 0 and coalesce(bool_and(stats_min_value is not null), false)
                  and coalesce(sum(date_diff('%1$s', stats_min_value::timestamp, stats_max_value::timestamp)), 0)
                    <= date_diff('%1$s', timestamp '%2$s', timestamp '%3$s') + count(*) / 4
                from parquet_metadata([%4$s]) where lower(path_in_schema) = lower(%5$s)\
                """
                        .formatted(
                                grain.text(),
                                text(range.from()),
                                text(range.to()),
                                String.join(", ", paths),
                                Sql.literal(column));
        try (Sessions.Lease lease = context.sessions().open(context.draft())) {
            return Boolean.TRUE.equals(Rows.all(lease.session(), sql).getFirst().getFirst());
        }
    }

    private static String text(Instant instant) {
        LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        return time.toLocalDate() + " " + time.toLocalTime();
    }
}
