package dev.ade.project;

import dev.ade.model.AdeException;
import dev.ade.model.Schema;
import dev.ade.model.Sql;
import dev.ade.spi.Cursor;
import dev.ade.spi.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tables and views that a materialization makes, as dbt's adapter works with them.
final class Scratch {
    private static final int RELATIONS_MAX = 100_000;

    /// What has no meaning where nobody else looks, and nothing is kept but at the end.
    private static final Set<String> MEANS_NOTHING =
            Set.of(
                    "grant",
                    "revoke",
                    "analyze",
                    "vacuum",
                    "checkpoint",
                    "use",
                    "begin",
                    "start",
                    "commit",
                    "end",
                    "rollback",
                    "abort",
                    "comment");

    private final Session session;

    Scratch(Session session) {
        this.session = session;
    }

    /// What the relation is there: `table` or `view`; empty where it is not.
    Optional<String> type(RelationValue relation) {
        return relations(relation.schema()).stream()
                .filter(relation::equals)
                .map(RelationValue::type)
                .findFirst();
    }

    Optional<RelationValue> find(RelationValue relation) {
        return type(relation)
                .map(type -> RelationValue.of(relation.schema(), relation.identifier(), type));
    }

    List<RelationValue> relations(String schema) {
        String sql =
                """
                select table_schema, table_name, case table_type when 'VIEW' then 'view' else 'table' end
                from information_schema.tables
                where table_catalog = 'ade' and lower(table_schema) = %s
                order by 1, 2\
                """
                        .formatted(Sql.literal(schema.toLowerCase(Locale.ROOT)));
        List<RelationValue> found = new ArrayList<>();
        for (List<@Nullable Object> row : rows(sql)) {
            found.add(
                    RelationValue.of(
                            String.valueOf(row.get(0)),
                            String.valueOf(row.get(1)),
                            String.valueOf(row.get(2))));
        }
        return found;
    }

    List<String> schemas() {
        return rows(
                        "select schema_name from information_schema.schemata where catalog_name = 'ade' order by 1")
                .stream()
                .map(row -> String.valueOf(row.getFirst()))
                .toList();
    }

    private List<List<@Nullable Object>> rows(String sql) {
        try (Cursor cursor = session.query(sql)) {
            return cursor.all(RELATIONS_MAX);
        }
    }

    Schema schema(RelationValue relation) {
        return session.describe("select * from " + relation.sql());
    }

    void createSchema(String schema) {
        session.execute("create schema if not exists " + Sql.quote(schema));
    }

    void dropSchema(String schema) {
        session.execute("drop schema if exists %s cascade".formatted(Sql.quote(schema)));
    }

    void drop(RelationValue relation) {
        type(relation)
                .ifPresent(type -> session.execute("drop %s %s".formatted(type, named(relation))));
    }

    /// @throws AdeException USER where there is nothing to rename
    void rename(RelationValue from, RelationValue to) {
        String type = type(from).orElseThrow(() -> missing("rename", from));
        if (from.schema().equalsIgnoreCase(to.schema())) {
            session.execute(
                    "alter %s %s rename to %s"
                            .formatted(type, named(from), Sql.quote(to.identifier())));
        } else {
            session.execute(
                    "create table %s as select * from %s".formatted(named(to), named(from)));
            drop(from);
        }
    }

    void truncate(RelationValue relation) {
        if (type(relation).isEmpty()) {
            throw missing("truncate", relation);
        }
        session.execute("delete from " + named(relation));
    }

    private static String named(RelationValue relation) {
        return RelationValue.of(relation.schema(), relation.identifier(), "").sql();
    }

    private static AdeException missing(String verb, RelationValue relation) {
        return AdeException.user(
                "Cannot %s %s: the materialization has not made it".formatted(verb, relation),
                "Look for it first: load_relation(…)");
    }

    /// What statements did.
    ///
    /// @param rows that they changed
    /// @param query the last of them where it is one, to be run by whoever wants its rows
    record Done(long rows, Optional<String> query) {}

    Done run(String text) {
        long rows = 0;
        List<String> statements = SqlText.statements(text);
        for (int i = 0; i < statements.size(); i++) {
            String statement = statements.get(i);
            if (i == statements.size() - 1 && isQuery(statement)) {
                return new Done(rows, Optional.of(statement));
            }
            if (!MEANS_NOTHING.contains(first(statement))) {
                rows += session.execute(statement);
            }
        }
        return new Done(rows, Optional.empty());
    }

    private static boolean isQuery(String statement) {
        String first = first(statement);
        return Results.QUERIES.contains(first)
                && (!first.equals("with") || SqlText.withoutChange(statement));
    }

    private static String first(String statement) {
        return SqlText.firstWord(statement).toLowerCase(Locale.ROOT);
    }
}
