package dev.ade.ingest;

import dev.ade.model.Aliases;
import dev.ade.model.Sql;
import dev.ade.model.Treatment;
import dev.ade.model.Type;
import dev.ade.spi.Privacy;
import dev.ade.spi.Suppression;
import java.util.List;
import java.util.stream.Collectors;

/// Values of a column that must not land, because the people behind them were forgotten. A file that still holds them
/// may be loaded again; their rows stay out as rejected ones, which no limit counts.
///
/// @param projection makes the mark of a value
/// @param marks of the values
record Barred(Privacy.Projection projection, List<String> marks) {
    /// Why their rows stay out.
    static final String REASON = Suppression.REASON;

    Barred {
        marks = List.copyOf(marks);
    }

    static List<LandingColumn> in(List<LandingColumn> columns, Aliases aliases, Desk desk) {
        List<Suppression> suppressions = desk.suppressions();
        return columns.stream()
                .map(column -> {
                    List<String> marks =
                            suppressions.stream()
                                    .filter(it ->
                                            aliases.own(it.column())
                                                    .equalsIgnoreCase(column.name()))
                                    .map(Suppression::mark)
                                    .toList();
                    return marks.isEmpty()
                            ? column
                            : column.barring(
                                    new Barred(
                                            projection(column, desk.privacy(), suppressions),
                                            marks));
                })
                .toList();
    }

    private static Privacy.Projection projection(
            LandingColumn column, Privacy privacy, List<Suppression> suppressions) {
        Privacy.Decision decision =
                new Privacy.Decision(
                        column.name(),
                        column.decision().dataClass(),
                        new Treatment.Pseudonym(Suppression.REALM),
                        Privacy.Ground.DECLARED,
                        "");
        return privacy.project(suppressions.getFirst().source(), decision, column.raw().type());
    }

    /// TRUE of values that may land.
    String condition(String value) {
        String mark = projection.sql().orElseThrow().apply(value);
        String all =
                marks.stream()
                        .map(text ->
                                "CAST(%s AS %s)"
                                        .formatted(Sql.literal(text), Type.Simple.UUID.sql()))
                        .collect(Collectors.joining(", "));
        return "%s IS NULL OR %s NOT IN (%s)".formatted(value, mark, all);
    }
}
