package dev.ade.project;

import dev.ade.jinja.None;
import dev.ade.jinja.Python;
import dev.ade.jinja.Tuple;
import dev.ade.jinja.Undefined;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Between plain Java values, where nothing is null, and Jinja's, where it is None.
final class Values {
    private Values() {}

    static Object jinja(@Nullable Object plain) {
        return Python.fromJava(plain);
    }

    static @Nullable Object plain(Object jinja) {
        return switch (jinja) {
            case None _, Undefined _ -> null;
            case Tuple tuple -> plainList(tuple.items());
            case List<?> list -> plainList(list);
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> entries = new LinkedHashMap<>();
                map.forEach((key, value) -> entries.put(String.valueOf(key), plain(value)));
                yield entries;
            }
            default -> jinja;
        };
    }

    private static List<@Nullable Object> plainList(List<?> items) {
        List<@Nullable Object> plain = new ArrayList<>();
        items.forEach(item -> plain.add(plain(item)));
        return plain;
    }
}
