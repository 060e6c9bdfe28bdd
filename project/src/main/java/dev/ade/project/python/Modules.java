package dev.ade.project.python;

import dev.ade.jinja.Attributes;
import dev.ade.jinja.Undefined;
import java.time.InstantSource;

/// What dbt calls `modules`.
///
/// @param clock what `now()` tells
public record Modules(InstantSource clock) implements Attributes {
    @Override
    public Object attribute(String name) {
        return switch (name) {
            case "datetime" -> new DatetimeModule(clock);
            case "pytz" -> new PytzModule();
            case "re" -> new RegexModule();
            case "itertools" -> new ItertoolsModule();
            default ->
                    new Undefined(
                            name,
                            "modules has datetime, itertools, pytz and re, not '" + name + "'");
        };
    }
}
