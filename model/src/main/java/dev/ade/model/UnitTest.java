package dev.ade.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a model's query must give for given inputs; no data of the project is read.
///
/// @param name unique among the unit tests of its model
/// @param model whose query is tested
/// @param given rows of everything that the query reads; of the model itself where it reads what it made before
/// @param expect rows that it must give, in any order
/// @param overrides what its template is told instead of the truth
/// @param tags for selection
/// @param location where it is declared
public record UnitTest(
        String name,
        TableName model,
        List<Given> given,
        Rows expect,
        Overrides overrides,
        Set<String> tags,
        Location location) {
    public UnitTest {
        given = List.copyOf(given);
        tags = Set.copyOf(tags);
    }

    /// Rows that stand for a dataset.
    public record Given(TableName input, Rows rows) {}

    public sealed interface Rows {
        /// @param columns that any row has; in given rows, others are NULL; of expected rows, only these are compared
        record Values(List<String> columns, List<List<@Nullable Object>> rows) implements Rows {
            public Values {
                columns = List.copyOf(columns);
                List<List<@Nullable Object>> copied = new ArrayList<>();
                rows.forEach(row -> copied.add(Collections.unmodifiableList(new ArrayList<>(row))));
                rows = List.copyOf(copied);
            }
        }

        /// What a query gives that reads nothing.
        record Query(String sql) implements Rows {}
    }

    /// @param macros what calls of macros give, by name; `is_incremental` too
    /// @param vars and `environment`: values by name
    public record Overrides(
            Map<String, @Nullable Object> macros,
            Map<String, @Nullable Object> vars,
            Map<String, @Nullable Object> environment) {
        public static final Overrides NONE = new Overrides(Map.of(), Map.of(), Map.of());

        public Overrides {
            macros = Collections.unmodifiableMap(new TreeMap<>(macros));
            vars = Collections.unmodifiableMap(new TreeMap<>(vars));
            environment = Collections.unmodifiableMap(new TreeMap<>(environment));
        }

        public boolean isIncremental() {
            return Boolean.TRUE.equals(macros.get("is_incremental"));
        }
    }

    /// When this changes, the test must be run again.
    public Fingerprint fingerprint() {
        return Fingerprint.of("unit test", name, model, given, expect, overrides);
    }

    public Optional<Rows> given(TableName input) {
        return given.stream().filter(one -> one.input().equals(input)).map(Given::rows).findFirst();
    }
}
