package dev.ade.run.build;

import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.Schema;
import dev.ade.model.Sql;
import dev.ade.model.TableName;
import dev.ade.model.UnitTest;
import dev.ade.model.UnitTest.Rows;
import dev.ade.spi.Compiler;
import dev.ade.spi.Cursor;
import dev.ade.spi.Relation;
import dev.ade.spi.Relations;
import dev.ade.spi.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Runs unit tests: models' queries over rows that the project gives, in a session that sees nothing else.
public final class UnitTests {
    private static final int ROWS_MAX = 10_000;

    private final Compiler.CompiledProject compiled;
    private final Relations known;
    private final Sessions sessions;

    /// @param known datasets as they are: given rows take the types of their columns, and nothing of their data
    public UnitTests(Compiler.CompiledProject compiled, Relations known, Sessions sessions) {
        this.compiled = compiled;
        this.known = known;
        this.sessions = sessions;
    }

    /// @param differing rows that differ from what is expected; 0 where the test passed
    /// @param message how they differ
    public record Outcome(long differing, String message) {}

    /// @throws AdeException where the test cannot be run
    public Outcome run(UnitTest test) {
        try {
            return compare(test);
        } catch (AdeException e) {
            throw e.location() == null ? e.at(test.location()) : e;
        }
    }

    private Outcome compare(UnitTest test) {
        String sql = compiled.compile(test);
        try (Sessions.Lease lease = sessions.open(inputs(test))) {
            Session session = lease.session();
            Schema gives = describe(session, sql, test);
            Schema wanted = wanted(test, gives, session);
            String expected = FixtureSql.of(test.expect(), Optional.of(wanted));
            RowsDiff diff =
                    RowsDiff.of(
                            wanted.names(),
                            rows(session, expected, wanted),
                            rows(session, sql, wanted));
            return diff.isEmpty() ? new Outcome(0, "") : new Outcome(diff.rows(), diff.text());
        }
    }

    private Schema describe(Session session, String sql, UnitTest test) {
        try {
            return session.describe(sql);
        } catch (AdeException e) {
            throw test.given().stream()
                    .filter(this::isWithoutColumns)
                    .findFirst()
                    .map(given ->
                            AdeException.user(
                                            "Cannot run the query over no rows of %s, of which nothing says the columns (it is ephemeral or not made yet): give it format: sql, rows: select 1 as id where false"
                                                    .formatted(given.input()),
                                            "Name all columns that the query needs")
                                    .causedBy(e))
                    .orElse(e);
        }
    }

    private boolean isWithoutColumns(UnitTest.Given given) {
        return known.find(given.input()).isEmpty()
                && given.rows() instanceof Rows.Values values
                && values.columns().isEmpty();
    }

    private Overlay inputs(UnitTest test) {
        Overlay overlay = new Overlay(Relations.none());
        try (Sessions.Lease lease = sessions.open(Relations.none())) {
            for (UnitTest.Given given : test.given()) {
                Optional<Schema> like = known.find(given.input()).map(Relation::schema);
                String rows = FixtureSql.of(given.rows(), columns(given, like));
                overlay.with(
                        given.input(),
                        new Relation.ViewRelation(rows, lease.session().describe(rows)));
            }
        }
        return overlay;
    }

    private static Optional<Schema> columns(UnitTest.Given given, Optional<Schema> like) {
        if (like.isPresent() && given.rows() instanceof Rows.Values values) {
            values.columns().forEach(column -> require(given.input(), column, like.get()));
        }
        return like;
    }

    private static Column require(TableName dataset, String column, Schema schema) {
        return schema.find(column)
                .orElseThrow(() ->
                        AdeException.user(
                                "Cannot use column '%s' in a unit test: %s has no such column"
                                        .formatted(column, dataset),
                                "It has " + String.join(", ", schema.names())));
    }

    /// The columns that are compared, with the types that the query gives.
    private static Schema wanted(UnitTest test, Schema gives, Session session) {
        List<String> names =
                switch (test.expect()) {
                    case Rows.Query query -> session.describe(query.sql()).names();
                    case Rows.Values values ->
                            values.columns().isEmpty() ? gives.names() : values.columns();
                };
        List<Column> columns = new ArrayList<>();
        names.forEach(
                name -> columns.add(new Column(name, require(test.model(), name, gives).type())));
        return new Schema(columns);
    }

    private static List<List<@Nullable Object>> rows(Session session, String sql, Schema wanted) {
        String columns =
                wanted.columns().stream()
                        .map(column ->
                                "cast(cast(r.%s as %s) as varchar)"
                                        .formatted(Sql.quote(column.name()), column.type().sql()))
                        .collect(Collectors.joining(", "));
        try (Cursor cursor =
                session.query("select %s from (%s\n) as r order by all".formatted(columns, sql))) {
            return cursor.all(ROWS_MAX);
        }
    }
}
