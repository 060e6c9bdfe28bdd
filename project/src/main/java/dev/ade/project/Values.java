package dev.ade.project;

import dev.ade.jinja.None;
import dev.ade.jinja.Python;
import dev.ade.jinja.Tuple;
import dev.ade.jinja.Undefined;
import dev.ade.project.python.DateTimeValue;
import dev.ade.project.python.DateValue;
import dev.ade.project.python.TimeValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Between plain Java values, where nothing is null, and Jinja's, where it is None.
final class Values {
    private Values() {}

    static Object jinja(@Nullable Object plain) {
        return Python.fromJava(plain);
    }

    /// A value that the database gave.
    static Object cell(@Nullable Object value) {
        return switch (value) {
            case null -> None.NONE;
            case LocalDate date -> new DateValue(date);
            case LocalDateTime time -> DateTimeValue.of(time);
            case Instant instant -> DateTimeValue.of(instant, ZoneOffset.UTC);
            case LocalTime time -> new TimeValue(time);
            case BigDecimal whole when whole.scale() == 0 -> Python.fromJava(whole.toBigInteger());
            case UUID id -> id.toString();
            case byte[] bytes -> HexFormat.of().formatHex(bytes);
            case List<?> list -> {
                List<Object> items = new ArrayList<>();
                list.forEach(item -> items.add(cell(item)));
                yield items;
            }
            case Map<?, ?> map -> {
                Map<Object, Object> entries = new LinkedHashMap<>();
                map.forEach((key, item) -> entries.put(cell(key), cell(item)));
                yield entries;
            }
            default -> Python.fromJava(value);
        };
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
