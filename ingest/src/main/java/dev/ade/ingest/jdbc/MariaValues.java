package dev.ade.ingest.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// Values of MariaDB and MySQL that come as texts. Their dates may be none, and their times of day may be longer than a
/// day: both fit nothing here.
public final class MariaValues {
    private static final int DATE_LENGTH = 10;

    private MariaValues() {}

    static @Nullable Object real(ResultSet rows, int index) throws SQLException {
        double value = rows.getDouble(index);
        return rows.wasNull() ? null : (Object) (float) value;
    }

    static @Nullable Object date(ResultSet rows, int index) throws SQLException, Unfit {
        String text = rows.getString(index);
        return text == null ? null : date(text, "DATE");
    }

    private static LocalDate date(String text, String type) throws Unfit {
        try {
            return LocalDate.parse(text.substring(0, DATE_LENGTH));
        } catch (DateTimeException _) {
            throw noDate(text, type);
        }
    }

    /// @param type that it does not fit
    public static Unfit noDate(String text, String type) {
        String kind = text.startsWith("0000-00-00") ? "the zero date" : "a date of no day";
        return new Unfit(text, kind + " fits no " + type);
    }

    static @Nullable Object time(ResultSet rows, int index) throws SQLException, Unfit {
        String text = rows.getString(index);
        try {
            return text == null ? null : LocalTime.parse(text);
        } catch (DateTimeException _) {
            throw noTime(text);
        }
    }

    public static Unfit noTime(String text) {
        return new Unfit(text, "a time below 0 or of a day and more fits no TIME");
    }

    static @Nullable Object timestamp(ResultSet rows, int index) throws SQLException, Unfit {
        String text = rows.getString(index);
        return text == null ? null : timestamp(text, "TIMESTAMP");
    }

    static @Nullable Object instant(ResultSet rows, int index) throws SQLException, Unfit {
        String text = rows.getString(index);
        return text == null
                ? null
                : timestamp(text, "TIMESTAMP WITH TIME ZONE").toInstant(ZoneOffset.UTC);
    }

    private static LocalDateTime timestamp(String text, String type) throws Unfit {
        return date(text, type).atTime(LocalTime.parse(text.substring(DATE_LENGTH + 1)));
    }
}
