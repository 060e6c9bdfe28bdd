package dev.ade.duck;

import dev.ade.model.AdeException;
import dev.ade.model.Field;
import dev.ade.model.Schema;
import dev.ade.model.Settings.EngineSettings;
import dev.ade.model.Sql;
import dev.ade.model.TableName;
import dev.ade.spi.Cursor;
import dev.ade.spi.FileTarget;
import dev.ade.spi.Relations;
import dev.ade.spi.Session;
import dev.ade.spi.TableCode;
import dev.ade.spi.ValueFunction;
import dev.ade.spi.Watcher;
import dev.ade.spi.WrittenFile;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/// A workspace for statements of a project's own: an instance for itself, whose one database is in memory. It reads the
/// files of some datasets, writes into one folder of its own, and cannot be talked out of either.
final class ScratchSession implements Session {
    private static final String CATALOG = "ade";

    private final DuckDBConnection connection;
    private final ScratchFolder folder;
    private final References references;
    private final Running running = new Running();
    private final Watching watching = new Watching();

    private ScratchSession(
            DuckDBConnection connection, ScratchFolder folder, References references) {
        this.connection = connection;
        this.folder = folder;
        this.references = references;
    }

    /// What is in a scratch when it begins.
    ///
    /// @param prepared statements of ADE's own
    record Contents(
            Relations relations, Set<TableName> readable, String schema, List<String> prepared) {}

    static ScratchSession open(EngineSettings settings, References references, Contents contents) {
        ScratchFolder folder = ScratchFolder.create(settings);
        try {
            DuckDBConnection connection = DuckEngine.start(folder.beside(settings));
            try {
                fill(connection, folder, references, contents);
                return new ScratchSession(connection, folder, references);
            } catch (SQLException | RuntimeException | Error e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            folder.close();
            throw Errors.of(e, "");
        } catch (RuntimeException | Error e) {
            folder.close();
            throw e;
        }
    }

    private static void fill(
            DuckDBConnection connection,
            ScratchFolder folder,
            References references,
            Contents contents)
            throws SQLException {
        Wanted wanted = Wanted.of(contents.relations(), references);
        contents.readable().stream()
                .sorted()
                .forEach(name ->
                        contents.relations()
                                .find(name)
                                .ifPresent(found -> wanted.names().bind(name, found)));
        try (Statement statement = connection.createStatement()) {
            statement.execute("attach ':memory:' as " + CATALOG);
            statement.execute("use " + CATALOG);
            statement.execute("create schema if not exists " + Sql.quote(contents.schema()));
            statement.execute("use %s.%s".formatted(CATALOG, Sql.quote(contents.schema())));
            for (String sql : all(wanted.statements(), contents.prepared())) {
                statement.execute(sql);
            }
            LockedInstance.lock(statement, wanted.names().paths(), List.of(folder.path() + "/"));
        }
    }

    private static List<String> all(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    @Override
    public void register(ValueFunction function) {
        throw new UnsupportedOperationException("a scratch takes no functions");
    }

    @Override
    public void provide(TableName name, TableCode code) {
        throw new UnsupportedOperationException("a scratch runs no code");
    }

    @Override
    public Schema describe(String select) {
        return Schemas.describe(connection, plain(select));
    }

    /// One query, as the engine's own parser finds, too.
    private String plain(String select) {
        List<String> statements = ScratchStatement.all(select);
        if (statements.size() != 1) {
            throw AdeException.user(
                    "Cannot run a query: it is %d statements".formatted(statements.size()),
                    "Send one at a time");
        }
        references.of(statements.getFirst());
        return statements.getFirst();
    }

    @Override
    public Cursor query(String select, List<? extends @Nullable Object> parameters) {
        List<String> statements = ScratchStatement.all(select);
        if (statements.isEmpty()) {
            throw AdeException.user("Cannot run an empty query", "Write a SELECT");
        }
        statements.subList(0, statements.size() - 1).forEach(this::run);
        return ResultCursor.open(
                connection, statements.getLast(), parameters, Long.MAX_VALUE, running);
    }

    @Override
    public long execute(String statement) {
        return ScratchStatement.all(statement).stream().mapToLong(this::run).sum();
    }

    @Override
    public void stage(
            String table,
            Schema schema,
            Iterable<? extends List<? extends @Nullable Object>> rows) {
        Staging.stage(connection, table, schema, rows);
    }

    @Override
    public List<WrittenFile> write(String select, FileTarget target, Watcher watcher) {
        FileTarget inside = folder.inside(target);
        List<WrittenFile> written =
                new ParquetWriter(connection, running, watching)
                        .write(plain(select), inside, watcher);
        return ScratchFolder.move(written, inside, target);
    }

    @Override
    public void watch(String select, List<Field> fields, Watcher watcher) {
        throw new UnsupportedOperationException("a scratch is watched when it writes");
    }

    @Override
    public long export(
            String select, String file, ExportFormat format, Map<String, String> options) {
        throw new UnsupportedOperationException("a scratch gives nothing but datasets");
    }

    @Override
    public double progress() {
        return -1;
    }

    @Override
    public void cancel() {
        running.stop(AdeException.cancelled("Cancelled"));
    }

    @Override
    public void close() {
        try (folder) {
            connection.close();
        } catch (SQLException e) {
            throw Errors.of(e, "");
        }
    }

    private long run(String sql) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            running.begin(statement);
            statement.execute();
            return Math.max(0, statement.getUpdateCount());
        } catch (SQLException e) {
            throw running.failure(e, sql);
        } finally {
            running.end();
        }
    }
}
