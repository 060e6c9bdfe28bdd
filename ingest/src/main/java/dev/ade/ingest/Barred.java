package dev.ade.ingest;

import dev.ade.model.Aliases;
import dev.ade.model.SourceTable;
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

    static List<LandingColumn> in(List<LandingColumn> columns, SourceTable source, Desk desk) {
        return columns.stream()
                .map(column -> {
                    List<String> marks =
                            desk.suppressions().stream()
                                    .filter(it -> isOf(it, column, source.aliases()))
                                    .map(Suppression::mark)
                                    .distinct()
                                    .toList();
                    return marks.isEmpty()
                            ? column
                            : column.barring(
                                    new Barred(projection(column, desk.privacy(), source), marks));
                })
                .toList();
    }

    private static boolean isOf(Suppression it, LandingColumn column, Aliases aliases) {
        if (it.source().equals(Suppression.ANY_SOURCE)) {
            Privacy.Decision decision = column.decision();
            return Suppression.kind(column.name(), decision.dataClass(), decision.treatment())
                    .filter(it.column()::equals)
                    .isPresent();
        }
        return aliases.own(it.column()).equalsIgnoreCase(column.name());
    }

    private static Privacy.Projection projection(
            LandingColumn column, Privacy privacy, SourceTable source) {
        Privacy.Decision decision =
                new Privacy.Decision(
                        column.name(),
                        column.decision().dataClass(),
                        new Treatment.Pseudonym(Suppression.REALM),
                        Privacy.Ground.DECLARED,
                        "");
        return privacy.project(source.name(), decision, column.raw().type());
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
