package dev.ade.quality.profile;

import dev.ade.model.Type;
import dev.ade.quality.sketch.ColumnSketch.Summaries;
import dev.ade.quality.sketch.Distinct;
import dev.ade.quality.sketch.Frequents;
import dev.ade.quality.sketch.Lengths;
import dev.ade.quality.sketch.Moments;
import dev.ade.quality.sketch.Quantiles;
import dev.ade.spi.Cursor;
import dev.ade.spi.Session;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What one row says about columns that are the same in every row.
///
/// @param hash tells the engine's hash from others
/// @param values by the names that `ProfileSql.constants` gives
record Constants(long hash, Map<String, @Nullable Object> values) {
    static Constants of(Session session, ProfileSql sql) {
        try (Cursor cursor = session.query(sql.constants())) {
            List<String> names = cursor.schema().names();
            List<@Nullable Object> row = Objects.requireNonNull(cursor.next());
            Map<String, @Nullable Object> values = new HashMap<>();
            for (int i = 0; i < names.size(); i++) {
                values.put(names.get(i), row.get(i));
            }
            return new Constants(Numbers.whole(values.get("hash")), values);
        }
    }

    /// Of a part with so many rows.
    Summaries summaries(Measured column, long rows) {
        Object number = values.get(column.name() + "_number");
        Object length = values.get(column.name() + "_length");
        return new Summaries(
                number == null ? Moments.NONE : new Moments(rows, Numbers.orZero(number), 0),
                length == null ? Lengths.NONE : lengths(Numbers.whole(length), rows),
                distinct(column, values.get(column.name() + "_registers")),
                number == null ? Quantiles.NONE : Quantiles.same(Numbers.orZero(number), rows),
                Frequents.of(Map.of(text(column), rows), 0));
    }

    private static Lengths lengths(long length, long rows) {
        return new Lengths(rows, length, (double) length * rows, length);
    }

    private String text(Measured column) {
        String text = String.valueOf(values.get(column.name() + "_text"));
        return text.codePointCount(0, text.length()) <= Frequents.CHARACTERS_MAX
                ? text
                : text.substring(0, text.offsetByCodePoints(0, Frequents.CHARACTERS_MAX));
    }

    /// @param registers as the engine exports them
    Distinct distinct(Measured column, @Nullable Object registers) {
        return registers instanceof String state
                ? Distinct.ofRegisters(family(column.type()), Registers.of(state))
                : Distinct.NONE;
    }

    /// Which hash it is that registers are of: that of the engine, over values of one representation.
    private long family(Type type) {
        String representation =
                switch (type) {
                    case Type.Decimal decimal -> "decimal," + decimal.scale();
                    case Type.Simple _ when Measured.isFloating(type) -> "floating";
                    case Type.Simple _ when type.isNumeric() -> "integer";
                    case Type.Simple _, Type.ListOf _, Type.Struct _, Type.MapOf _ -> type.sql();
                };
        return hash ^ representation.hashCode();
    }
}
