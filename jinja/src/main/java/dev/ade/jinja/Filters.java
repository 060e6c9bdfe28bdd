package dev.ade.jinja;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Jinja2's own filters by name.
final class Filters {
    /// What follows a `|`.
    interface Filter {
        Object apply(Evaluator evaluator, Object input, Arguments given);
    }

    private static final Map<String, Filter> ALL = all();

    private Filters() {}

    private static Map<String, Filter> all() {
        Map<String, Filter> all = new HashMap<>(TextFilters.all());
        all.putAll(LayoutFilters.all());
        all.putAll(NumberFilters.all());
        all.putAll(ListFilters.all());
        all.putAll(SelectFilters.all());
        return Map.copyOf(all);
    }

    static @Nullable Filter find(String name) {
        return ALL.get(name);
    }
}
