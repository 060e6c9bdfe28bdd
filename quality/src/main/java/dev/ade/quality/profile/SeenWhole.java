package dev.ade.quality.profile;

import dev.ade.model.Type;
import dev.ade.model.Type.Simple;
import dev.ade.quality.sketch.Bounds;
import dev.ade.quality.sketch.Moments;
import dev.ade.spi.ColumnValues;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/// Values that are whole numbers: booleans, numbers, decimals without their point, days, microseconds.
final class SeenWhole extends Seen {
    private static final long DAY_SECONDS = 86_400;
    private static final long SECOND_MICROS = 1_000_000;
    private static final long DAY_MICROS = DAY_SECONDS * SECOND_MICROS;

    private final boolean isTemporal;
    private final long infinite;

    /// What a word is as a number: so many times as much, divided by so much.
    private final double factor;

    private final double divisor;

    private long min = Long.MAX_VALUE;
    private long max = Long.MIN_VALUE;

    SeenWhole(Type type, int sampled) {
        super(type, new Sample(sampled, 1, 0));
        this.isTemporal = type.isTemporal();
        this.infinite = type == Simple.DATE ? Integer.MAX_VALUE : Long.MAX_VALUE;
        this.factor = type == Simple.DATE ? DAY_SECONDS : 1;
        this.divisor =
                switch (type) {
                    case Type.Decimal decimal -> Math.pow(10, decimal.scale());
                    case Simple.TIMESTAMP, Simple.TIMESTAMPTZ -> SECOND_MICROS;
                    case Simple _, Type.ListOf _, Type.Struct _, Type.MapOf _ -> 1;
                };
    }

    @Override
    int finite(ColumnValues values, int count) {
        if (!isTemporal) {
            return count;
        }
        long[] words = values.words();
        int kept = 0;
        for (int i = 0; i < count; i++) {
            long word = words[i];
            words[kept] = word;
            kept += word < infinite && word > -infinite ? 1 : 0;
        }
        return kept;
    }

    /// Sums are taken about the first value, so that little is lost when they are subtracted.
    @Override
    boolean look(ColumnValues values, int count, int times) {
        long[] words = values.words();
        long centre = words[0];
        long last = ~centre;
        long least = centre;
        long most = centre;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            long word = words[i];
            if (word != last) {
                registers.add(word);
                least = Math.min(least, word);
                most = Math.max(most, word);
                last = word;
            }
            long distance = word - centre;
            double far =
                    ((word ^ centre) & (word ^ distance)) < 0
                            ? (double) word - centre
                            : (double) distance;
            sum += far;
            squares += far * far;
        }
        min = Math.min(min, least);
        max = Math.max(max, most);
        if (isNumber) {
            double unit = number(1L);
            Moments here = Moments.about(number(centre), count, sum * unit, squares * unit * unit);
            moments = moments.merge(here.times(times));
        }
        return least == most;
    }

    @Override
    void merge(Seen other) {
        super.merge(other);
        SeenWhole whole = (SeenWhole) other;
        min = Math.min(min, whole.min);
        max = Math.max(max, whole.max);
    }

    @Override
    Bounds bounds() {
        return min > max ? Bounds.NONE : Bounds.of(value(min), value(max));
    }

    @Override
    double number(int sampled) {
        return number(sample.word(sampled));
    }

    private double number(long word) {
        return word * factor / divisor;
    }

    @Override
    String text(int sampled) {
        return Bounds.text(value(sample.word(sampled)));
    }

    private Object value(long word) {
        return switch (type) {
            case Type.Decimal decimal -> BigDecimal.valueOf(word, decimal.scale());
            case Simple.BOOLEAN -> word != 0;
            case Simple.DATE -> LocalDate.ofEpochDay(word);
            case Simple.TIME -> time(word);
            case Simple.TIMESTAMP -> LocalDateTime.ofInstant(instant(word), ZoneOffset.UTC);
            case Simple.TIMESTAMPTZ -> instant(word);
            case Simple _, Type.ListOf _, Type.Struct _, Type.MapOf _ -> word;
        };
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /// The end of the day is a time of day in SQL.
    private static Object time(long micros) {
        return micros == DAY_MICROS ? "24:00:00" : LocalTime.ofNanoOfDay(micros * 1_000);
    }
}
