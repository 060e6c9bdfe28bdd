package dev.ade.duck;

import dev.ade.model.AdeException;
import dev.ade.model.Field;
import dev.ade.model.Schema;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBPreparedStatement;
import org.jspecify.annotations.Nullable;

/// A session on the shared instance: a connection with a catalog of its own in memory, so that no session
/// sees the names of another.
final class DuckSession implements Session {
    private final DuckDBConnection connection;
    private final String catalog;
    private final CodeTables codes;
    private final Names names;
    private final ScalarFunctions scalars;
    private final Set<String> functions = new HashSet<>();
    private final Watching watching;
    private final Running running = new Running();

    DuckSession(
            DuckDBConnection connection,
            String catalog,
            Relations relations,
            References references,
            ScalarFunctions scalars,
            Watching watching,
            int threads) {
        this.connection = connection;
        this.scalars = scalars;
        this.watching = watching;
        this.catalog = catalog;
        this.codes = new CodeTables(connection, catalog, references, threads);
        this.names = new Names(relations, references, this::run, codes);
        run("attach ':memory:' as " + Sql.quote(catalog));
        run("use " + Sql.quote(catalog));
    }

    @Override
    public void register(ValueFunction function) {
        if (functions.add(function.name())) {
            scalars.register(connection, function);
        }
    }

    @Override
    public void provide(TableName name, TableCode code) {
        codes.provide(name, code);
    }

    private void bind(String select) {
        scalars.requireUnused(select);
        names.bindAll(select);
    }

    @Override
    public Schema describe(String select) {
        bind(select);
        return Schemas.describe(connection, select);
    }

    @Override
    public Cursor query(String select, List<? extends @Nullable Object> parameters) {
        bind(select);
        return ResultCursor.open(connection, select, parameters, Long.MAX_VALUE, running);
    }

    @Override
    public long execute(String statement) {
        scalars.requireUnused(statement);
        names.bindKnown(statement);
        run(statement);
        return -1;
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
        bind(select);
        return new ParquetWriter(connection, running, watching).write(select, target, watcher);
    }

    @Override
    public void watch(String select, List<Field> fields, Watcher watcher) {
        bind(select);
        List<String> columns = IntStream.range(0, fields.size()).mapToObj(i -> "c" + i).toList();
        try (Watching.Watch watch = watching.begin(connection, fields, watcher)) {
            run(
                    "select %s from (%s) as q(%s)"
                            .formatted(watch.all(columns), select, String.join(", ", columns)));
        }
    }

    @Override
    public long export(
            String select, String file, ExportFormat format, Map<String, String> options) {
        bind(select);
        try (Statement statement = connection.createStatement()) {
            running.begin(statement);
            return statement.executeLargeUpdate(CopyText.of(select, file, format, options));
        } catch (SQLException e) {
            throw running.failure(e, select);
        } finally {
            running.end();
        }
    }

    @Override
    public double progress() {
        Statement statement = running.statement();
        if (statement == null) {
            return -1;
        }
        try {
            double percent =
                    ((DuckDBPreparedStatement) statement).getQueryProgress().getPercentage();
            return percent < 0 ? -1 : percent / 100;
        } catch (SQLException e) {
            return -1;
        }
    }

    @Override
    public void cancel() {
        running.stop(AdeException.cancelled("Cancelled"));
        codes.cancel();
    }

    @Override
    public void close() {
        try (connection) {
            run("use memory");
            run("detach " + Sql.quote(catalog));
        } catch (SQLException e) {
            throw Errors.of(e, "");
        }
    }

    private void run(String sql) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            running.begin(statement);
            statement.execute();
        } catch (SQLException e) {
            throw running.failure(e, sql);
        } finally {
            running.end();
        }
    }
}
