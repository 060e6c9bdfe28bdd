package dev.ade.run;

import dev.ade.model.Interval;
import dev.ade.model.Kind;
import dev.ade.model.Model;
import java.time.Instant;

/// The range of event time that the query of an interval reads.
public final class Reach {
    private Reach() {}

    public static Interval of(Model model, Interval interval) {
        if (!(model.kind() instanceof Kind.Fact fact)) {
            return interval;
        }
        Instant from = interval.from();
        for (int i = 0; i < fact.lookback() && from.isAfter(Interval.BEGINNING); i++) {
            from = fact.grain().floor(from.minusNanos(1));
        }
        return new Interval(from, interval.to());
    }
}
