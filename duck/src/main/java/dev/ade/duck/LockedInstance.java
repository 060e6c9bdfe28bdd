package dev.ade.duck;

import dev.ade.model.Settings.EngineSettings;
import dev.ade.model.Sql;
import dev.ade.model.TableName;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;

/// An instance for users' queries. It can reach the files of the datasets that were bound when it started and those it
/// spills itself, nothing else, and cannot be talked out of it. Lives until it is retired and its last connection is given
/// back.
final class LockedInstance {
    private final DuckDBConnection root;
    private final Map<TableName, String> bound;
    private final Runnable removal;
    private int users;
    private boolean isRetired;

    /// @param removal of what it leaves on the disk
    private LockedInstance(DuckDBConnection root, Map<TableName, String> bound, Runnable removal) {
        this.root = root;
        this.bound = bound;
        this.removal = removal;
    }

    /// The engine lets a query read where it spills, so nobody else may: others have there what is not hidden yet.
    ///
    /// @param wanted bound nowhere yet
    static LockedInstance start(EngineSettings settings, Wanted wanted) {
        ScratchFolder folder = ScratchFolder.create(settings);
        try {
            return start(folder.settings(settings), wanted, List.of(), folder::close);
        } catch (RuntimeException | Error e) {
            folder.close();
            throw e;
        }
    }

    /// @param wanted bound nowhere yet
    /// @param folder that it can read and write, which stays
    static LockedInstance startWriting(
            EngineSettings settings, Wanted wanted, ScratchFolder folder) {
        return start(folder.beside(settings), wanted, List.of(folder.path() + "/"), () -> {});
    }

    private static LockedInstance start(
            EngineSettings settings, Wanted wanted, List<String> folders, Runnable removal) {
        try {
            DuckDBConnection root = DuckEngine.start(settings);
            try (Statement statement = root.createStatement()) {
                for (String sql : wanted.statements()) {
                    statement.execute(sql);
                }
                lock(statement, wanted.names().paths(), folders);
            } catch (SQLException | RuntimeException | Error e) {
                root.close();
                throw e;
            }
            return new LockedInstance(root, Map.copyOf(wanted.names().bound()), removal);
        } catch (SQLException e) {
            throw Errors.of(e, "");
        }
    }

    /// For good: nothing but these files may be opened, and no setting changed.
    static void lock(Statement statement, Collection<String> paths, Collection<String> folders)
            throws SQLException {
        allow(statement, "allowed_paths", paths);
        allow(statement, "allowed_directories", folders);
        statement.execute("set enable_external_access = false");
        statement.execute("set lock_configuration = true");
    }

    private static void allow(Statement statement, String setting, Collection<String> places)
            throws SQLException {
        if (!places.isEmpty()) {
            statement.execute(
                    places.stream()
                            .map(Sql::literal)
                            .collect(Collectors.joining(", ", "set " + setting + " = [", "]")));
        }
    }

    /// Names with what they stand for here.
    Map<TableName, String> bound() {
        return bound;
    }

    /// True where all that is wanted stands for the same here.
    boolean has(Wanted wanted) {
        return bound.entrySet().containsAll(wanted.names().bound().entrySet());
    }

    /// To be given back.
    synchronized DuckDBConnection connect() {
        try {
            DuckDBConnection connection = root.duplicate();
            users++;
            return connection;
        } catch (SQLException e) {
            throw Errors.of(e, "");
        }
    }

    synchronized void giveBack(DuckDBConnection connection) {
        users--;
        try (connection) {
            closeIfUnused();
        } catch (SQLException e) {
            throw Errors.of(e, "");
        }
    }

    /// Closes it once nobody uses it any more.
    synchronized void retire() {
        isRetired = true;
        try {
            closeIfUnused();
        } catch (SQLException e) {
            throw Errors.of(e, "");
        }
    }

    private void closeIfUnused() throws SQLException {
        if (isRetired && users == 0) {
            root.close();
            removal.run();
        }
    }
}
