package dev.ade.ingest.jdbc;

import dev.ade.model.Type;
import dev.ade.model.Type.Simple;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/// Values as JDBC says every driver gives them.
final class StandardValues {
    private StandardValues() {}

    static PlainColumn.Reader reader(Type type) {
        return (rows, index) -> {
            Object value =
                    switch (type) {
                        case Simple simple -> value(rows, index, simple);
                        case Type.Decimal _ -> rows.getBigDecimal(index);
                        case Type.ListOf _, Type.Struct _, Type.MapOf _ -> rows.getString(index);
                    };
            return rows.wasNull() ? null : value;
        };
    }

    private static @Nullable Object value(ResultSet rows, int index, Simple type)
            throws SQLException, Unfit {
        return switch (type) {
            case BOOLEAN -> rows.getBoolean(index);
            case INTEGER -> rows.getInt(index);
            case BIGINT -> rows.getLong(index);
            case FLOAT -> rows.getFloat(index);
            case DOUBLE -> rows.getDouble(index);
            case DATE -> rows.getObject(index, LocalDate.class);
            case TIME -> time(rows.getObject(index, LocalTime.class));
            case TIMESTAMP -> timestamp(rows.getObject(index, LocalDateTime.class));
            case TIMESTAMPTZ -> instant(rows.getObject(index, OffsetDateTime.class));
            case BLOB -> rows.getBytes(index);
            case UUID -> rows.getObject(index);
            case VARCHAR -> rows.getString(index);
        };
    }

    private static @Nullable Object time(@Nullable LocalTime time) throws Unfit {
        return time == null ? null : Micros.of(time);
    }

    private static @Nullable Object timestamp(@Nullable LocalDateTime time) throws Unfit {
        return time == null ? null : Micros.of(time);
    }

    private static @Nullable Object instant(@Nullable OffsetDateTime time) throws Unfit {
        return time == null ? null : Micros.of(time.toInstant());
    }
}
