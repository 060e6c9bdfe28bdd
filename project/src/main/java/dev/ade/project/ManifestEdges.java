package dev.ade.project;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Who is made from whom, as dbt's maps tell it: every node has its list, which may be empty.
final class ManifestEdges {
    private final Map<String, Collection<String>> parents = new TreeMap<>();
    private final Map<String, Collection<String>> children = new TreeMap<>();
    private final Map<String, Collection<String>> groups = new TreeMap<>();

    /// @param kinds nodes by their ids
    ManifestEdges(List<Map<String, @Nullable Object>> kinds) {
        for (Map<String, @Nullable Object> kind : kinds) {
            kind.keySet().forEach(id -> children.put(id, new TreeSet<>()));
        }
        for (Map<String, @Nullable Object> kind : kinds) {
            kind.forEach(this::add);
        }
    }

    private void add(String id, @Nullable Object node) {
        Map<?, ?> json = ManifestParts.mapping(node);
        Collection<String> on = new TreeSet<>();
        if (ManifestParts.mapping(json.get("depends_on")).get("nodes")
                instanceof Collection<?> nodes) {
            nodes.forEach(parent -> on.add(String.valueOf(parent)));
        }
        parents.put(id, on);
        on.forEach(parent -> children.computeIfAbsent(parent, _ -> new TreeSet<>()).add(id));
        if (json.get("group") instanceof String group) {
            groups.computeIfAbsent(group, _ -> new ArrayList<>()).add(id);
        }
    }

    Map<String, Object> parents() {
        return listed(parents);
    }

    Map<String, Object> children() {
        return listed(children);
    }

    Map<String, Object> groups() {
        return listed(groups);
    }

    private static Map<String, Object> listed(Map<String, Collection<String>> all) {
        Map<String, Object> listed = new LinkedHashMap<>();
        all.forEach((id, others) -> listed.put(id, List.copyOf(others)));
        return listed;
    }
}
