package dev.ade.project.python;

import dev.ade.jinja.Arguments;
import dev.ade.jinja.Attributes;
import dev.ade.jinja.Callable;
import dev.ade.jinja.None;
import dev.ade.jinja.Python;
import dev.ade.jinja.Undefined;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/// Python's module `datetime`.
record DatetimeModule(InstantSource clock) implements Attributes {
    @Override
    public Object attribute(String name) {
        return switch (name) {
            case "datetime" -> new DateTimes(clock);
            case "date" -> new DateValue.Maker(clock);
            case "time" -> (Callable) TimeValue::of;
            case "timedelta" -> (Callable) DeltaValue::of;
            case "timezone" -> new Timezones();
            case "UTC" -> ZoneValue.UTC;
            default -> new Undefined(name, "module 'datetime' has no attribute '" + name + "'");
        };
    }

    /// `datetime.timezone`.
    private static final class Timezones implements Callable, Attributes {
        @Override
        public Object call(Arguments arguments) {
            if (!(arguments.require(0, "offset") instanceof DeltaValue offset)) {
                throw new IllegalArgumentException("a timezone is made of a timedelta");
            }
            return ZoneValue.of(
                    ZoneOffset.ofTotalSeconds(Math.toIntExact(offset.micros() / 1_000_000)));
        }

        @Override
        public Object attribute(String name) {
            return name.equals("utc") ? ZoneValue.UTC : new Undefined(name);
        }
    }

    /// `datetime.datetime`, which makes datetimes.
    private record DateTimes(InstantSource clock) implements Callable, Attributes {
        @Override
        public Object call(Arguments arguments) {
            arguments.allow(
                    "year", "month", "day", "hour", "minute", "second", "microsecond", "tzinfo");
            LocalDateTime time =
                    LocalDateTime.of(
                            Numbers.integer(arguments.require(0, "year")),
                            Numbers.integer(arguments.require(1, "month")),
                            Numbers.integer(arguments.require(2, "day")),
                            Numbers.integer(arguments.get(3, "hour", 0L)),
                            Numbers.integer(arguments.get(4, "minute", 0L)),
                            Numbers.integer(arguments.get(5, "second", 0L)),
                            1_000 * Numbers.integer(arguments.get(6, "microsecond", 0L)));
            return new DateTimeValue(
                    time,
                    arguments.get(7, "tzinfo", None.NONE) instanceof ZoneValue zone
                            ? Optional.of(zone.zone())
                            : Optional.empty());
        }

        @Override
        public Object attribute(String name) {
            return switch (name) {
                case "now", "today" -> (Callable) this::now;
                case "utcnow" -> (Callable) _ -> DateTimeValue.now(clock);
                case "strptime" ->
                        (Callable)
                                arguments ->
                                        Strptime.parse(
                                                Python.text(arguments.require(0, "date_string")),
                                                Python.text(arguments.require(1, "format")));
                case "fromisoformat" ->
                        (Callable)
                                arguments -> iso(Python.text(arguments.require(0, "date_string")));
                case "fromtimestamp", "utcfromtimestamp" -> (Callable) DateTimes::stamp;
                case "combine" -> (Callable) DateTimes::combined;
                case "min" -> DateTimeValue.of(LocalDateTime.of(1, 1, 1, 0, 0));
                case "max" -> DateTimeValue.of(LocalDateTime.of(9999, 12, 31, 23, 59, 59));
                default -> new Undefined(name, "datetime.datetime has no attribute '" + name + "'");
            };
        }

        private Object now(Arguments arguments) {
            return arguments.get(0, "tz", None.NONE) instanceof ZoneValue zone
                    ? DateTimeValue.of(clock.instant(), zone.zone())
                    : DateTimeValue.now(clock);
        }

        private static Object iso(String text) {
            String iso = text.strip().replace(' ', 'T');
            if (iso.indexOf('T') < 0) {
                return DateTimeValue.of(LocalDate.parse(iso).atStartOfDay());
            }
            if (iso.matches(".*T.*(Z|[+-]\\d\\d:\\d\\d)")) {
                OffsetDateTime time = OffsetDateTime.parse(iso);
                return new DateTimeValue(time.toLocalDateTime(), Optional.of(time.getOffset()));
            }
            return DateTimeValue.of(LocalDateTime.parse(iso));
        }

        private static Object stamp(Arguments arguments) {
            long micros = Math.round(Numbers.real(arguments.require(0, "timestamp")) * 1_000_000);
            Instant instant =
                    Instant.EPOCH.plusNanos(0).plus(micros, java.time.temporal.ChronoUnit.MICROS);
            return arguments.get(1, "tz", None.NONE) instanceof ZoneValue zone
                    ? DateTimeValue.of(instant, zone.zone())
                    : DateTimeValue.of(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
        }

        private static Object combined(Arguments arguments) {
            if (arguments.require(0, "date") instanceof DateValue(var date)
                    && arguments.require(1, "time") instanceof TimeValue(var time)) {
                return DateTimeValue.of(date.atTime(time));
            }
            throw new IllegalArgumentException("combine takes a date and a time");
        }
    }
}
