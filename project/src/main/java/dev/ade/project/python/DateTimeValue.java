package dev.ade.project.python;

import dev.ade.jinja.Arguments;
import dev.ade.jinja.Attributes;
import dev.ade.jinja.Callable;
import dev.ade.jinja.None;
import dev.ade.jinja.Operand;
import dev.ade.jinja.Python;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Python's `datetime.datetime`, with or without a zone.
public record DateTimeValue(LocalDateTime time, Optional<ZoneId> zone)
        implements Attributes, Operand, Comparable<DateTimeValue> {
    public static DateTimeValue of(LocalDateTime time) {
        return new DateTimeValue(time.truncatedTo(ChronoUnit.MICROS), Optional.empty());
    }

    public static DateTimeValue of(Instant instant, ZoneId zone) {
        return new DateTimeValue(
                LocalDateTime.ofInstant(instant, zone).truncatedTo(ChronoUnit.MICROS),
                Optional.of(zone));
    }

    /// In UTC without a zone, wherever this runs, so that it gives the same everywhere.
    static DateTimeValue now(InstantSource clock) {
        return of(LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
    }

    private Instant instant() {
        return time.atZone(zone.orElse(ZoneOffset.UTC)).toInstant();
    }

    /// The same clock time in a zone.
    DateTimeValue in(ZoneValue other) {
        return new DateTimeValue(time, Optional.of(other.zone()));
    }

    /// The same instant in a zone.
    DateTimeValue shifted(ZoneValue other) {
        return of(instant(), other.zone());
    }

    Object offset() {
        return zone.<Object>map(one ->
                        new DeltaValue(1_000_000L * time.atZone(one).getOffset().getTotalSeconds()))
                .orElse(None.NONE);
    }

    @Override
    public Object attribute(String name) {
        return switch (name) {
            case "hour" -> (long) time.getHour();
            case "minute" -> (long) time.getMinute();
            case "second" -> (long) time.getSecond();
            case "microsecond" -> time.getNano() / 1_000L;
            case "tzinfo" -> zone.<Object>map(ZoneValue::of).orElse(None.NONE);
            case "date" -> (Callable) _ -> new DateValue(time.toLocalDate());
            case "time" -> (Callable) _ -> new TimeValue(time.toLocalTime());
            case "timestamp" ->
                    (Callable)
                            _ -> ChronoUnit.MICROS.between(Instant.EPOCH, instant()) / 1_000_000.0;
            case "astimezone" -> (Callable) this::inZone;
            case "utcoffset" -> (Callable) _ -> offset();
            case "isoformat" ->
                    (Callable) arguments -> text(Python.text(arguments.get(0, "sep", "T")));
            case "strftime", "__format__" ->
                    (Callable)
                            arguments ->
                                    Strftime.format(
                                            Python.text(arguments.require(0, "format")),
                                            time,
                                            zone.map(ZoneValue::of));
            case "ctime" -> (Callable) _ -> Strftime.format("%c", time, Optional.empty());
            case "replace" -> (Callable) this::replaced;
            default -> new DateValue(time.toLocalDate()).attribute(name);
        };
    }

    private Object inZone(Arguments arguments) {
        return arguments.get(0, "tz", ZoneValue.UTC) instanceof ZoneValue other
                ? shifted(other)
                : shifted(ZoneValue.UTC);
    }

    private Object replaced(Arguments arguments) {
        arguments.allow(
                "year", "month", "day", "hour", "minute", "second", "microsecond", "tzinfo");
        LocalDate date = DateValue.replaced(time.toLocalDate(), arguments);
        LocalTime clock =
                LocalTime.of(
                        Numbers.integer(arguments.get(3, "hour", (long) time.getHour())),
                        Numbers.integer(arguments.get(4, "minute", (long) time.getMinute())),
                        Numbers.integer(arguments.get(5, "second", (long) time.getSecond())),
                        1_000
                                * Numbers.integer(
                                        arguments.get(6, "microsecond", time.getNano() / 1_000L)));
        Object wanted = arguments.get(7, "tzinfo", this);
        return new DateTimeValue(
                date.atTime(clock),
                wanted instanceof ZoneValue other
                        ? Optional.of(other.zone())
                        : wanted == None.NONE ? Optional.empty() : zone);
    }

    String text(String separator) {
        String offset =
                zone.map(one -> Strftime.offset(time.atZone(one).getOffset(), ":")).orElse("");
        return time.toLocalDate() + separator + Strftime.clock(time.toLocalTime()) + offset;
    }

    @Override
    public Optional<Object> left(String sign, Object other) {
        return switch (other) {
            case DeltaValue delta when sign.equals("+") ->
                    Optional.of(new DateTimeValue(time.plus(delta.duration()), zone));
            case DeltaValue delta when sign.equals("-") ->
                    Optional.of(new DateTimeValue(time.minus(delta.duration()), zone));
            case DateTimeValue from when sign.equals("-") ->
                    Optional.of(
                            new DeltaValue(
                                    zone.isPresent() && from.zone.isPresent()
                                            ? ChronoUnit.MICROS.between(from.instant(), instant())
                                            : ChronoUnit.MICROS.between(from.time, time)));
            default -> Optional.empty();
        };
    }

    @Override
    public Optional<Object> right(String sign, Object other) {
        return sign.equals("+") ? left(sign, other) : Optional.empty();
    }

    @Override
    public int compareTo(DateTimeValue other) {
        return instant().compareTo(other.instant());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DateTimeValue value
                && zone.isPresent() == value.zone.isPresent()
                && instant().equals(value.instant());
    }

    @Override
    public int hashCode() {
        return instant().hashCode();
    }

    @Override
    public String toString() {
        return text(" ");
    }
}
