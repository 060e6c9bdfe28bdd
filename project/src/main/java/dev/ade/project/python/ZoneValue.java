package dev.ade.project.python;

import dev.ade.jinja.Arguments;
import dev.ade.jinja.Attributes;
import dev.ade.jinja.Callable;
import dev.ade.jinja.Python;
import dev.ade.jinja.Undefined;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// A time zone: pytz's, or `datetime.timezone`.
record ZoneValue(ZoneId zone, String name) implements Attributes {
    static final ZoneValue UTC = new ZoneValue(ZoneOffset.UTC, "UTC");

    static ZoneValue of(ZoneId zone) {
        return zone.equals(ZoneOffset.UTC) ? UTC : new ZoneValue(zone, zone.getId());
    }

    static ZoneValue named(String name) {
        try {
            return name.equalsIgnoreCase("UTC") ? UTC : new ZoneValue(ZoneId.of(name), name);
        } catch (DateTimeException _) {
            throw new IllegalArgumentException("there is no time zone '" + name + "'");
        }
    }

    @Override
    public Object attribute(String attribute) {
        return switch (attribute) {
            case "zone" -> name;
            case "localize" -> (Callable) arguments -> dateTime(arguments, "dt").in(this);
            case "normalize", "fromutc" ->
                    (Callable) arguments -> dateTime(arguments, "dt").shifted(this);
            case "utcoffset" -> (Callable) arguments -> dateTime(arguments, "dt").in(this).offset();
            case "tzname" ->
                    (Callable)
                            arguments ->
                                    Strftime.format(
                                            "%Z",
                                            dateTime(arguments, "dt").time(),
                                            java.util.Optional.of(this));
            default -> new Undefined(attribute, "a time zone has no attribute '" + attribute + "'");
        };
    }

    private static DateTimeValue dateTime(Arguments arguments, String name) {
        return arguments.require(0, name) instanceof DateTimeValue time
                ? time
                : wrong(arguments.require(0, name));
    }

    private static DateTimeValue wrong(Object value) {
        throw new IllegalArgumentException("a datetime is wanted, was " + Python.repr(value));
    }

    @Override
    public String toString() {
        return name;
    }
}
