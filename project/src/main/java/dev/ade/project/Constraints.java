package dev.ade.project;

import dev.ade.jinja.Definition;
import dev.ade.jinja.Syntax;
import dev.ade.jinja.Template;
import dev.ade.model.AdeException;
import dev.ade.model.Assertion;
import dev.ade.model.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// Reads the constraints of an enforced contract, of columns and of the model, as checks.
final class Constraints {
    /// What `check` and keys of several columns are: a generic test of ADE's own.
    private static final Definition TEST =
            Template.parse(
                            "constraints",
                            """
                            {% test constraint(model, condition, columns) %}
                            {%- if columns %}select {{ columns }} from {{ model }} group by all having count(*) > 1
                            {%- else %}select * from {{ model }} where not ({{ condition }}){% endif %}
                            {% endtest %}
                            """,
                            Syntax.DBT)
                    .definitions()
                    .getFirst();

    private final Function<String, TableName> relation;

    Constraints(Function<String, TableName> relation) {
        this.relation = relation;
    }

    /// @param name what its check is called after the dataset
    /// @param condition SQL that must hold of each row; empty where `assertion` says it all
    /// @param columns that are a key together; empty otherwise
    record Constraint(
            String name, Optional<Assertion> assertion, String condition, List<String> columns) {}

    static Definition test() {
        return TEST;
    }

    List<Constraint> read(Section model) {
        List<Constraint> found = new ArrayList<>();
        for (Section column : model.sections("columns")) {
            String name = column.requireText("name");
            column.sections("constraints").forEach(one -> read(one, List.of(name), found));
        }
        model.sections("constraints").forEach(one -> read(one, one.texts("columns"), found));
        return found;
    }

    private void read(Section constraint, List<String> columns, List<Constraint> found) {
        String type = constraint.requireText("type").toLowerCase(Locale.ROOT);
        String suffix = columns.isEmpty() ? "" : "_" + String.join("_", columns);
        switch (type) {
            case "not_null" -> columns.forEach(column -> notNull(column, found));
            case "unique" -> unique("unique" + suffix, columns, constraint, found);
            case "primary_key" -> {
                columns.forEach(column -> notNull(column, found));
                unique("primary_key" + suffix, columns, constraint, found);
            }
            case "check" ->
                    found.add(
                            new Constraint(
                                    constraint.text("name").orElse("check" + suffix),
                                    Optional.empty(),
                                    constraint.requireText("expression"),
                                    List.of()));
            case "foreign_key" -> foreignKey(constraint, columns, found);
            case "custom" -> {
                // Means something to another engine only.
            }
            default ->
                    throw constraint.wrong(
                            "type", "not_null, unique, primary_key, foreign_key, check or custom");
        }
        constraint.ignore("warn_unsupported", "warn_unenforced", "name", "expression", "columns");
    }

    private static void notNull(String column, List<Constraint> found) {
        found.add(
                new Constraint(
                        "not_null_" + column,
                        Optional.of(new Assertion.NotNull(column)),
                        "",
                        List.of()));
    }

    private static void unique(
            String name, List<String> columns, Section constraint, List<Constraint> found) {
        if (columns.isEmpty()) {
            throw constraint.missing("columns");
        }
        found.add(
                columns.size() == 1
                        ? new Constraint(
                                name,
                                Optional.of(new Assertion.Unique(columns.getFirst())),
                                "",
                                List.of())
                        : new Constraint(name, Optional.empty(), "", columns));
    }

    private void foreignKey(Section constraint, List<String> columns, List<Constraint> found) {
        Optional<String> to = constraint.text("to");
        List<String> fields = constraint.texts("to_columns");
        if (to.isEmpty() || columns.size() != 1 || fields.size() != 1) {
            throw AdeException.user(
                            "Cannot check a foreign key without one column, to: and one of to_columns:",
                            "Write {type: foreign_key, to: ref('customers'), to_columns: [id]} under a column")
                    .at(constraint.location());
        }
        found.add(
                new Constraint(
                        "foreign_key_" + columns.getFirst(),
                        Optional.of(
                                new Assertion.Relationships(
                                        columns.getFirst(),
                                        constraint.here(() -> relation.apply(to.get())),
                                        fields.getFirst())),
                        "",
                        List.of()));
    }
}
