package dev.ade.ingest;

import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.LoadSpec.Format;
import dev.ade.model.Sql;
import dev.ade.model.Type;
import dev.ade.model.Type.Decimal;
import dev.ade.model.Type.ListOf;
import dev.ade.model.Type.MapOf;
import dev.ade.model.Type.Simple;
import dev.ade.model.Type.Struct;
import dev.ade.spi.Cursor;
import dev.ade.spi.Session;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Whole numbers of JSON with more digits than a double keeps, wherever in an object they are: beyond 64 bits, or beside
/// a fraction, the engine's guess of them is DOUBLE.
final class LongNumbers {
    /// Digits of whole numbers that a double does not always keep.
    static final String TOO_LONG = "[+-]?[0-9]{16,}";

    private static final Pattern SIGN = Pattern.compile("[0-9]{16}");

    private static final Decimal WHOLE = new Decimal(Decimal.PRECISION_MAX, 0);

    private final Session session;
    private final ReaderOptions options;
    private final Expected expected;

    LongNumbers(Session session, ReaderOptions options, Expected expected) {
        this.session = session;
        this.options = options;
        this.expected = expected;
    }

    /// A JSON file's shape with a decimal for them, or VARCHAR where that does not hold all there is. A type that is
    /// declared or stored stays.
    Shape of(Shape shape, Path path, String origin) {
        List<String> doubles = new ArrayList<>();
        shape.columns().stream()
                .filter(this::isOpen)
                .forEach(column -> collect(column.type(), at("$", column), doubles));
        boolean isJson = shape.format() == Format.JSON || shape.format() == Format.NDJSON;
        if (!isJson
                || doubles.isEmpty()
                || !Contents.mayHave(path, options.encoding().charset(), SIGN, origin)) {
            return shape;
        }
        Map<String, Type> found = found(shape.format(), doubles, path, origin);
        return new Shape(shape.format(), shape.dialect(), exact(shape.columns(), "$", found));
    }

    private boolean isOpen(Column column) {
        String own = expected.aliases().own(column.name());
        return expected.declaredType(own).isEmpty()
                && expected.currentType(own).filter(column.type()::equals).isEmpty();
    }

    private static String at(String path, Column field) {
        return path + ".\"" + field.name().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static void collect(Type type, String path, List<String> doubles) {
        switch (type) {
            case Simple simple when simple == Simple.DOUBLE -> doubles.add(path);
            case Simple _, Decimal _ -> {}
            case ListOf(Type element) -> collect(element, path + "[*]", doubles);
            case MapOf(Type _, Type value) -> collect(value, path + ".*", doubles);
            case Struct(List<Column> fields) ->
                    fields.forEach(field -> collect(field.type(), at(path, field), doubles));
        }
    }

    /// What those of them are that have long numbers.
    private Map<String, Type> found(Format format, List<String> doubles, Path path, String origin) {
        String asked = doubles.stream().map(LongNumbers::asked).collect(Collectors.joining(", "));
        String sql =
                "SELECT %s FROM (%s LIMIT %d)"
                        .formatted(
                                asked,
                                Scans.objects(path, format, options),
                                Samples.fitRows(options));
        Map<String, Type> found = new HashMap<>();
        try (Cursor cursor = session.query(sql)) {
            List<@Nullable Object> row = cursor.all(1).getFirst();
            for (int i = 0; i < doubles.size(); i++) {
                if (Boolean.TRUE.equals(row.get(2 * i))) {
                    boolean isWhole = !Boolean.TRUE.equals(row.get(2 * i + 1));
                    found.put(doubles.get(i), isWhole ? WHOLE : Simple.VARCHAR);
                }
            }
        } catch (AdeException e) {
            throw Broken.file(origin, e);
        }
        return found;
    }

    /// Whether a value is too long, and whether one is no whole number that a decimal holds.
    private static String asked(String path) {
        String text = "json_extract_string(json, %s)".formatted(Sql.literal(path));
        boolean isMany = path.contains("[*]") || path.contains(".*");
        String values = isMany ? text : "[" + text + "]";
        return any(values, "regexp_full_match(x, '%s')".formatted(TOO_LONG))
                + ", "
                + any(
                        values,
                        "NOT regexp_full_match(x, '-?[0-9]{1,%d}')"
                                .formatted(Decimal.PRECISION_MAX));
    }

    private static String any(String values, String condition) {
        return "bool_or(len(list_filter(%s, lambda x: %s)) > 0)".formatted(values, condition);
    }

    private static List<Column> exact(List<Column> columns, String path, Map<String, Type> found) {
        return columns.stream()
                .map(it -> new Column(it.name(), exact(it.type(), at(path, it), found)))
                .toList();
    }

    private static Type exact(Type type, String path, Map<String, Type> found) {
        return switch (type) {
            case Simple _, Decimal _ -> found.getOrDefault(path, type);
            case ListOf(Type element) -> new ListOf(exact(element, path + "[*]", found));
            case MapOf(Type key, Type value) -> new MapOf(key, exact(value, path + ".*", found));
            case Struct(List<Column> fields) -> new Struct(exact(fields, path, found));
        };
    }
}
