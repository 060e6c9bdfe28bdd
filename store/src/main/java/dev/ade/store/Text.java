package dev.ade.store;

import dev.ade.model.Column;
import dev.ade.model.Interval;
import dev.ade.model.Intervals;
import dev.ade.model.Schema;
import dev.ade.model.Type;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// How small values are written into columns of the catalog.
final class Text {
    private Text() {}

    static String of(Schema schema) {
        return schema.columns().isEmpty() ? "" : new Type.Struct(schema.columns()).sql();
    }

    static Schema schema(String text) {
        List<Column> columns =
                text.isEmpty() ? List.of() : ((Type.Struct) Type.parse(text)).fields();
        return new Schema(columns);
    }

    static String of(Map<String, String> properties) {
        return new TreeMap<>(properties)
                .entrySet().stream()
                        .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                        .collect(Collectors.joining("&"));
    }

    static Map<String, String> properties(String text) {
        Map<String, String> properties = new HashMap<>();
        for (String entry : text.split("&", -1)) {
            int equals = entry.indexOf('=');
            if (equals > 0) {
                properties.put(
                        decode(entry.substring(0, equals)), decode(entry.substring(equals + 1)));
            }
        }
        return properties;
    }

    static String of(Intervals intervals) {
        return intervals.list().stream()
                .map(interval -> interval.from() + "/" + interval.to())
                .collect(Collectors.joining(" "));
    }

    static Intervals intervals(String text) {
        List<Interval> list = new ArrayList<>();
        for (String part : text.split(" ", -1)) {
            int slash = part.indexOf('/');
            if (slash > 0) {
                list.add(
                        new Interval(
                                Instant.parse(part.substring(0, slash)),
                                Instant.parse(part.substring(slash + 1))));
            }
        }
        return Intervals.of(list);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
