package dev.ade.ingest;

import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.LoadSpec.Format;
import dev.ade.model.Type;
import dev.ade.spi.Cursor;
import dev.ade.spi.Privacy;
import dev.ade.spi.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Values of files, in memory, to decide by.
final class Samples {
    /// Values privacy sees of a column.
    static final int ROWS = 2_000;

    /// Rows that are looked at to see whether values fit a type.
    static final int FIT_ROWS = 20_480;

    private static final int FILES = 8;

    private final Session session;
    private final ReaderOptions options;

    Samples(Session session, ReaderOptions options) {
        this.session = session;
        this.options = options;
    }

    /// Some values of each column, from the first files, evenly.
    List<Privacy.Sample> of(List<Part> parts, List<Column> columns) {
        List<List<String>> values = new ArrayList<>();
        columns.forEach(_ -> values.add(new ArrayList<>()));
        List<Part> some = spread(parts.stream().filter(part -> !part.shape().isEmpty()).toList());
        for (Part part : some) {
            add(part, columns, values, Math.max(1, ROWS / some.size()));
        }
        List<Privacy.Sample> samples = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            samples.add(
                    new Privacy.Sample(
                            columns.get(i).name(), columns.get(i).type(), values.get(i)));
        }
        return samples;
    }

    private static List<Part> spread(List<Part> parts) {
        if (parts.size() <= FILES) {
            return parts;
        }
        List<Part> some = new ArrayList<>();
        for (int i = 0; i < FILES; i++) {
            some.add(parts.get((int) ((long) i * parts.size() / FILES)));
        }
        return some;
    }

    private void add(Part part, List<Column> columns, List<List<String>> values, int rows) {
        LoadSql sql = sql(columns);
        String select = sql.sample(part, reading(part), rows);
        try (Cursor cursor = session.query(select)) {
            for (List<@Nullable Object> row = cursor.next(); row != null; row = cursor.next()) {
                for (int i = 0; i < columns.size(); i++) {
                    Object value = row.get(i);
                    if (value != null) {
                        values.get(i).add(value.toString());
                    }
                }
            }
        } catch (AdeException e) {
            throw Broken.file(part.origin(), e);
        }
    }

    /// How many rows types are found from.
    static long fitRows(ReaderOptions options) {
        long asked = options.count(Option.SAMPLE_SIZE).orElse((long) FIT_ROWS);
        return asked < 0 ? Long.MAX_VALUE : asked;
    }

    Reconciler.Fit fit(Part part, String column, Type type) {
        Column read = part.shape().column(column).orElseThrow();
        Members.of(type).ifPresent(session::register);
        String sql = sql(List.of(read)).fit(part, reading(part), type, fitRows(options));
        try (Cursor cursor = session.query(sql)) {
            List<@Nullable Object> row = cursor.all(1).getFirst();
            return new Reconciler.Fit(number(row.get(0)), number(row.get(1)), number(row.get(2)));
        } catch (AdeException e) {
            throw Broken.file(part.origin(), e);
        }
    }

    private LoadSql sql(List<Column> columns) {
        List<LandingColumn> plain = columns.stream().map(LandingColumn::plain).toList();
        Door.register(session, plain);
        return new LoadSql(plain, List.of(), options, Instant.EPOCH, LoadSql.Guard.NONE);
    }

    private static LoadSql.Reading reading(Part part) {
        return part.shape().format() == Format.NDJSON
                ? LoadSql.Reading.LINES
                : LoadSql.Reading.WHOLE;
    }

    private static long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }
}
