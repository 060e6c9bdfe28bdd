package dev.ade.quality.profile;

import dev.ade.model.Field;
import dev.ade.model.Type.Simple;
import dev.ade.quality.sketch.Bounds;
import dev.ade.spi.Cursor;
import dev.ade.spi.Session;
import dev.ade.spi.WrittenFile;
import dev.ade.spi.WrittenFile.ColumnStats;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The first and the last text of columns, in order: to compare every text with them would be dear. Statistics of files
/// say it, but where texts are long or files are older; then the engine is asked.
record TextBounds(List<Field> fields, List<WrittenFile> files) {
    /// By the column's place.
    Map<Integer, Bounds> of(Session session) {
        Map<Integer, Bounds> bounds = new HashMap<>();
        List<Integer> unknown = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).type() == Simple.VARCHAR) {
                Bounds known = known(fields.get(i));
                if (known == null) {
                    unknown.add(i);
                } else {
                    bounds.put(i, known);
                }
            }
        }
        if (!unknown.isEmpty()) {
            ask(session, unknown, bounds);
        }
        return bounds;
    }

    /// Null where a file does not say.
    private @Nullable Bounds known(Field field) {
        Bounds bounds = Bounds.NONE;
        for (WrittenFile file : files) {
            ColumnStats stats = file.columns().get(field.id());
            if (stats == null) {
                return null;
            }
            if (stats.min() != null && stats.max() != null) {
                bounds = bounds.merge(Bounds.of(stats.min(), stats.max()), field.type());
            } else if (stats.values() > stats.nulls()) {
                return null;
            }
        }
        return bounds;
    }

    private void ask(Session session, List<Integer> places, Map<Integer, Bounds> bounds) {
        List<String> results = new ArrayList<>();
        places.forEach(place -> results.add("min(c%1$d), max(c%1$d)".formatted(place)));
        String sql =
                "select %s from (%s)"
                        .formatted(
                                String.join(", ", results), new Source(fields, files).sql(session));
        try (Cursor cursor = session.query(sql)) {
            List<@Nullable Object> row = cursor.all(1).getFirst();
            for (int k = 0; k < places.size(); k++) {
                Object min = row.get(2 * k);
                Object max = row.get(2 * k + 1);
                bounds.put(
                        places.get(k),
                        min == null || max == null ? Bounds.NONE : Bounds.of(min, max));
            }
        }
    }
}
