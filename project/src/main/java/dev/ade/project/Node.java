package dev.ade.project;

import dev.ade.model.TableName;
import dev.ade.spi.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Something that selectors select.
///
/// @param id unique in the project
/// @param dataset the dataset that it is; empty for tests, exposures, analyses and ephemeral models
/// @param path what dbt calls fully qualified name: package, folders, name
/// @param file where it is declared
/// @param facts what only some selectors ask for: `sources`, `test_name`, `test_type`, `group`, `access`, `version`,
///     `version_status`
record Node(
        String id,
        Resource.Type type,
        Optional<TableName> dataset,
        List<String> path,
        String file,
        Set<String> tags,
        Map<String, @Nullable Object> config,
        Map<String, String> facts) {
    static final String VERSION = "version";
    static final String VERSION_STATUS = "version_status";

    /// The fact that tells what `source` calls a dataset, as `source.table`, parted by blanks.
    static final String SOURCES = "sources";

    Node {
        path = List.copyOf(path);
        tags = Set.copyOf(tags);
        facts = Map.copyOf(facts);
    }

    /// Of a model that has versions, what they have in common.
    String name() {
        return path.get(path.size() - (version().isEmpty() ? 1 : 2));
    }

    Optional<String> version() {
        return Optional.ofNullable(facts.get(VERSION));
    }

    String owner() {
        return path.getFirst();
    }

    String fact(String key) {
        return facts.getOrDefault(key, "");
    }
}
