package dev.ade.ingest;

import dev.ade.model.Column;
import dev.ade.model.LoadSpec.Format;
import dev.ade.model.LoadedColumns;
import dev.ade.model.Sql;
import dev.ade.model.Type;
import dev.ade.model.Type.Simple;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The one projection that types, obfuscates and validates, as SQL.
///
/// Columns of the scan become `t0, t1, …` typed and, where a check needs it, `r0, r1, …` raw; treated ones
/// become `p0, p1, …`. What is written is the treated values alone.
final class LoadSql {
    /// How a group of files is read.
    enum Reading {
        /// As the engine reads its format.
        WHOLE,
        /// NDJSON line by line: a malformed line is a bad row instead of a failed scan.
        LINES
    }

    /// Whether values that privacy cannot treat are found row by row.
    enum Guard {
        /// They fail the statement.
        NONE,
        /// They reject their row; functions are then registered as `Guarded`.
        ROWS
    }

    private static final Set<Simple> CSV_TYPES =
            EnumSet.of(
                    Simple.BOOLEAN,
                    Simple.INTEGER,
                    Simple.BIGINT,
                    Simple.FLOAT,
                    Simple.DOUBLE,
                    Simple.VARCHAR,
                    Simple.TIMESTAMPTZ);
    private static final Set<Type> INTEGERS = Set.of(Simple.INTEGER, Simple.BIGINT);

    private final List<LandingColumn> columns;
    private final List<String> refused;
    private final ReaderOptions options;
    private final Casts casts;
    private final Instant now;
    private final Guard guard;

    LoadSql(
            List<LandingColumn> columns,
            List<String> refused,
            ReaderOptions options,
            Instant now,
            Guard guard) {
        this.columns = List.copyOf(columns);
        this.refused = List.copyOf(refused);
        this.options = options;
        this.casts = new Casts(options);
        this.now = now;
        this.guard = guard;
    }

    /// What lands of these files: the stored columns and the system columns, good rows only.
    String rows(List<Part> parts, Reading reading, Optional<Scans.Rejects> rejects) {
        if (parts.stream().allMatch(part -> parts.size() == 1 || part.table().isPresent())) {
            return parts.stream()
                    .map(part -> rowsOfOne(part, reading, rejects))
                    .collect(Collectors.joining("UNION ALL\n"));
        }
        return """
        SELECT %s, %s
        %s
        """
                .formatted(
                        stored(),
                        system("f.batch", "f.origin"),
                        of(
                                treated(parts, reading, rejects),
                                parts,
                                where(conditions(shape(parts), reading))));
    }

    /// Some rows of files as `t`, each with what is known of its file as `f`.
    private static String of(String rows, List<Part> parts, String where) {
        return """
        FROM (%s) AS t
        JOIN (VALUES %s) AS f(file, batch, origin, sequence) ON t.%s = f.file
        %s\
        """
                .formatted(rows, files(parts), Sql.quote(Scans.FILE), where);
    }

    /// The same for one file: what says where a row is from is constant.
    private String rowsOfOne(Part part, Reading reading, Optional<Scans.Rejects> rejects) {
        return """
        SELECT %s, %s
        FROM (%s) AS t
        %s
        """
                .formatted(
                        stored(),
                        system(Sql.literal(part.batch()), Sql.literal(part.origin())),
                        treated(List.of(part), reading, rejects),
                        where(conditions(part.shape(), reading)));
    }

    /// Good rows in file and line order: as `rows`, then `ade_sequence`, `ade_row` and what `ChangeSql` says of them. Of
    /// changes also rejected ones, for what was there under their key.
    String orderedRows(List<Part> parts, Reading reading, Optional<Scans.Rejects> rejects) {
        Shape shape = shape(parts);
        List<String> good = conditions(shape, reading);
        String where = where(shape.isChanges() ? List.of(staged(good, shape, reading)) : good);
        return """
        SELECT %s, %s, f.sequence AS "ade_sequence", %s
        %s
        """
                .formatted(
                        storedAs(),
                        system("f.batch", "f.origin"),
                        ChangeSql.columns(shape, all(good)),
                        of(numbered(parts, reading, rejects), parts, where));
    }

