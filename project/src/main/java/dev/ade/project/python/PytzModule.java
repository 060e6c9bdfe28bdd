package dev.ade.project.python;

import dev.ade.jinja.Attributes;
import dev.ade.jinja.Callable;
import dev.ade.jinja.Python;
import dev.ade.jinja.Undefined;
import java.time.ZoneId;
import java.util.ArrayList;

/// The Python library pytz, on Java's time zones.
final class PytzModule implements Attributes {
    @Override
    public Object attribute(String name) {
        return switch (name) {
            case "timezone" ->
                    (Callable)
                            arguments -> ZoneValue.named(Python.text(arguments.require(0, "zone")));
            case "utc", "UTC" -> ZoneValue.UTC;
            case "all_timezones", "common_timezones" ->
                    new ArrayList<Object>(ZoneId.getAvailableZoneIds().stream().sorted().toList());
            default -> new Undefined(name, "module 'pytz' has no attribute '" + name + "'");
        };
    }
}
