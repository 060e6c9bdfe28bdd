package dev.ade.ingest.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The columns of XML rows: every value by the names that lead to it, joined by `_`. What comes more than once within
/// its parent in any row is one column that holds a list, as JSON.
final class XmlColumns {
    private static final int COLUMNS_MAX = 10_000;
    private static final JsonFactory JSON = new JsonFactory();

    private static final String STEP = "/";

    /// Ways from a row to its values; those below a list are part of it.
    private final Set<String> paths = new LinkedHashSet<>();

    private final Set<String> lists = new LinkedHashSet<>();
    private final Set<String> declaredLists;

    XmlColumns(Set<String> declaredLists) {
        this.declaredLists = Set.copyOf(declaredLists);
    }

    void learn(XmlRow row) {
        if (row.isLeaf() || !row.text().isEmpty()) {
            add(row.name());
        }
        learn(row, "");
    }

    private void learn(XmlRow parent, String prefix) {
        Map<String, Integer> counts = new HashMap<>();
        parent.children().forEach(child -> counts.merge(child.name(), 1, Integer::sum));
        for (XmlRow child : parent.children()) {
            String path = prefix + child.name();
            if (counts.getOrDefault(child.name(), 0) > 1 || isDeclaredList(path)) {
                lists.add(path);
            }
            if (child.isLeaf() || !child.text().isEmpty() || lists.contains(path)) {
                add(path);
            }
            if (!lists.contains(path)) {
                learn(child, path + STEP);
            }
        }
    }

    private boolean isDeclaredList(String path) {
        return declaredLists.contains(name(path).toLowerCase(Locale.ROOT));
    }

    private static String name(String path) {
        return path.replace(STEP, "_");
    }

    private void add(String path) {
        paths.add(path);
        if (paths.size() > COLUMNS_MAX) {
            throw new Converter.NotReadable(
                    "its rows have more than %,d columns".formatted(COLUMNS_MAX),
                    "Say which elements are the rows, such as load: {options: {rows: /orders/order}}");
        }
    }

    private List<String> columns() {
        return paths.stream()
                .filter(path -> lists.stream().noneMatch(list -> path.startsWith(list + STEP)))
                .toList();
    }

    /// Those that were learnt.
    List<String> names() {
        return columns().stream().map(XmlColumns::name).toList();
    }

    /// A row in the order of `names`.
    Function<XmlRow, List<@Nullable String>> values() {
        List<String> columns = columns();
        return row -> {
            Map<String, String> values = new HashMap<>();
            if (!row.text().isEmpty()) {
                values.put(row.name(), row.text());
            }
            fill(row, "", values);
            List<@Nullable String> all = new ArrayList<>(columns.size());
            columns.forEach(path -> all.add(values.get(path)));
            return all;
        };
    }

    private void fill(XmlRow parent, String prefix, Map<String, String> values) {
        Map<String, List<XmlRow>> repeated = new LinkedHashMap<>();
        for (XmlRow child : parent.children()) {
            String path = prefix + child.name();
            if (lists.contains(path)) {
                repeated.computeIfAbsent(path, _ -> new ArrayList<>()).add(child);
            } else {
                if (!child.text().isEmpty()) {
                    values.put(path, child.text());
                }
                fill(child, path + STEP, values);
            }
        }
        repeated.forEach((path, all) -> values.put(path, json(all)));
    }

    private static String json(List<XmlRow> all) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartArray();
            for (XmlRow one : all) {
                write(one, json);
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new IllegalStateException("a text takes what is written to it", e);
        }
        return text.toString();
    }

    private static void write(XmlRow element, JsonGenerator json) throws IOException {
        if (element.isLeaf()) {
            if (element.text().isEmpty()) {
                json.writeNull();
            } else {
                json.writeString(element.text());
            }
            return;
        }
        Map<String, List<XmlRow>> members = new LinkedHashMap<>();
        for (XmlRow child : element.children()) {
            members.computeIfAbsent(child.name(), _ -> new ArrayList<>()).add(child);
        }
        json.writeStartObject();
        if (!element.text().isEmpty()) {
            json.writeStringField(element.name(), element.text());
        }
        for (Map.Entry<String, List<XmlRow>> member : members.entrySet()) {
            json.writeFieldName(member.getKey());
            if (member.getValue().size() == 1) {
                write(member.getValue().getFirst(), json);
            } else {
                json.writeStartArray();
                for (XmlRow one : member.getValue()) {
                    write(one, json);
                }
                json.writeEndArray();
            }
        }
        json.writeEndObject();
    }
}