    private String staged(List<String> good, Shape shape, Reading reading) {
        Set<String> keys =
                columns.stream()
                        .filter(column -> column.needs().contains(LandingColumn.Need.KEY))
                        .map(LandingColumn::name)
                        .collect(Collectors.toSet());
        List<String> ofKey =
                checks(shape, reading).stream()
                        .filter(check -> keys.contains(check.column()))
                        .map(LoadSql::holds)
                        .toList();
        return ChangeSql.staged(all(good), all(ofKey));
    }

    /// Rows of one file that break a check: `ade_row`, from 1 among the rows the reader gives, then for each of
    /// `checks` whether it is broken and the raw value as text.
    String broken(Part part, Reading reading) {
        List<RowCheck> checks = checks(part.shape(), reading);
        String verdicts =
                checks.stream()
                        .map(check ->
                                "(%s) IS NOT TRUE, CAST(%s AS VARCHAR)"
                                        .formatted(check.condition(), check.value()))
                        .collect(Collectors.joining(", "));
        String all =
                checks.stream()
                        .map(check -> "(" + check.condition() + ")")
                        .collect(Collectors.joining(" AND "));
        return """
        SELECT "ade_row", %s, %s
        FROM (%s) AS t
        WHERE (%s) IS NOT TRUE AND %s
        ORDER BY "ade_row"
        """
                .formatted(
                        verdicts,
                        allRead(part.shape()),
                        numbered(List.of(part), reading, Optional.empty()),
                        all,
                        isRow(reading));
    }

    /// Of the first rows of one file: how many break a check, then how many break each of `checks`.
    String breaches(Part part, Reading reading, Scans.Rejects rejects, int rows) {
        List<String> conditions =
                checks(part.shape(), reading).stream().map(RowCheck::condition).toList();
        String all =
                conditions.isEmpty()
                        ? "TRUE"
                        : conditions.stream().collect(Collectors.joining(") AND (", "(", ")"));
        String each =
                conditions.stream()
                        .map(condition ->
                                ", count(*) FILTER ((%s) IS NOT TRUE)".formatted(condition))
                        .collect(Collectors.joining());
        return "SELECT count(*) FILTER ((%s) IS NOT TRUE)%s, max(%s) FROM (SELECT * FROM (%s) AS t WHERE %s LIMIT %d)"
                .formatted(
                        all,
                        each,
                        allRead(part.shape()),
                        typed(List.of(part), reading, Optional.of(rejects), ""),
                        isRow(reading),
                        rows);
    }

    /// Has the reader cast what it casts in a load, so that it leaves the same rows out: DuckDB reads no column that
    /// nobody asks for.
    private String allRead(Shape shape) {
        String stored =
                IntStream.range(0, columns.size())
                        .filter(i -> columns.get(i).stored().isPresent())
                        .mapToObj(i -> "t" + i)
                        .collect(Collectors.joining(", "));
        return shape.format() != Format.CSV || stored.isEmpty()
                ? "NULL"
                : "hash(%s)".formatted(stored);
    }

    /// The first values of every column of one file as text, for privacy to decide by.
    String sample(Part part, Reading reading, int rows) {
        String texts =
                IntStream.range(0, columns.size())
                        .mapToObj(i -> "CAST(t%d AS VARCHAR)".formatted(i))
                        .collect(Collectors.joining(", "));
        return "SELECT %s FROM (%s) AS t LIMIT %d"
                .formatted(
                        texts.isEmpty() ? "NULL" : texts,
                        typed(List.of(part), reading, Optional.empty(), ""),
                        rows);
    }

    /// The first rows of one file, typed: `t0, t1, …`.
    String typedSample(Part part, Reading reading, int rows) {
        String names =
                IntStream.range(0, columns.size())
                        .mapToObj(i -> "t" + i)
                        .collect(Collectors.joining(", "));
        String isObject = reading == Reading.LINES ? "WHERE \"__ade_object\" IS NOT NULL" : "";
        return "SELECT %s FROM (%s) AS t %s LIMIT %d"
                .formatted(
                        names, typed(List.of(part), reading, Optional.empty(), ""), isObject, rows);
    }

