package dev.ade.project.python;

import dev.ade.jinja.Arguments;
import dev.ade.jinja.Attributes;
import dev.ade.jinja.Callable;
import dev.ade.jinja.Python;
import dev.ade.jinja.Undefined;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;

/// Python's `datetime.time`, without a zone.
public record TimeValue(LocalTime time) implements Attributes, Comparable<TimeValue> {
    @Override
    public Object attribute(String name) {
        return switch (name) {
            case "hour" -> (long) time.getHour();
            case "minute" -> (long) time.getMinute();
            case "second" -> (long) time.getSecond();
            case "microsecond" -> time.getNano() / 1_000L;
            case "isoformat" -> (Callable) _ -> toString();
            case "strftime" ->
                    (Callable)
                            arguments ->
                                    Strftime.format(
                                            Python.text(arguments.require(0, "format")),
                                            LocalDate.of(1900, 1, 1).atTime(time),
                                            Optional.empty());
            default ->
                    new Undefined(name, "'datetime.time' object has no attribute '" + name + "'");
        };
    }

    /// `datetime.time(hour, minute, …)`.
    static Object of(Arguments arguments) {
        arguments.allow("hour", "minute", "second", "microsecond");
        return new TimeValue(
                LocalTime.of(
                        Numbers.integer(arguments.get(0, "hour", 0L)),
                        Numbers.integer(arguments.get(1, "minute", 0L)),
                        Numbers.integer(arguments.get(2, "second", 0L)),
                        1_000 * Numbers.integer(arguments.get(3, "microsecond", 0L))));
    }

    @Override
    public int compareTo(TimeValue other) {
        return time.compareTo(other.time);
    }

    @Override
    public String toString() {
        return Strftime.clock(time);
    }
}
