package dev.ade.spi;

import dev.ade.model.Field;
import dev.ade.model.Schema;
import dev.ade.model.TableName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A workspace in an engine. Names in queries are found in its `Relations` when a statement that names them
/// runs, and stay what they were then until the session ends. Used by one thread at a time, except
/// `cancel` and `progress`.
public interface Session extends AutoCloseable {
    /// Makes `function` callable in this session's SQL by its name.
    void register(ValueFunction function);

    /// Makes a table readable that code makes. The code runs when a statement first names the table, also one that is
    /// only described; it reads what this session reads.
    void provide(TableName name, TableCode code);

    /// Columns that a query would give; nothing runs, but for code.
    Schema describe(String select);

    /// Runs a query and streams what it gives.
    Cursor query(String select, List<? extends @Nullable Object> parameters);

    default Cursor query(String select) {
        return query(select, List.of());
    }

    /// Runs a statement that gives nothing: temporary tables, macros.
    ///
    /// @return rows it changed; below 0 where that is not known
    long execute(String statement);

    /// Makes a temporary table of rows; values as `Cursor` gives them.
    void stage(
            String table, Schema schema, Iterable<? extends List<? extends @Nullable Object>> rows);

    /// Runs a query and writes what it gives as Parquet files: columns are cast to the target's, by position.
    /// Nothing is left behind where it fails or is cancelled.
    ///
    /// @param watcher sees each row that is written
    List<WrittenFile> write(String select, FileTarget target, Watcher watcher);

    default List<WrittenFile> write(String select, FileTarget target) {
        return write(select, target, Watcher.NONE);
    }

    /// Runs a query only to be watched.
    ///
    /// @param fields its columns, by position
    void watch(String select, List<Field> fields, Watcher watcher);

    /// Writes what a query gives to one file for people.
    ///
    /// @param options of COPY, such as `HEADER` → `true`
    /// @return rows written
    long export(String select, String file, ExportFormat format, Map<String, String> options);

    enum ExportFormat {
        CSV,
        NDJSON,
        PARQUET
    }

    /// How far the running statement is, 0 to 1; below 0 where that is not known. Any thread.
    double progress();

    /// Stops the running statement, which then throws (CANCELLED). Any thread.
    void cancel();

    @Override
    void close();
}
