package dev.ade.ingest;

import dev.ade.model.Column;
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
import org.jspecify.annotations.Nullable;

/// Types of a seed's columns as dbt finds them. The engine guesses more: that `y` and `no` are booleans, `1/2/2026` a
/// date and `10:30` a time. Models of a dbt project compare such columns with texts.
final class SeedTypes {
    private static final String DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}";

    private final Session session;
    private final ReaderOptions options;

    SeedTypes(Session session, ReaderOptions options) {
        this.session = session;
        this.options = options;
    }

    /// The shape with `VARCHAR` for columns that dbt would have read as text.
    Shape of(Shape shape, Path path) {
        List<Column> doubted = new ArrayList<>();
        shape.columns().stream().filter(column -> test(column).isPresent()).forEach(doubted::add);
        if (doubted.isEmpty()) {
            return shape;
        }
        List<Boolean> kept = test(shape, doubted, path);
        List<Column> columns = new ArrayList<>(shape.columns());
        for (int i = 0; i < doubted.size(); i++) {
            if (!kept.get(i)) {
                Column column = doubted.get(i);
                columns.set(
                        columns.indexOf(column), new Column(column.name(), Type.Simple.VARCHAR));
            }
        }
        return new Shape(shape.format(), shape.dialect(), columns);
    }

    private List<Boolean> test(Shape shape, List<Column> doubted, Path path) {
        Map<String, Type> texts = new LinkedHashMap<>();
        shape.columns().forEach(column -> texts.put(column.name(), Type.Simple.VARCHAR));
        List<String> tests = new ArrayList<>();
        doubted.forEach(column ->
                tests.add("coalesce(bool_and(%s), true)".formatted(test(column).orElseThrow())));
        String sql =
                "SELECT %s FROM %s"
                        .formatted(
                                String.join(", ", tests),
                                Scans.csv(
                                        List.of(path),
                                        shape.dialect(),
                                        options,
                                        texts,
                                        Optional.empty()));
        try (Cursor cursor = session.query(sql)) {
            List<@Nullable Object> row = cursor.all(1).getFirst();
            return row.stream().map(Boolean.TRUE::equals).toList();
        }
    }

    /// What every value of a column has to be for dbt to agree with its type, or empty where it does anyway.
    private static Optional<String> test(Column column) {
        if (!(column.type() instanceof Type.Simple simple)) {
            return Optional.empty();
        }
        String text = "trim(%s)".formatted(Sql.quote(column.name()));
        return switch (simple) {
            case BOOLEAN -> Optional.of("lower(%s) IN ('true', 'false')".formatted(text));
            case DATE -> Optional.of(text + " SIMILAR TO '" + DAY + "'");
            case TIMESTAMP, TIMESTAMPTZ -> Optional.of(text + " SIMILAR TO '" + DAY + "[ T].*'");
            case TIME -> Optional.of("false");
            case INTEGER, BIGINT, FLOAT, DOUBLE, VARCHAR, BLOB, UUID -> Optional.empty();
        };
    }
}
