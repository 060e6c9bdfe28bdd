package dev.ade.run.vault;

import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.Sql;
import dev.ade.spi.Cursor;
import dev.ade.spi.Engine;
import dev.ade.spi.Relations;
import dev.ade.spi.Session;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Formats that need an engine to be understood.
record EnginePeople(Engine engine) {
    /// Rows that a connector staged, and files that came as Parquet. The copy has the other rows, not the same bytes.
    long parquet(Wanted wanted, Path original, Path copy) {
        String file = "read_parquet(%s)".formatted(Sql.literal(original.toString()));
        try (Session session = engine.open(Relations.none())) {
            String theirs =
                    session.describe("select * from " + file).columns().stream()
                            .map(Column::name)
                            .filter(wanted::isColumn)
                            .map(name -> is(name, wanted))
                            .collect(Collectors.joining(" or "));
            if (theirs.isEmpty()) {
                theirs = "false";
            }
            long removed;
            try (Cursor cursor =
                    session.query("select count(*) from %s where %s".formatted(file, theirs))) {
                removed =
                        ((Number) Objects.requireNonNull(cursor.all(1).getFirst().getFirst()))
                                .longValue();
            }
            if (removed > 0) {
                session.export(
                        "select * from %s where not (%s)".formatted(file, theirs),
                        copy.toString(),
                        Session.ExportFormat.PARQUET,
                        Map.of("preserve_order", "true"));
            }
            return removed;
        }
    }

    private static String is(String column, Wanted wanted) {
        String name = Sql.quote(column);
        return wanted.of(column).stream()
                .map(value ->
                        """
                        coalesce(trim(cast(%1$s as varchar)) = %2$s
                          or try_cast(cast(%1$s as varchar) as decimal(38, 9)) = try_cast(%2$s as decimal(38, 9)), false)\
                        """
                                .formatted(name, Sql.literal(value)))
                .collect(Collectors.joining(" or "));
    }

    /// One JSON object a line.
    long lines(Wanted wanted, Path original, Path copy) throws IOException, People.Unsearchable {
        long removed = 0;
        try (Session session = engine.open(Relations.none());
                BufferedReader in = Files.newBufferedReader(original, StandardCharsets.UTF_8);
                Writer out = Files.newBufferedWriter(copy, StandardCharsets.UTF_8)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (!wanted.isNowhereIn(line) && isTheirs(session, line, wanted)) {
                    removed++;
                } else {
                    out.write(line);
                    out.write('\n');
                }
            }
        } catch (MalformedInputException _) {
            throw new People.Unsearchable("it is not in UTF-8");
        }
        return removed;
    }

    private static boolean isTheirs(Session session, String line, Wanted wanted) {
        String fields =
                "select key, value ->> '$' from json_each(cast(? as json)) where json_type(cast(? as json)) = 'OBJECT'";
        try (Cursor cursor = session.query(fields, List.of(line, line))) {
            for (List<@Nullable Object> row = cursor.next(); row != null; row = cursor.next()) {
                @Nullable Object value = row.get(1);
                if (value != null
                        && wanted.isValue(String.valueOf(row.getFirst()), value.toString())) {
                    return true;
                }
            }
            return false;
        } catch (AdeException _) {
            return wanted.isIn(line); // it is no JSON
        }
    }
}
