package dev.ade.ingest;

import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.LoadSpec.Format;
import dev.ade.model.Sql;
import dev.ade.model.Type;
import dev.ade.spi.Cursor;
import dev.ade.spi.Session;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Digits that are no number, as postcodes, article numbers and telephone numbers are: a number would lose the zeros or
/// the plus that they begin with. The engine finds most of them, but not behind a minus, nor where numbers are written
/// in another country's way.
final class Codes {
    private static final String CODE = "[+-]?0[0-9]+([.,][0-9]*)?|[+][0-9]{7,}";

    private static final Set<Type> FLOATS = Set.of(Type.Simple.FLOAT, Type.Simple.DOUBLE);

    /// What all of them have; neither a day nor a time has it.
    private static final Pattern SIGN =
            Pattern.compile("(?<![0-9.:/T-])[+-]?0[0-9]|[+][0-9]|[0-9]{16}");

    private static final String BEFORE_NONE = ".:/T-0123456789";

    private final Session session;
    private final ReaderOptions options;
    private final Expected expected;

    Codes(Session session, ReaderOptions options, Expected expected) {
        this.session = session;
        this.options = options;
        this.expected = expected;
    }

    /// Whether a text would come out of a number type with other digits, as SQL.
    static String condition(String text, Type type) {
        String lost = CODE + (FLOATS.contains(type) ? "|" + LongNumbers.TOO_LONG : "");
        return "regexp_full_match(trim(%s), %s)".formatted(text, Sql.literal(lost));
    }

    /// A CSV file's shape with VARCHAR for columns whose sample has codes. A type that is declared or stored stays.
    Shape of(Shape shape, Path path, String origin) {
        List<Column> numbers = shape.columns().stream().filter(this::isOpen).toList();
        if (shape.format() != Format.CSV || numbers.isEmpty()) {
            return shape;
        }
        boolean mayHaveSome =
                BEFORE_NONE.contains(shape.dialect().delimiter())
                        || Contents.mayHave(path, options.encoding().charset(), SIGN, origin);
        if (!mayHaveSome) {
            return shape;
        }
        List<String> codes = codes(shape, numbers, path, origin);
        List<Column> columns =
                shape.columns().stream()
                        .map(column ->
                                codes.contains(column.name())
                                        ? new Column(column.name(), Type.Simple.VARCHAR)
                                        : column)
                        .toList();
        return new Shape(shape.format(), shape.dialect(), columns);
    }

    private boolean isOpen(Column column) {
        String own = expected.aliases().own(column.name());
        return column.type().isNumeric()
                && expected.declaredType(own).isEmpty()
                && expected.currentType(own).isEmpty();
    }

    /// The names of those that have some.
    private List<String> codes(Shape shape, List<Column> numbers, Path path, String origin) {
        Map<String, Type> texts = new LinkedHashMap<>();
        shape.columns().forEach(column -> texts.put(column.name(), Type.Simple.VARCHAR));
        String asked =
                numbers.stream()
                        .map(column ->
                                "coalesce(bool_or(%s), false)"
                                        .formatted(
                                                condition(Sql.quote(column.name()), column.type())))
                        .collect(Collectors.joining(", "));
        String sql =
                "SELECT %s FROM (FROM %s LIMIT %d)"
                        .formatted(
                                asked,
                                Scans.csv(
                                        List.of(path),
                                        shape.dialect(),
                                        options,
                                        texts,
                                        Optional.empty()),
                                Samples.fitRows(options));
        List<String> found = new ArrayList<>();
        try (Cursor cursor = session.query(sql)) {
            List<@Nullable Object> row = cursor.all(1).getFirst();
            for (int i = 0; i < numbers.size(); i++) {
                if (Boolean.TRUE.equals(row.get(i))) {
                    found.add(numbers.get(i).name());
                }
            }
        } catch (AdeException e) {
            throw Broken.file(origin, e);
        }
        return found;
    }
}
