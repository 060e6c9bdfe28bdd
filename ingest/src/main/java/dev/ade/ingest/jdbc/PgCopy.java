package dev.ade.ingest.jdbc;

import dev.ade.spi.Connector.Rows;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyOut;

/// Puts what one COPY sends into a part of the stage.
final class PgCopy {
    private static final int END = -1;

    private final List<PgColumn> columns;
    private final Throttle throttle;

    PgCopy(List<PgColumn> columns, Throttle throttle) {
        this.columns = List.copyOf(columns);
        this.throttle = throttle;
    }

    /// @return how many rows the server says it sent
    long run(PgSession session, String select, Rows part) throws SQLException {
        CopyOut copy = session.copy(select);
        try {
            CopyBuffer in = new CopyBuffer(copy);
            in.begin();
            while (in.int2() != END) {
                row(in, part);
                throttle.row();
            }
            in.end();
            return copy.getHandledRowCount();
        } catch (IOException e) {
            throw new SQLException("the database broke off: " + e.getMessage(), "08006", e);
        } finally {
            stop(copy);
        }
    }

    private static void stop(CopyOut copy) {
        if (copy.isActive()) {
            try {
                copy.cancelCopy();
            } catch (SQLException _) {
                // It failed already, which is what is told.
            }
        }
    }

    /// All of a row is read whatever is in it, so that the next begins at its place.
    private void row(CopyBuffer in, Rows part) throws SQLException, IOException {
        List<@Nullable Object> values = new ArrayList<>(columns.size());
        Unfit unfit = null;
        String where = "";
        for (PgColumn column : columns) {
            int length = in.int4();
            try {
                values.add(length < 0 ? null : column.decoder().read(in, length));
            } catch (Unfit e) {
                where = unfit == null ? column.column().name() : where;
                unfit = unfit == null ? e : unfit;
            }
        }
        if (unfit == null) {
            part.add(values);
        } else {
            part.reject(where, unfit.value(), unfit.reason());
        }
    }
}