    /// How many of the first values of the only column there are, how many of them do not fit a type, and how many are
    /// codes.
    String fit(Part part, Reading reading, Type type, long rows) {
        return """
        SELECT count(x), count(x) - count(%s), count(*) FILTER (%s)
        FROM (SELECT CAST(t0 AS VARCHAR) AS x FROM (%s) AS t LIMIT %d)
        """
                .formatted(
                        casts.json("x", type),
                        Codes.condition("x", type),
                        typed(List.of(part), reading, Optional.empty(), ""),
                        rows);
    }

    List<RowCheck> checks(Shape shape, Reading reading) {
        List<RowCheck> checks = new ArrayList<>();
        if (reading == Reading.LINES) {
            checks.add(
                    new RowCheck(
                            "",
                            "\"__ade_object\" IS NOT NULL",
                            "\"__ade_line\"",
                            "the line is no JSON object"));
        }
        for (int i = 0; i < columns.size(); i++) {
            addChecks(checks, i, shape);
        }
        for (int i = 0; i < refused.size(); i++) {
            if (shape.column(refused.get(i)).isPresent()) {
                checks.add(
                        new RowCheck(
                                refused.get(i),
                                "n%d IS NULL".formatted(i),
                                "n" + i,
                                "the column is new and drift is discard_row"));
            }
        }
        return checks;
    }

    private void addChecks(List<RowCheck> checks, int i, Shape shape) {
        LandingColumn column = columns.get(i);
        String name = column.name();
        if (isCastChecked(column, shape)) {
            checks.add(
                    new RowCheck(
                            name,
                            "t%d IS NOT NULL OR r%d IS NULL".formatted(i, i),
                            "r" + i,
                            RowCheck.notA(column.raw().type().text())));
        }
        if (column.needs().contains(LandingColumn.Need.KEY)) {
            checks.add(new RowCheck(name, isThere(i, shape), "NULL", RowCheck.KEY));
        } else if (column.needs().contains(LandingColumn.Need.NOT_NULL)) {
            checks.add(new RowCheck(name, isThere(i, shape), "NULL", "NULL breaks not_null"));
        }
        if (shape.isChanges()) {
            ChangeSql.loosen(checks, name);
        }
        column.barred()
                .ifPresent(barred ->
                        checks.add(
                                new RowCheck(
                                        name, barred.condition("t" + i), "t" + i, Barred.REASON)));
        if (isGuarded(column)) {
            checks.add(
                    new RowCheck(
                            name,
                            "p%d IS NOT NULL OR t%d IS NULL".formatted(i, i),
                            "t" + i,
                            "the value cannot be treated by "
                                    + column.decision().treatment().word()));
        }
    }

    private String isThere(int i, Shape shape) {
        LandingColumn column = columns.get(i);
        String isThere = "t%d IS NOT NULL".formatted(i);
        return column.needs().contains(LandingColumn.Need.SAID)
                ? ChangeSql.whereSaid(isThere, shape.column(column.name()), this::typedValue)
                : isThere;
    }

    private String typedValue(String name) {
        return IntStream.range(0, columns.size())
                .filter(i -> columns.get(i).name().equals(name))
                .mapToObj(i -> "t" + i)
                .findFirst()
                .orElse("NULL");
    }

    /// Columns that land, in order, without the system columns.
    List<Column> storedColumns() {
        return columns.stream().flatMap(column -> column.stored().stream()).toList();
    }

    private boolean isGuarded(LandingColumn column) {
        return guard == Guard.ROWS && !column.projection().functions().isEmpty();
    }

    /// The values of the system columns that there is room for.
    private String system(String batch, String origin) {
        Map<String, String> values =
                Map.of(
                        LoadedColumns.BATCH,
                        batch,
                        LoadedColumns.LOADED_AT,
                        "TIMESTAMPTZ " + Sql.literal(now.toString()),
                        LoadedColumns.SOURCE,
                        origin);
        return SystemColumns.beside(storedColumns()).stream()
                .map(column ->
                        "%s AS %s".formatted(values.get(column.name()), Sql.quote(column.name())))
                .collect(Collectors.joining(", "));
    }

