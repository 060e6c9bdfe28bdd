package dev.ade.duck;

import dev.ade.model.Field;
import dev.ade.model.Layout;
import dev.ade.model.Sql;
import dev.ade.model.Type;
import dev.ade.spi.FileTarget;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Iceberg's partition transforms in SQL.
final class Transforms {
    private Transforms() {}

    static String sql(Layout.Partition partition) {
        String column = Sql.quote(partition.column());
        return switch (partition.transform()) {
            case IDENTITY -> column;
            case YEAR -> since("year", column);
            case MONTH -> since("month", column);
            case DAY -> since("day", column);
            case HOUR -> since("hour", column);
            case TRUNCATE -> "left(cast(%s as varchar), %d)".formatted(column, partition.width());
            case BUCKET ->
                    throw dev.ade.model.AdeException.user(
                            "Cannot partition by bucket", "Partition by a time or a plain column");
        };
    }

    private static String since(String unit, String column) {
        return "date_diff('%s', timestamp '1970-01-01', cast(%s as timestamp))"
                .formatted(unit, column);
    }

    static @Nullable Object value(
            Layout.Partition partition, @Nullable String text, FileTarget target) {
        if (text == null || text.equals("NULL")) {
            return null;
        }
        return switch (partition.transform()) {
            case YEAR, MONTH, DAY, HOUR, BUCKET -> Integer.valueOf(text);
            case IDENTITY, TRUNCATE -> Stats.value(type(partition.column(), target.fields()), text);
        };
    }

    private static Type type(String column, List<Field> fields) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(column))
                .findFirst()
                .orElseThrow()
                .type();
    }
}
