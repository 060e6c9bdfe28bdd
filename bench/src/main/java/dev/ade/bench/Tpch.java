package dev.ade.bench;

import dev.ade.app.Ade;
import dev.ade.app.Ade.Options;
import dev.ade.app.Ade.ReadPoint;
import dev.ade.bench.Bench.Benchmark;
import dev.ade.bench.Bench.Place;
import dev.ade.model.EnvironmentName;
import dev.ade.model.Sql;
import dev.ade.spi.Cursor;
import io.trino.tpch.TpchColumn;
import io.trino.tpch.TpchColumnType;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The 22 questions of TPC-H, through ADE's tables and from the Parquet files that they were loaded from, in one
/// process, each asked in turns.
final class Tpch implements Benchmark {
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final double SCALE = Double.parseDouble(System.getProperty("bench.scale", "1"));

    @Override
    public void run(Place place) throws IOException, InterruptedException {
        Path project = place.scratch().resolve("tpch");
        Path parquet = project.resolve("landing");
        Files.createDirectories(parquet);
        generate(place.scratch(), parquet);
        Files.createDirectories(project.resolve("tpch"));
        Files.writeString(project.resolve("ade.yml"), "name: tpch\n");
        Files.writeString(project.resolve("tpch/sources.yml"), sources());
        place.ade().run(project, "run");
        try (Ade ade = Ade.open(new Options(project, EnvironmentName.PROD, Map.of()));
                Connection raw = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = raw.createStatement()) {
            attach(statement, parquet);
            compare(ade, statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void compare(Ade ade, Statement raw) throws IOException, InterruptedException {
        double adeTotal = 0;
        double rawTotal = 0;
        int number = 0;
        for (String question : questions()) {
            number++;
            List<Times> times =
                    Times.hereInTurns(ROUNDS, () -> ask(ade, question), () -> ask(raw, question));
            adeTotal += times.get(0).median();
            rawTotal += times.get(1).median();
            IO.println(
                    String.format(
                            Locale.ROOT,
                            "  q%02d: ade %.3f s, raw %.3f s",
                            number,
                            times.get(0).median(),
                            times.get(1).median()));
        }
        Times.compare(
                "22 questions of TPC-H, scale %s".formatted(SCALE),
                new Times(List.of(adeTotal), List.of()),
                new Times(List.of(rawTotal), List.of()),
                1.15);
    }

    private static void ask(Ade ade, String question) {
        try (Cursor cursor = ade.sql(question, new ReadPoint.Now())) {
            while (cursor.next() != null) {
                // Only the time matters.
            }
        }
    }

    private static void ask(Statement raw, String question) {
        try (ResultSet rows = raw.executeQuery(question)) {
            while (rows.next()) {
                rows.getObject(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(question, e);
        }
    }

    private static void attach(Statement raw, Path parquet) throws SQLException {
        raw.execute("create schema tpch");
        for (TpchTable<?> table : TpchTable.getTables()) {
            String file =
                    Sql.literal(parquet.resolve(table.getTableName() + ".parquet").toString());
            raw.execute(
                    "create view tpch.%s as from read_parquet(%s)"
                            .formatted(table.getTableName(), file));
        }
    }

    private static List<String> questions() throws IOException {
        try (InputStream in = Tpch.class.getResourceAsStream("tpch.sql")) {
            if (in == null) {
                throw new IllegalStateException("tpch.sql is not among the resources");
            }
            String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return List.of(all.split(RawSql.SEPARATOR));
        }
    }

    private static void generate(Path scratch, Path parquet)
            throws IOException, InterruptedException {
        List<String> statements = new ArrayList<>();
        for (TpchTable<?> table : TpchTable.getTables()) {
            Path text = scratch.resolve(table.getTableName() + ".tbl");
            try (Writer writer = Files.newBufferedWriter(text)) {
                lines(table, writer);
            }
            Path file = parquet.resolve(table.getTableName() + ".parquet");
            statements.add(
                    "copy (from read_csv(%s, delim = '|', header = false, quote = '', columns = {%s})) to %s (format parquet, compression zstd)"
                            .formatted(
                                    Sql.literal(text.toString()),
                                    columns(table, "%s: '%s'", ", "),
                                    Sql.literal(file.toString())));
        }
        RawSql.run(scratch, statements);
        for (TpchTable<?> table : TpchTable.getTables()) {
            Files.delete(scratch.resolve(table.getTableName() + ".tbl"));
        }
    }

    private static <E extends TpchEntity> void lines(TpchTable<E> table, Writer writer) {
        table.createGenerator(SCALE, 1, 1)
                .forEach(entity -> {
                    String line = entity.toLine();
                    try {
                        writer.write(
                                line.endsWith("|") ? line.substring(0, line.length() - 1) : line);
                        writer.write('\n');
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    private static String sources() {
        StringBuilder sources = new StringBuilder("sources:\n  - name: tpch\n    tables:\n");
        for (TpchTable<?> table : TpchTable.getTables()) {
            sources.append("      - name: ").append(table.getTableName()).append('\n');
            sources.append(
                    "        load: {files: \"landing/%s.parquet\"}%n"
                            .formatted(table.getTableName()));
            sources.append("        columns:\n");
            sources.append(
                    columns(
                            table,
                            "          - {name: %s, data_type: \"%s\", privacy: keep}\n",
                            ""));
        }
        return sources.toString();
    }

    private static String columns(TpchTable<?> table, String format, String separator) {
        return table.getColumns().stream()
                .map(column -> format.formatted(column.getColumnName(), type(column)))
                .collect(Collectors.joining(separator));
    }

    private static String type(TpchColumn<?> column) {
        TpchColumnType.Base base = column.getType().getBase();
        return switch (base) {
            case IDENTIFIER -> "bigint";
            case INTEGER -> "integer";
            case DATE -> "date";
            case DOUBLE -> "decimal(15,2)";
            case VARCHAR -> "varchar";
        };
    }
}
