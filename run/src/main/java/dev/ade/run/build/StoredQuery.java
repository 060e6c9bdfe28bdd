package dev.ade.run.build;

import dev.ade.model.Kind;
import dev.ade.model.Model;
import dev.ade.model.SnapshotSpec;
import dev.ade.model.Sql;
import dev.ade.model.SurrogateKey;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What a model stores, as a query: its own, and what its kind adds.
public final class StoredQuery {
    /// A member's first row is valid from here, so that facts older than the dimension find it.
    private static final String FIRST_VALID = "TIMESTAMP '1900-01-01 00:00:00'";

    private static final String NEVER = "cast(null as timestamp)";

    private StoredQuery() {}

    /// @param query the model's query as it is compiled from scratch
    public static String of(Model model, String query) {
        return switch (model.kind()) {
            case Kind.Dimension dimension -> dimension(dimension, query);
            case Kind.Snapshot snapshot -> snapshot(snapshot.spec(), query);
            case Kind.View _,
                    Kind.Table _,
                    Kind.Incremental _,
                    Kind.Custom _,
                    Kind.Fact _,
                    Kind.Day _ ->
                    query;
        };
    }

    private static String dimension(Kind.Dimension kind, String query) {
        return switch (kind.history()) {
            case CURRENT -> members(kind, query);
            case SLOWLY_CHANGING -> firstHistory(members(kind, query));
        };
    }

    /// What the query gives, and when it was so.
    private static String snapshot(SnapshotSpec spec, String query) {
        String updated =
                switch (spec.detection()) {
                    case SnapshotSpec.Detection.Timestamp it -> "(" + it.updatedAt() + ")";
                    case SnapshotSpec.Detection.Check it ->
                            it.updatedAt().map(at -> "(" + at + ")").orElse(NEVER);
                };
        String key =
                spec.uniqueKey().stream()
                        .map(one -> "cast((" + one + ") as varchar)")
                        .collect(Collectors.joining(" || "));
        SnapshotSpec.MetaColumns names = spec.columns();
        List<String> columns = new ArrayList<>();
        columns.add("s.*");
        columns.add(
                "md5(%s || cast(%s as varchar)) as %s"
                        .formatted(key, updated, Sql.quote(names.scdId())));
        columns.add(updated + " as " + Sql.quote(names.updatedAt()));
        columns.add(updated + " as " + Sql.quote(names.validFrom()));
        columns.add(NEVER + " as " + Sql.quote(names.validTo()));
        if (spec.hardDeletes() == SnapshotSpec.HardDeletes.NEW_RECORD) {
            columns.add("'False' as " + Sql.quote(names.isDeleted()));
        }
        return "select %s from (%s\n) as s".formatted(String.join(", ", columns), query);
    }

    /// The members with their surrogate in front.
    static String members(Kind.Dimension kind, String query) {
        List<String> key =
                kind.naturalKey().stream().map(column -> "m." + Sql.quote(column)).toList();
        return """
        select %s as %s, m.*
        from (
        %s
        ) as m\
        """
                .formatted(SurrogateKey.sql(key), Sql.quote(kind.surrogate()), query);
    }

    /// Every member's first row.
    static String firstHistory(String members) {
        return """
        select n.*, %s as valid_from, cast(null as timestamp) as valid_to, true as is_current
        from (%s) as n\
        """
                .formatted(FIRST_VALID, members);
    }
}
