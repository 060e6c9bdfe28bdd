package dev.ade.run.site;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads JSON in maps and lists, where what is not there is empty.
///
/// @param value of any shape
record Tree(@Nullable Object value) {
    Tree at(String key) {
        return new Tree(value instanceof Map<?, ?> map ? map.get(key) : null);
    }

    Map<String, Tree> entries() {
        Map<String, Tree> entries = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, one) -> entries.put(String.valueOf(key), new Tree(one)));
        }
        return entries;
    }

    List<Tree> items() {
        List<Tree> items = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(one -> items.add(new Tree(one)));
        }
        return items;
    }

    List<String> texts() {
        return items().stream().map(Tree::text).toList();
    }

    String text() {
        return value == null ? "" : value.toString();
    }

    boolean isTrue() {
        return Boolean.TRUE.equals(value);
    }
}
