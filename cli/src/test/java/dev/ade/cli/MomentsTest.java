package dev.ade.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.app.Ade.ReadPoint;
import dev.ade.model.AdeException;
import dev.ade.model.TableName;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class MomentsTest {
    private static final ZoneId LIMA = ZoneId.of("America/Lima");

    @Test
    void dates_and_times_without_a_zone_are_where_the_person_is() {
        assertThat(Moments.parse("2026-11-20", LIMA)).isEqualTo("2026-11-20T05:00:00Z");
        assertThat(Moments.parse("2026-11-20 08:30", LIMA)).isEqualTo("2026-11-20T13:30:00Z");
    }

    @Test
    void a_zone_that_is_given_holds() {
        assertThat(Moments.parse("2026-11-20T08:30:00Z", LIMA)).isEqualTo("2026-11-20T08:30:00Z");
        assertThat(Moments.parse("2026-11-20T08:30:00+02:00", LIMA))
                .isEqualTo("2026-11-20T06:30:00Z");
        assertThat(Moments.parse("2026-11-20T08:30:00-05:00", LIMA))
                .isEqualTo("2026-11-20T13:30:00Z");
    }

    @Test
    void event_time_is_utc() {
        assertThat(Moments.eventTime("2026-11-20")).isEqualTo("2026-11-20T00:00:00Z");
    }

    @Test
    void what_is_not_a_time_is_refused_with_an_example() {
        assertThatThrownBy(() -> Moments.eventTime("yesterday"))
                .isInstanceOf(AdeException.class)
                .hasMessage("Cannot read the time 'yesterday'");
    }

    @Test
    void a_snapshot_names_its_dataset() {
        assertThat(Moments.readPoint("shop.orders@42", LIMA))
                .isEqualTo(new ReadPoint.OfSnapshot(TableName.parse("shop.orders"), 42));
        assertThat(Moments.readPoint("2026-11-20T00:00:00Z", LIMA))
                .isEqualTo(new ReadPoint.AsOf(Instant.parse("2026-11-20T00:00:00Z")));
        assertThatThrownBy(() -> Moments.readPoint("shop.orders@x", LIMA))
                .hasMessage("Cannot read the snapshot 'shop.orders@x': its id is not a number");
    }
}
