package dev.ade.run.build;

import dev.ade.model.Interval;
import dev.ade.model.Sql;
import dev.ade.model.Type;
import dev.ade.model.Type.Simple;
import dev.ade.spi.Bound;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// A column of event time, compared with intervals in its own type so that file statistics prune.
record EventTime(String column, Type type) {
    /// Rows within an interval.
    String within(Interval interval) {
        if (interval.equals(Interval.ALWAYS)) {
            return "true";
        }
        String quoted = Sql.quote(column);
        return "(%s >= %s and %s < %s)"
                .formatted(quoted, from(interval.from()), quoted, from(interval.to()));
    }

    /// Rows of any time from one on.
    String since(Optional<Instant> start) {
        String quoted = Sql.quote(column);
        return start.map(it -> "(isfinite(%1$s) and %1$s >= %2$s)".formatted(quoted, from(it)))
                .orElse("isfinite(%s)".formatted(quoted));
    }

    Bound bound(Interval interval) {
        return new Bound(
                column, Optional.of(value(interval.from())), Optional.of(value(interval.to())));
    }

    /// The instant as a literal. An exclusive end or inclusive start within a day becomes the next day.
    private String from(Instant instant) {
        LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        if (type == Simple.DATE) {
            boolean isMidnight = time.truncatedTo(ChronoUnit.DAYS).equals(time);
            return "DATE '" + (isMidnight ? time : time.plusDays(1)).toLocalDate() + "'";
        }
        String text = time.toLocalDate() + " " + time.toLocalTime();
        return type == Simple.TIMESTAMPTZ
                ? "TIMESTAMPTZ '" + text + "+00'"
                : "TIMESTAMP '" + text + "'";
    }

    private Object value(Instant instant) {
        LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        if (type == Simple.DATE) {
            return time.toLocalDate();
        }
        return type == Simple.TIMESTAMPTZ ? instant : time;
    }
}
