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

    /// The end of the last interval whose query reads some of this one.
    public static Instant end(Model model, Interval interval) {
        Instant to = interval.to();
        if (model.kind() instanceof Kind.Fact fact) {
            for (int i = 0; i < fact.lookback() && to.isBefore(Interval.END); i++) {
                to = fact.grain().next(to);
            }
        }
        return to;
    }
}
