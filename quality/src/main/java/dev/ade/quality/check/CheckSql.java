package dev.ade.quality.check;

import dev.ade.model.Assertion.AcceptedValues;
import dev.ade.model.Assertion.Contract;
import dev.ade.model.Assertion.KAnonymity;
import dev.ade.model.Assertion.Monitor;
import dev.ade.model.Assertion.NotNull;
import dev.ade.model.Assertion.Query;
import dev.ade.model.Assertion.Quoting;
import dev.ade.model.Assertion.Relationships;
import dev.ade.model.Assertion.Unique;
import dev.ade.model.CheckSpec;
import dev.ade.model.Sql;
import dev.ade.spi.Checker.Request;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a check says as SQL. The condition of its `where` stands before its own.
record CheckSql(Request request) {
    private CheckSpec check() {
        return request.check();
    }

    /// What a pass over the dataset has to count; nothing for checks that need none, or one of their own.
    List<Measure> measures() {
        return switch (check().assertion()) {
            case NotNull it -> List.of(new Measure.Rows(within(isNull(it.column()))));
            case AcceptedValues it -> List.of(new Measure.Rows(within(isUnaccepted(it))));
            case Relationships it -> List.of(new Measure.Rows(within(isOrphan(it))));
            case Unique it -> List.of(new Measure.Repeats(repeating(it)));
            case KAnonymity _, Query _, Contract _, Monitor _ -> List.of();
        };
    }

    /// The column whose NULLs are all that is to be counted.
    Optional<String> nullsOf() {
        return check().assertion() instanceof NotNull it && check().options().where().isEmpty()
                ? Optional.of(it.column())
                : Optional.empty();
    }

    /// A query that gives the failing rows; of `unique` the values that occur more than once. Empty where rows are
    /// not what fails.
    String failing() {
        return switch (check().assertion()) {
            case NotNull it -> rows(within(isNull(it.column())));
            case AcceptedValues it -> rows(within(isUnaccepted(it)));
            case Relationships it -> rows(within(isOrphan(it)));
            case Unique it -> duplicates(it);
            case KAnonymity it -> smallGroups(it);
            case Query _ -> query();
            case Contract _, Monitor _ -> "";
        };
    }

    /// What a relationship needs of its parent.
    Optional<String> parent() {
        return check().assertion() instanceof Relationships to
                ? Optional.of(
                        "select %s from %s".formatted(Sql.quote(to.field()), to.to().quoted()))
                : Optional.empty();
    }

    private String rows(String condition) {
        return "select * from %s where %s".formatted(check().dataset().quoted(), condition);
    }

    private String duplicates(Unique unique) {
        String column = Sql.quote(unique.column());
        return "select %1$s, count(*) as n_records from %2$s where %3$s group by %1$s having count(*) > 1"
                .formatted(column, check().dataset().quoted(), within(column + " is not null"));
    }

    /// Each combination that fewer than `k` rows have, with their number.
    private String smallGroups(KAnonymity group) {
        String columns = group.columns().stream().map(Sql::quote).collect(Collectors.joining(", "));
        return "select %1$s, count(*) as ade_rows from %2$s where %3$s group by %1$s having count(*) < %4$d"
                .formatted(columns, check().dataset().quoted(), within("true"), group.k());
    }

    /// Without the semicolon that may end it, which could not stand in a subquery.
    private String query() {
        String query = request.query().orElseThrow().strip();
        return query.endsWith(";") ? query.substring(0, query.length() - 1) : query;
    }

    /// The line break ends a comment that `where` may end with.
    private String within(String condition) {
        Optional<String> where = check().options().where();
        return where.isEmpty() ? condition : "(%s\n) and %s".formatted(where.get(), condition);
    }

    private String repeating(Unique unique) {
        String column = Sql.quote(unique.column());
        Optional<String> where = check().options().where();
        return where.isEmpty()
                ? column
                : "case when %s\n then %s end".formatted(where.get(), column);
    }

    private static String isNull(String column) {
        return Sql.quote(column) + " is null";
    }

    private static String isUnaccepted(AcceptedValues accepted) {
        String column = Sql.quote(accepted.column());
        String values =
                accepted.values().stream()
                        .map(value ->
                                accepted.quoting() == Quoting.QUOTED ? Sql.literal(value) : value)
                        .collect(Collectors.joining(", "));
        return values.isEmpty()
                ? column + " is not null"
                : "%s not in (%s)".formatted(column, values);
    }

    /// The parent's column is named with its table: a name it does not have must not be found outside.
    private static String isOrphan(Relationships to) {
        return """
        %1$s is not null and %1$s not in (\
        select ade_parent.%2$s from %3$s as ade_parent where ade_parent.%2$s is not null)\
        """
                .formatted(Sql.quote(to.column()), Sql.quote(to.field()), to.to().quoted());
    }
}
