package dev.ade.project;

import dev.ade.model.AdeException;
import dev.ade.model.ColumnSpec;
import dev.ade.model.ColumnSpec.Nullability;
import dev.ade.model.Type;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Reads `columns:` of sources, seeds and models.
final class ColumnsReader {
    private ColumnsReader() {}

    /// Columns of a seed.
    static List<ColumnSpec> read(Section table) {
        List<Section> columns = table.sections("columns");
        requireClear(columns);
        return columns.stream().map(column -> column(column, List.of())).toList();
    }

    /// What a model gives was treated where it came in.
    static List<ColumnSpec> ofModel(Section model) {
        List<Section> columns = model.sections("columns");
        columns.forEach(column -> {
            if (column.here(() -> ColumnPrivacy.of(column)).isPresent()) {
                throw AdeException.user(
                                "Cannot treat column '%s' of a model: privacy is for columns of sources and seeds"
                                        .formatted(column.requireText("name")),
                                "Treat it where it is loaded, or leave it out of the query")
                        .at(column.location());
            }
        });
        return columns.stream().map(column -> column(column, List.of())).toList();
    }

    /// One column under two spellings would land as the last of them says.
    private static void requireClear(List<Section> columns) {
        Map<String, Section> names = new HashMap<>();
        for (Section column : columns) {
            ColumnPrivacy.requireInside(column);
            Section other = names.putIfAbsent(lower(column.requireText("name")), column);
            if (other != null
                    && (ColumnPrivacy.of(column).isPresent()
                            || ColumnPrivacy.of(other).isPresent())) {
                throw AdeException.user(
                                "Cannot declare column '%s' twice: '%s' is declared at %s"
                                        .formatted(
                                                column.requireText("name"),
                                                other.requireText("name"),
                                                other.location()),
                                "Say all of it in one place")
                        .at(column.location());
            }
        }
    }

    /// Columns that may be called otherwise outside.
    static List<ColumnSpec> ofSource(Section table) {
        Set<String> names = new HashSet<>();
        List<Section> columns = table.sections("columns");
        requireClear(columns);
        columns.forEach(column -> names.add(lower(column.requireText("name"))));
        return columns.stream().map(column -> column(column, aliases(column, names))).toList();
    }

    /// @param names of other columns; these come to them
    private static List<String> aliases(Section column, Set<String> names) {
        List<String> aliases = column.texts("aliases");
        for (String alias : aliases) {
            if (!names.add(lower(alias))) {
                throw AdeException.user(
                                "Cannot call column '%s' also '%s': a column has that name"
                                        .formatted(column.requireText("name"), alias),
                                "Take it out of aliases, or take the other column out")
                        .at(column.location());
            }
        }
        return aliases;
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static ColumnSpec column(Section column, List<String> aliases) {
        ColumnSpec spec =
                new ColumnSpec(
                        column.requireText("name"),
                        column.here(() -> column.text("data_type").map(Type::parse)),
                        nullability(column),
                        column.here(() -> ColumnPrivacy.of(column)),
                        column.text("description").orElse(""),
                        aliases);
        column.ignore(
                "data_tests",
                "tests",
                "monitors",
                "meta",
                "tags",
                "quote",
                "config",
                "policy_tags",
                "granularity",
                "dimension",
                "entity");
        column.requireSpelt("privacy", "a column");
        column.done("a column");
        return spec;
    }

    private static Nullability nullability(Section column) {
        boolean isConstrained =
                column.sections("constraints").stream()
                        .anyMatch(constraint -> constraint.requireText("type").equals("not_null"));
        return isConstrained || column.flag("not_null").orElse(false)
                ? Nullability.NOT_NULL
                : Nullability.NULLABLE;
    }
}
