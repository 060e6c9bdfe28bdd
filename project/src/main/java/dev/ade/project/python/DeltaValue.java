package dev.ade.project.python;

import dev.ade.jinja.Arguments;
import dev.ade.jinja.Attributes;
import dev.ade.jinja.Callable;
import dev.ade.jinja.Operand;
import dev.ade.jinja.Undefined;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// Python's `datetime.timedelta`.
///
/// @param micros its length in microseconds
record DeltaValue(long micros) implements Attributes, Operand, Comparable<DeltaValue> {
    private static final long SECOND = 1_000_000L;
    private static final long DAY = 86_400L * SECOND;
    private static final List<Long> UNITS =
            List.of(DAY, SECOND, 1L, 1_000L, 60 * SECOND, 3_600 * SECOND, 7 * DAY);
    private static final List<String> NAMES =
            List.of("days", "seconds", "microseconds", "milliseconds", "minutes", "hours", "weeks");

    static DeltaValue between(LocalDateTime from, LocalDateTime to) {
        return new DeltaValue(ChronoUnit.MICROS.between(from, to));
    }

    /// `datetime.timedelta(days, seconds, …)`.
    static Object of(Arguments arguments) {
        arguments.allow(NAMES.toArray(String[]::new));
        double micros = 0;
        for (int i = 0; i < NAMES.size(); i++) {
            micros += Numbers.real(arguments.get(i, NAMES.get(i), 0L)) * UNITS.get(i);
        }
        return new DeltaValue(Math.round(micros));
    }

    Duration duration() {
        return Duration.of(micros, ChronoUnit.MICROS);
    }

    long days() {
        return Math.floorDiv(micros, DAY);
    }

    @Override
    public Object attribute(String name) {
        return switch (name) {
            case "days" -> days();
            case "seconds" -> Math.floorMod(micros, DAY) / SECOND;
            case "microseconds" -> Math.floorMod(micros, SECOND);
            case "total_seconds" -> (Callable) _ -> (double) micros / SECOND;
            default ->
                    new Undefined(
                            name, "'datetime.timedelta' object has no attribute '" + name + "'");
        };
    }

    @Override
    public Optional<Object> left(String sign, Object other) {
        return switch (other) {
            case DeltaValue(var more) when sign.equals("+") ->
                    Optional.of(new DeltaValue(micros + more));
            case DeltaValue(var more) when sign.equals("-") ->
                    Optional.of(new DeltaValue(micros - more));
            case DeltaValue(var more) when sign.equals("/") -> Optional.of((double) micros / more);
            case DeltaValue(var more) when sign.equals("//") ->
                    Optional.of(Math.floorDiv(micros, more));
            case Number times when sign.equals("*") ->
                    Optional.of(new DeltaValue(Math.round(micros * times.doubleValue())));
            case Number parts when sign.equals("/") ->
                    Optional.of(new DeltaValue(Math.round(micros / parts.doubleValue())));
            case Long parts when sign.equals("//") ->
                    Optional.of(new DeltaValue(Math.floorDiv(micros, parts)));
            default -> Optional.empty();
        };
    }

    @Override
    public Optional<Object> right(String sign, Object other) {
        return sign.equals("*") ? left(sign, other) : Optional.empty();
    }

    @Override
    public int compareTo(DeltaValue other) {
        return Long.compare(micros, other.micros);
    }

    @Override
    public String toString() {
        long rest = Math.floorMod(micros, DAY);
        long seconds = rest / SECOND;
        String clock = "%d:%02d:%02d".formatted(seconds / 3_600, seconds / 60 % 60, seconds % 60);
        String fraction = rest % SECOND == 0 ? "" : ".%06d".formatted(rest % SECOND);
        String days = days() == 0 ? "" : days() + (Math.abs(days()) == 1 ? " day, " : " days, ");
        return days + clock + fraction;
    }
}