    private String stored() {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).stored().isPresent()) {
                parts.add("p" + i);
            }
        }
        return parts.isEmpty() ? "NULL" : String.join(", ", parts);
    }

    private String storedAs() {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).stored().isPresent()) {
                parts.add(
                        "CAST(p%d AS %s) AS %s"
                                .formatted(
                                        i,
                                        columns.get(i).projection().type().sql(),
                                        Sql.quote(columns.get(i).name())));
            }
        }
        return String.join(", ", parts);
    }

    private String treated(List<Part> parts, Reading reading, Optional<Scans.Rejects> rejects) {
        return "SELECT *, %s FROM (%s)".formatted(treatments(), typed(parts, reading, rejects, ""));
    }

    private String numbered(List<Part> parts, Reading reading, Optional<Scans.Rejects> rejects) {
        return "SELECT *, %s FROM (%s)"
                .formatted(
                        treatments(),
                        typed(parts, reading, rejects, ", row_number() OVER () AS \"ade_row\""));
    }

    private String treatments() {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            int index = i;
            columns.get(i)
                    .projection()
                    .sql()
                    .ifPresent(sql -> parts.add(sql.apply("t" + index) + " AS p" + index));
        }
        return parts.isEmpty() ? "NULL" : String.join(", ", parts);
    }

    private String typed(
            List<Part> parts, Reading reading, Optional<Scans.Rejects> rejects, String more) {
        Shape shape = shape(parts);
        Casts.Rows rows = Casts.Rows.of(parts);
        List<String> selected = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            LandingColumn column = columns.get(i);
            selected.add(value(column, shape, reading, rows) + " AS t" + i);
            if (isCastChecked(column, shape)) {
                selected.add(raw(column.raw(), shape, reading) + " AS r" + i);
            }
        }
        for (int i = 0; i < refused.size(); i++) {
            if (shape.column(refused.get(i)).isPresent()) {
                Column column = new Column(refused.get(i), Simple.VARCHAR);
                selected.add(raw(column, shape, reading) + " AS n" + i);
            }
        }
        if (reading == Reading.LINES) {
            selected.add("\"__ade_object\", \"__ade_line\"");
        }
        if (shape.isChanges()) {
            selected.add(ChangeSql.read(shape.aliases()));
        }
        selected.add(Sql.quote(Scans.FILE) + more);
        return "SELECT %s FROM %s"
                .formatted(String.join(", ", selected), scan(parts, reading, rejects));
    }

    private static Shape shape(List<Part> parts) {
        return parts.getFirst().shape();
    }

    /// What is read of a column, before it is typed.
    private static String raw(Column column, Shape shape, Reading reading) {
        String name = shape.column(column.name()).map(Column::name).orElse(column.name());
        if (reading == Reading.LINES) {
            String path =
                    Sql.literal("$.\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
            String function = column.type().isNested() ? "json_extract" : "json_extract_string";
            String value = "%s(\"__ade_object\", %s)".formatted(function, path);
            return column.type().isNested()
                    ? "CASE WHEN json_type(%s) <> 'NULL' THEN %s END".formatted(value, value)
                    : value;
        }
        return Sql.quote(name);
    }

    private String value(LandingColumn column, Shape shape, Reading reading, Casts.Rows rows) {
        Type type = column.raw().type();
        Optional<Column> read = shape.column(column.name());
        if (read.isEmpty()) {
            return "CAST(NULL AS %s)".formatted(type.sql());
        }
        String raw = raw(column.raw(), shape, reading);
        return switch (shape.format()) {
            case CSV -> csvValue(column, read.get(), raw, rows);
            case JSON, NDJSON -> casts.json(raw, type);
            case PARQUET -> casts.value(raw, read.get().type(), type);
            case AUTO, XLSX, FIXED, XML, AVRO, ORC -> throw Shape.unread();
        };
    }

    private String csvValue(LandingColumn column, Column read, String raw, Casts.Rows rows) {
        Type type = column.raw().type();
        if (type == Simple.VARCHAR) {
            return raw;
        }
        // DuckDB has its CSV reader do a cast that is all that is asked of a column: a value that
        // does not fit would then take its row with it, TRY_CAST or not.
        return csvType(column, read).equals(type) ? raw : casts.csv(raw, type, rows);
    }

    /// What the CSV reader gives: the type itself only where it rounds nothing.
    private static Type csvType(LandingColumn column, Column read) {
        Type type = column.raw().type();
        boolean isDirect =
                !column.needs().contains(LandingColumn.Need.LENIENT)
                        && switch (type) {
                            case Simple simple ->
                                    CSV_TYPES.contains(simple)
                                            && (!INTEGERS.contains(simple)
                                                    || INTEGERS.contains(read.type()));
                            case Type.Decimal _ -> false;
                            case Type.ListOf _, Type.Struct _, Type.MapOf _ -> false;
                        };
        return isDirect ? type : Simple.VARCHAR;
    }

    private boolean isCastChecked(LandingColumn column, Shape shape) {
        Type type = column.raw().type();
        Optional<Column> read = shape.column(column.name());
        if (read.isEmpty() || column.needs().contains(LandingColumn.Need.LENIENT)) {
            return false;
        }
        return switch (shape.format()) {
            case CSV -> type != Simple.VARCHAR && !csvType(column, read.get()).equals(type);
            case JSON, NDJSON -> type != Simple.VARCHAR;
            case PARQUET -> !read.get().type().equals(type) && type != Simple.VARCHAR;
            case AUTO, XLSX, FIXED, XML, AVRO, ORC -> throw Shape.unread();
        };
    }

    private String scan(List<Part> parts, Reading reading, Optional<Scans.Rejects> rejects) {
        List<Path> paths = Part.paths(parts);
        Shape shape = shape(parts);
        if (reading == Reading.LINES) {
            return Scans.lines(paths, options);
        }
        return switch (shape.format()) {
            case CSV -> Scans.csv(paths, shape.dialect(), options, csvTypes(shape), rejects);
            case JSON, NDJSON -> Scans.json(paths, shape.format(), options, jsonColumns(shape));
            case PARQUET ->
                    parts.getFirst().table().isPresent()
                            ? Scans.tables(parts)
                            : Scans.parquet(paths, options);
            case AUTO, XLSX, FIXED, XML, AVRO, ORC -> throw Shape.unread();
        };
    }

    private Map<String, Type> csvTypes(Shape shape) {
        Map<String, Type> types = new LinkedHashMap<>();
        for (Column read : shape.columns()) {
            Type type =
                    columns.stream()
                            .filter(column -> column.name().equalsIgnoreCase(shape.own(read)))
                            .findFirst()
                            .map(column -> csvType(column, read))
                            .orElse(Simple.VARCHAR);
            types.put(read.name(), type);
        }
        return types;
    }

    private List<Column> jsonColumns(Shape shape) {
        return shape.columns().stream()
                .map(read ->
                        columns.stream()
                                .filter(column -> column.name().equalsIgnoreCase(shape.own(read)))
                                .findFirst()
                                .map(column -> new Column(read.name(), column.raw().type()))
                                .orElse(new Column(read.name(), Simple.VARCHAR)))
                .toList();
    }

    private List<String> conditions(Shape shape, Reading reading) {
        List<String> conditions = new ArrayList<>();
        checks(shape, reading).forEach(check -> conditions.add(holds(check)));
        if (reading == Reading.LINES) {
            conditions.add(isRow(reading));
        }
        return conditions;
    }

    private static String holds(RowCheck check) {
        return "(" + check.condition() + ")";
    }

    private static String all(List<String> conditions) {
        return conditions.isEmpty() ? "TRUE" : "(" + String.join(" AND ", conditions) + ")";
    }

    private static String isRow(Reading reading) {
        return reading == Reading.LINES ? "trim(\"__ade_line\") <> ''" : "TRUE";
    }

    private static String where(List<String> conditions) {
        return conditions.isEmpty() ? "" : "WHERE " + String.join(" AND ", conditions);
    }

    private static String files(List<Part> parts) {
        return parts.stream()
                .map(part ->
                        "(%s, %s, %s, %d)"
                                .formatted(
                                        Sql.literal(part.path().toString()),
                                        Sql.literal(part.batch()),
                                        Sql.literal(part.origin()),
                                        part.sequence()))
                .collect(Collectors.joining(", "));
    }

    /// Whether a format gives its rows by line.
    static boolean hasLines(Format format) {
        return format != Format.PARQUET;
    }
}
