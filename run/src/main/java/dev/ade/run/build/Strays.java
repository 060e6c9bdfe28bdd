package dev.ade.run.build;

import dev.ade.model.AdeException;
import dev.ade.model.Grain;
import dev.ade.model.Interval;
import dev.ade.model.Intervals;
import dev.ade.model.Location;
import dev.ade.model.Model;
import dev.ade.model.Sql;
import dev.ade.run.Reach;
import dev.ade.run.forget.LostTime;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Rows that the query of a range gives beside it. Most are those of other intervals, made there again: of what a lookback
/// lets in, or of inputs that are seen whole. Rows that nothing gives but the inputs of this range would be in no interval,
/// and are an error.
final class Strays {
    private static final String MARK = "ade$stray";

    private final BuildContext context;
    private final Model model;
    private final Grain grain;
    private final TimedInputs inputs;
    private final EventTime time;
    private final Collection<Interval> wanted;
    private final Function<Interval, String> queries;

    /// @param wanted all intervals that the model is filled by
    /// @param queries what gives the rows of a range
    Strays(
            BuildContext context,
            TimedInputs inputs,
            EventTime time,
            Collection<Interval> wanted,
            Function<Interval, String> queries) {
        this.context = context;
        this.model = context.model();
        this.grain = model.kind().intervalGrain().orElseThrow();
        this.inputs = inputs;
        this.time = time;
        this.wanted = wanted;
        this.queries = queries;
    }

    /// The condition of rows of a range, which fails where any other row is a stray that nobody wants.
    String within(Interval range) {
        if (range.equals(Interval.ALWAYS)) {
            return time.since(model.kind().begin().map(grain::floor)) + notLost();
        }
        boolean isEachLost = inputs.areAll() && !inputs.isEmpty() && !looksBack(range);
        return isEachLost
                ? "case when %s then true when %s is null then false else error('%s') end"
                        .formatted(time.within(range), Sql.quote(time.column()), MARK)
                : time.within(range);
    }

    /// What retention removed does not come back; intervals that are filled one by one it keeps as they are.
    private String notLost() {
        return context
                .draft()
                .state(model.name())
                .map(LostTime::of)
                .orElse(Intervals.NONE)
                .list()
                .stream()
                .map(lost -> " and not " + time.within(lost))
                .collect(Collectors.joining());
    }

    private boolean looksBack(Interval range) {
        return !Reach.of(model, range).equals(range);
    }

    /// What somebody is told of an error of a query with the condition.
    AdeException told(AdeException e) {
        return e.said().contains(MARK) ? lost().causedBy(e) : e;
    }

    /// Looks for rows that would be in no interval, where the condition could not.
    ///
    /// @throws AdeException USER where there are some
    void requireNone(List<Interval> ranges) {
        if (inputs.isEmpty() || inputs.areItsTime()) {
            return;
        }
        for (Interval range : ranges) {
            if (!inputs.areAll() || looksBack(range)) {
                requireNone(range);
            }
        }
    }

    private void requireNone(Interval range) {
        Map<Instant, Long> given = beside(range, inputs.within(range));
        if (given.isEmpty()) {
            return;
        }
        Map<Instant, Long> anyway = beside(range, inputs.before(range));
        List<Interval> filled = Intervals.of(wanted).list();
        given.forEach((start, rows) -> {
            if (rows > anyway.getOrDefault(start, 0L)) {
                throw lost();
            }
            if (isForgotten(start, filled)) {
                throw forgotten(start);
            }
        });
    }

    /// Rows before a range, or too late for a lookback from later ones, by the interval that they lie in.
    private Map<Instant, Long> beside(Interval range, Overlay relations) {
        Interval known = new Interval(range.from(), Reach.end(model, range));
        String sql =
                """
                select epoch(date_trunc('%s', %s))::bigint, count(*) from (%s) as q
                where not %s group by 1\
                """
                        .formatted(
                                grain.text(),
                                Sql.quote(time.column()),
                                queries.apply(range),
                                time.within(known));
        Map<Instant, Long> rows = new HashMap<>();
        try (Sessions.Lease lease = context.sessions().open(relations)) {
            Rows.all(lease.session(), sql)
                    .forEach(row ->
                            rows.put(
                                    Instant.ofEpochSecond(Rows.asLong(row.getFirst())),
                                    Rows.asLong(row.get(1))));
        }
        return rows;
    }

    /// Whether an interval lies among those that are filled, and is none of them, as timed inputs have no rows there.
    private static boolean isForgotten(Instant start, List<Interval> filled) {
        return filled.getFirst().from().isBefore(start)
                && start.isBefore(filled.getLast().to())
                && filled.stream().noneMatch(it -> it.contains(start));
    }

    private AdeException lost() {
        return wrong(
                "its query gives rows whose %s is not in the interval that its inputs were cut to, so that no interval would have them"
                        .formatted(time.column()),
                "Let event_time be that of its inputs, or name them in whole_inputs to have all of it built each time");
    }

    private AdeException forgotten(Instant start) {
        return wrong(
                "its query gives rows of %s, in which no input with event time has any"
                        .formatted(new Interval(start, grain.next(start))),
                "Name those inputs in whole_inputs to have all of it built each time");
    }

    private AdeException wrong(String reason, String advice) {
        return AdeException.user("Cannot fill %s: %s".formatted(model.name(), reason), advice)
                .at(Location.of(model.file()));
    }
}
