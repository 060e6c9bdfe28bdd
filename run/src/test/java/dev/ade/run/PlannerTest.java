package dev.ade.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.model.Fingerprint;
import dev.ade.model.Interval;
import dev.ade.spi.FilledInterval;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static final Interval MONDAY = day("2026-01-05", "2026-01-06");
    private static final Interval TUESDAY = day("2026-01-06", "2026-01-07");
    private static final Interval SUNDAY = day("2026-01-04", "2026-01-05");

    private static Interval day(String from, String to) {
        return new Interval(Instant.parse(from + "T00:00:00Z"), Instant.parse(to + "T00:00:00Z"));
    }

    @Test
    void stale_is_what_is_missing_another_or_no_longer_wanted() {
        Map<Interval, Fingerprint> wanted =
                Map.of(MONDAY, Fingerprint.of("new"), TUESDAY, Fingerprint.of("same"));
        List<FilledInterval> filled =
                List.of(
                        new FilledInterval(MONDAY, Fingerprint.of("old"), 1),
                        new FilledInterval(TUESDAY, Fingerprint.of("same"), 1),
                        new FilledInterval(SUNDAY, Fingerprint.of("gone"), 1));

        assertThat(Planner.stale(wanted, filled)).containsExactly(SUNDAY, MONDAY);
        assertThat(Planner.stale(wanted, List.of())).containsExactly(MONDAY, TUESDAY);
    }

    @Test
    void an_open_decision_is_one_that_nobody_made() {
        assertThat(Decision.Ground.values())
                .filteredOn(ground ->
                        new Decision(
                                        dev.ade.model.TableName.parse("shop.f"),
                                        dev.ade.run.compare.DatasetChange.Nature.BREAKING,
                                        dev.ade.model.OnChange.RESTATE,
                                        ground)
                                .isOpen())
                .containsExactly(Decision.Ground.PROMISE);
    }
}
