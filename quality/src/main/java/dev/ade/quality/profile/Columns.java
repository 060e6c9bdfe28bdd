package dev.ade.quality.profile;

import dev.ade.model.Field;
import dev.ade.model.Type.Simple;
import dev.ade.quality.profile.Measured.Finiteness;
import dev.ade.quality.profile.Measured.Statistics;
import dev.ade.quality.profile.Measured.Variation;
import dev.ade.quality.sketch.Bounds;
import dev.ade.spi.Cursor;
import dev.ade.spi.Session;
import dev.ade.spi.WrittenFile;
import dev.ade.spi.WrittenFile.ColumnStats;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides how each column is measured: what the files' statistics say is taken from there.
final class Columns {
    private final List<Field> fields;
    private final List<WrittenFile> files;

    Columns(List<Field> fields, List<WrittenFile> files) {
        this.fields = fields;
        this.files = files;
    }

    /// @param source the rows, for bounds that statistics do not have; the engine mostly knows them without a scan
    List<Measured> measured(Session session, String source) {
        Map<Integer, Range> ranges = ranges(session, source);
        List<Measured> columns = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            Range range = ranges.getOrDefault(i, Range.NONE);
            columns.add(
                    new Measured(
                            i,
                            field,
                            Measured.isNumber(field.type())
                                    ? Optional.of(range.centre())
                                    : Optional.empty(),
                            range.finiteness(field),
                            isKnown(field) ? Statistics.KNOWN : Statistics.MISSING,
                            isConstant(field) ? Variation.CONSTANT : Variation.VARIES));
        }
        return columns;
    }

    /// The range of a column's values as numbers; not finite where some value is not.
    private record Range(double min, double max) {
        static final Range NONE = new Range(0, 0);

        double centre() {
            double centre = min / 2 + max / 2;
            return Double.isFinite(centre) ? centre : Double.isFinite(min) ? min : 0;
        }

        Finiteness finiteness(Field field) {
            boolean hasInfinity = Measured.isFloating(field.type()) || field.type().isTemporal();
            return hasInfinity && !Double.isFinite(max - min)
                    ? Finiteness.UNKNOWN
                    : Finiteness.FINITE;
        }
    }

    private boolean isKnown(Field field) {
        for (WrittenFile file : files) {
            ColumnStats stats = file.columns().get(field.id());
            if (stats == null) {
                return false;
            }
            boolean hasValues = stats.values() > stats.nulls();
            boolean needsBounds = !field.type().isNested() && field.type() != Simple.BLOB;
            if (hasValues && needsBounds && (stats.min() == null || stats.max() == null)) {
                return false;
            }
        }
        return true;
    }

    private boolean isConstant(Field field) {
        Set<Object> values = new HashSet<>();
        for (WrittenFile file : files) {
            ColumnStats stats = file.columns().get(field.id());
            if (stats == null || stats.nulls() > 0 || stats.min() == null || stats.max() == null) {
                return false;
            }
            values.add(stats.min());
            values.add(stats.max());
        }
        boolean canBeAsked = !field.type().isNested() && !Measured.isFloating(field.type());
        return canBeAsked && values.size() == 1;
    }

    private Map<Integer, Range> ranges(Session session, String source) {
        Map<Integer, Range> ranges = new HashMap<>();
        List<Integer> asked = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            if (!Measured.isNumber(field.type())) {
                continue;
            }
            if (isKnown(field)) {
                ranges.put(i, ofStatistics(field));
            } else {
                asked.add(i);
            }
        }
        if (!asked.isEmpty()) {
            ask(session, source, asked, ranges);
        }
        return ranges;
    }

    private Range ofStatistics(Field field) {
        Range range = new Range(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
        for (WrittenFile file : files) {
            ColumnStats stats = file.columns().get(field.id());
            if (stats != null && stats.min() != null && stats.max() != null) {
                double min = number(stats.min(), field);
                double max = number(stats.max(), field);
                range = new Range(Math.min(range.min, min), Math.max(range.max, max));
            }
        }
        return range.min > range.max ? Range.NONE : range;
    }

    private static double number(Object bound, Field field) {
        if (bound instanceof Number number) {
            return number.doubleValue();
        }
        OptionalDouble seconds = Bounds.number(Optional.of(Bounds.text(bound)), field.type());
        return seconds.orElseThrow();
    }

    private void ask(
            Session session, String source, List<Integer> asked, Map<Integer, Range> ranges) {
        List<String> results = new ArrayList<>();
        for (int i : asked) {
            for (String bound : List.of("min", "max")) {
                results.add(Measured.number("%s(c%d)".formatted(bound, i), fields.get(i).type()));
            }
            results.add("count(c%d)".formatted(i));
        }
        String sql = "select %s from (%s)".formatted(String.join(", ", results), source);
        try (Cursor cursor = session.query(sql)) {
            List<@Nullable Object> row = cursor.all(1).getFirst();
            for (int k = 0; k < asked.size(); k++) {
                boolean isEmpty = row.get(3 * k + 2) instanceof Long count && count == 0;
                Range range = new Range(number(row.get(3 * k)), number(row.get(3 * k + 1)));
                ranges.put(asked.get(k), isEmpty ? Range.NONE : range);
            }
        }
    }

    /// Infinite temporals come as NULL.
    private static double number(@Nullable Object value) {
        return value instanceof Number number ? number.doubleValue() : Double.NaN;
    }
}
