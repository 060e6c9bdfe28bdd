package dev.ade.project;

import dev.ade.jinja.Definition;
import dev.ade.jinja.Syntax;
import dev.ade.jinja.Template;
import dev.ade.model.AdeException;
import dev.ade.model.Assertion;
import dev.ade.model.Sql;
import dev.ade.model.TableName;
import dev.ade.model.Wording;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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

    private static final Pattern EXPRESSION =
            Pattern.compile(
                    "\\s*(?:references\\s+)?([^\\s()]+)\\s*\\(([^()]+)\\)\\s*",
                    Pattern.CASE_INSENSITIVE);

    private final Function<String, TableName> relation;

    Constraints(Function<String, TableName> relation) {
        this.relation = relation;
    }

    /// @param name what its check is called after the dataset
    /// @param condition SQL that must hold of each row; empty where `assertion` says it all
    /// @param columns that are a key together; empty otherwise
    /// @param reads other datasets that the condition names
    record Constraint(
            String name,
            Optional<Assertion> assertion,
            String condition,
            List<String> columns,
            Set<TableName> reads) {
        static Constraint of(String name, Assertion assertion) {
            return new Constraint(name, Optional.of(assertion), "", List.of(), Set.of());
        }
    }

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
                                    List.of(),
                                    Set.of()));
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
        found.add(Constraint.of("not_null_" + column, new Assertion.NotNull(column)));
    }

    private static void unique(
            String name, List<String> columns, Section constraint, List<Constraint> found) {
        if (columns.isEmpty()) {
            throw constraint.missing("columns");
        }
        found.add(
                columns.size() == 1
                        ? Constraint.of(name, new Assertion.Unique(columns.getFirst()))
                        : new Constraint(name, Optional.empty(), "", columns, Set.of()));
    }

    private void foreignKey(Section constraint, List<String> columns, List<Constraint> found) {
        Reference reference = reference(constraint);
        if (columns.isEmpty() || columns.size() != reference.columns().size()) {
            throw AdeException.user(
                            "Cannot check a foreign key of %s to %s"
                                    .formatted(
                                            Wording.count(columns.size(), "column"),
                                            Wording.count(reference.columns().size(), "column")),
                            "Write {type: foreign_key, columns: [a, b], to: ref('customers'), to_columns: [c, d]}")
                    .at(constraint.location());
        }
        TableName to = constraint.here(() -> relation.apply(reference.to()));
        String name = "foreign_key_" + String.join("_", columns);
        found.add(
                columns.size() == 1
                        ? Constraint.of(
                                name,
                                new Assertion.Relationships(
                                        columns.getFirst(), to, reference.columns().getFirst()))
                        : new Constraint(
                                name,
                                Optional.empty(),
                                isIn(columns, to, reference.columns()),
                                List.of(),
                                Set.of(to)));
    }

    /// As in SQL, a key of which a part is NULL refers to nothing.
    private static String isIn(List<String> columns, TableName to, List<String> others) {
        String anyNull =
                columns.stream()
                        .map(column -> Sql.quote(column) + " is null")
                        .collect(Collectors.joining(" or "));
        return "%s or row(%s) in (select row(%s) from %s)"
                .formatted(anyNull, list(columns), list(others), to.quoted());
    }

    private static String list(List<String> columns) {
        return columns.stream().map(Sql::quote).collect(Collectors.joining(", "));
    }

    /// @param to a reference, or the name of a dataset
    private record Reference(String to, List<String> columns) {}

    /// `to` and `to_columns`, or what dbt wrote before: `expression: "shop.customers (id)"`.
    private static Reference reference(Section constraint) {
        Optional<String> to = constraint.text("to");
        List<String> columns = constraint.texts("to_columns");
        if (to.isPresent()) {
            return new Reference(to.get(), columns);
        }
        Matcher expression = EXPRESSION.matcher(constraint.text("expression").orElse(""));
        if (!expression.matches()) {
            throw constraint.missing("to");
        }
        List<String> named =
                Arrays.stream(expression.group(2).split(",", -1))
                        .map(name -> name.strip().replace("\"", ""))
                        .toList();
        return new Reference(expression.group(1).replace("\"", ""), named);
    }
}
