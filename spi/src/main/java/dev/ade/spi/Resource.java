package dev.ade.spi;

import dev.ade.model.TableName;
import dev.ade.model.Wording;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Something that a project declares, as selectors find it.
///
/// @param id unique in the project
/// @param dataset the dataset that it is; empty for tests, analyses, exposures and ephemeral models
/// @param path what dbt calls fully qualified name: package, folders, name, of a model that has versions `v2`
/// @param version of a model that has versions
/// @param file where it is declared, relative to the project
/// @param config as the project says it; keys without `+`
/// @param inputs ids of what it reads
public record Resource(
        String id,
        Type type,
        Optional<TableName> dataset,
        List<String> path,
        Optional<String> version,
        String file,
        Set<String> tags,
        Map<String, @Nullable Object> config,
        Set<String> inputs) {
    public Resource {
        path = List.copyOf(path);
        tags = Set.copyOf(tags);
        config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
        inputs = Set.copyOf(inputs);
    }

    /// In the order in which they are listed.
    public enum Type {
        SOURCE,
        SEED,
        MODEL,
        SNAPSHOT,
        ANALYSIS,
        TEST,
        UNIT_TEST,
        EXPOSURE;

        /// As dbt writes it.
        public String word() {
            return Wording.of(this);
        }

        public boolean isTest() {
            return this == TEST || this == UNIT_TEST;
        }
    }

    /// Of a model that has versions, what they have in common.
    public String name() {
        return path.get(path.size() - (version.isEmpty() ? 1 : 2));
    }

    /// The name that tells it from others of its type: that of a source says which table, as in `raw.orders`, that of a
    /// model which version, as in `orders.v2`.
    public String label() {
        return type == Type.SOURCE || version.isPresent()
                ? String.join(".", path.subList(path.size() - 2, path.size()))
                : name();
    }

    /// The package that it belongs to.
    public String owner() {
        return path.getFirst();
    }

    /// What selects it, in dbt's words.
    public String selector() {
        String joined = String.join(".", path);
        return switch (type) {
            case SOURCE -> "source:%s.%s".formatted(owner(), label());
            case EXPOSURE, UNIT_TEST -> "%s:%s.%s".formatted(type.word(), owner(), name());
            case MODEL, SEED, SNAPSHOT, ANALYSIS, TEST -> joined;
        };
    }
}
