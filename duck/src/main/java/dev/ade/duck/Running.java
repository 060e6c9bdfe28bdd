package dev.ade.duck;

import dev.ade.model.AdeException;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/// The statement that runs in a session, so that any thread can stop it. DuckDB says that it was stopped in
/// many words, depending on when; so what stopped it is kept here.
final class Running {
    private @Nullable Statement statement;
    private @Nullable AdeException stop;

    synchronized void begin(Statement begun) {
        statement = begun;
        stop = null;
    }

    synchronized void end() {
        statement = null;
    }

    synchronized @Nullable Statement statement() {
        return statement;
    }

    /// Stops what runs, which then fails with `why`. Nothing happens where nothing runs.
    synchronized void stop(AdeException why) {
        if (statement == null) {
            return;
        }
        stop = why;
        try {
            statement.cancel();
        } catch (SQLException e) {
            throw Errors.of(e, "");
        }
    }

    synchronized boolean isStopped() {
        return stop != null;
    }

    /// What to throw for an error of the statement.
    synchronized AdeException failure(SQLException error, String sql) {
        return stop == null ? Errors.of(error, sql) : stop.causedBy(error);
    }
}
