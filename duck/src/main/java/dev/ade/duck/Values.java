package dev.ade.duck;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Struct;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBStruct;
import org.jspecify.annotations.Nullable;

/// Values as `Cursor` promises them.
final class Values {
    private Values() {}

    static @Nullable Object of(ResultSet result, int column) throws SQLException {
        Object value = result.getObject(column);
        if (value instanceof Timestamp) {
            return result.getObject(column, LocalDateTime.class);
        }
        return plain(value);
    }

    private static @Nullable Object plain(@Nullable Object value) throws SQLException {
        return switch (value) {
            case null -> null;
            case Byte number -> number.intValue();
            case Short number -> number.intValue();
            case BigInteger number -> new BigDecimal(number);
            case Timestamp timestamp -> timestamp.toLocalDateTime();
            case OffsetDateTime time -> time.toInstant();
            case Blob blob -> blob.getBytes(1, (int) blob.length());
            case Array array -> list((Object[]) array.getArray());
            case DuckDBStruct struct -> map(struct.getMap());
            case Struct struct -> list(struct.getAttributes());
            case Map<?, ?> map -> map(map);
            case Boolean _,
                    Integer _,
                    Long _,
                    Float _,
                    Double _,
                    BigDecimal _,
                    String _,
                    byte[] _,
                    java.util.UUID _,
                    java.time.LocalDate _,
                    java.time.LocalTime _ ->
                    value;
            default -> value.toString();
        };
    }

    private static List<@Nullable Object> list(@Nullable Object[] values) throws SQLException {
        List<@Nullable Object> list = new ArrayList<>(values.length);
        for (Object value : values) {
            list.add(plain(value));
        }
        return list;
    }

    private static Map<Object, @Nullable Object> map(Map<?, ?> values) throws SQLException {
        Map<Object, @Nullable Object> map = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : values.entrySet()) {
            map.put(String.valueOf(plain(entry.getKey())), plain(entry.getValue()));
        }
        return map;
    }
}
