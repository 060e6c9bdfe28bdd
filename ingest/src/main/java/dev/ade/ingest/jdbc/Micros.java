package dev.ade.ingest.jdbc;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoField;

/// Times to the microsecond. What is finer would be changed, so it fits nothing.
final class Micros {
    private static final int MICRO_NANOS = 1_000;

    private Micros() {}

    static LocalDateTime of(LocalDateTime time) throws Unfit {
        require(time.get(ChronoField.NANO_OF_SECOND), time, "TIMESTAMP");
        return time;
    }

    static LocalTime of(LocalTime time) throws Unfit {
        require(time.get(ChronoField.NANO_OF_SECOND), time, "TIME");
        return time;
    }

    static Instant of(Instant time) throws Unfit {
        require(time.get(ChronoField.NANO_OF_SECOND), time, "TIMESTAMP WITH TIME ZONE");
        return time;
    }

    private static void require(int nanos, Object time, String type) throws Unfit {
        if (nanos % MICRO_NANOS != 0) {
            throw new Unfit(
                    time.toString(), "it is finer than a microsecond, which fits no " + type);
        }
    }
}
