package dev.ade.ingest.jdbc;

import dev.ade.spi.Cell;
import dev.ade.spi.Connector.Rows;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.postgresql.copy.CopyOut;

/// Puts what one COPY sends into a part of the stage. Used once.
final class PgCopy {
    private static final int END = -1;

    private final List<PgColumn> columns;
    private final PgDecoder[] decoders;
    private final Cell[] cells;
    private final Rows part;
    private final Throttle throttle;
    private int told;

    PgCopy(List<PgColumn> columns, Rows part, Throttle throttle) {
        this.columns = List.copyOf(columns);
        this.decoders = columns.stream().map(PgColumn::decoder).toArray(PgDecoder[]::new);
        this.cells = IntStream.range(0, columns.size()).mapToObj(part::cell).toArray(Cell[]::new);
        this.part = part;
        this.throttle = throttle;
    }

    /// @return how many rows the server says it sent
    long run(PgSession session, String select) throws SQLException {
        CopyOut copy = session.copy(select);
        try {
            return rows(copy);
        } catch (IOException e) {
            throttle.rows(-told);
            throw new SQLException("the database broke off: " + e.getMessage(), "08006", e);
        } catch (SQLException e) {
            throttle.rows(-told);
            throw e;
        } finally {
            stop(copy);
        }
    }

    private long rows(CopyOut copy) throws SQLException, IOException {
        CopyBuffer in = new CopyBuffer(copy);
        in.begin();
        int rows = 0;
        while (in.int2() != END) {
            row(in);
            rows++;
            if (rows == Throttle.STEP_ROWS) {
                throttle.rows(rows);
                told += rows;
                rows = 0;
            }
        }
        in.end();
        return copy.getHandledRowCount();
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
    private void row(CopyBuffer in) throws SQLException, IOException {
        Unfit unfit = null;
        String where = "";
        for (int i = 0; i < decoders.length; i++) {
            int length = in.int4();
            if (length < 0) {
                cells[i].nothing();
                continue;
            }
            try {
                decoders[i].read(in, length, cells[i]);
            } catch (Unfit e) {
                where = unfit == null ? columns.get(i).column().name() : where;
                unfit = unfit == null ? e : unfit;
            }
        }
        if (unfit == null) {
            part.end();
        } else {
            part.reject(where, unfit.value(), unfit.reason());
        }
    }
}
