package dev.ade.run.forget;

import dev.ade.model.Grain;
import dev.ade.model.Interval;
import dev.ade.model.Intervals;
import dev.ade.spi.DatasetState;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The event time of which a dataset lost rows because it kept them long enough: what was filled from it stays as it
/// is. Rows that are old by another column may have happened at any time, so it need not be all time before an instant.
public final class LostTime {
    private static final String PROPERTY = "retention.lost";

    private LostTime() {}

    /// What is kept with a dataset.
    public static Intervals of(DatasetState state) {
        String lost = state.properties().get(PROPERTY);
        String until = state.properties().get(Retainer.UNTIL);
        if (lost != null) {
            return parse(lost);
        }
        return until == null ? Intervals.NONE : before(Instant.parse(until));
    }

    /// What there is to keep with one that loses more.
    static Map<String, String> with(DatasetState state, Intervals more) {
        return Map.of(PROPERTY, text(of(state).union(more)));
    }

    /// What there is to keep with a dataset that follows another.
    public static Map<String, String> kept(DatasetState state) {
        return state.properties().entrySet().stream()
                .filter(it -> it.getKey().equals(PROPERTY) || it.getKey().equals(Retainer.UNTIL))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    static Intervals before(Instant until) {
        return Intervals.of(new Interval(Interval.BEGINNING, until));
    }

    /// @param days since 1970-01-01, UTC
    static Intervals days(Collection<Long> days) {
        List<Interval> whole =
                days.stream()
                        .map(day -> Instant.EPOCH.plus(Duration.ofDays(day)))
                        .filter(Interval.ALWAYS::contains)
                        .map(day -> new Interval(day, Grain.DAY.next(day)))
                        .toList();
        return Intervals.of(whole);
    }

    private static String text(Intervals lost) {
        return lost.list().stream()
                .map(it -> it.from() + "/" + it.to())
                .collect(Collectors.joining(" "));
    }

    private static Intervals parse(String text) {
        return Intervals.of(
                Arrays.stream(text.split(" "))
                        .filter(it -> !it.isEmpty())
                        .map(it -> it.split("/"))
                        .map(it -> new Interval(Instant.parse(it[0]), Instant.parse(it[1])))
                        .toList());
    }
}
