package dev.ade.run.build;

import dev.ade.spi.Cursor;
import dev.ade.spi.Session;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Small results.
final class Rows {
    private static final int ROWS_MAX = 1_000_000;

    private Rows() {}

    static long number(Session session, String sql) {
        return asLong(all(session, sql).getFirst().getFirst());
    }

    static long asLong(@Nullable Object value) {
        return ((Number) Objects.requireNonNull(value)).longValue();
    }

    static List<List<@Nullable Object>> all(Session session, String sql) {
        try (Cursor cursor = session.query(sql)) {
            return cursor.all(ROWS_MAX);
        }
    }
}
