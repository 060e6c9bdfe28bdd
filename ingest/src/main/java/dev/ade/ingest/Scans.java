package dev.ade.ingest;

import dev.ade.model.Column;
import dev.ade.model.LoadSpec.Format;
import dev.ade.model.Sql;
import dev.ade.model.Type;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Table functions that read files, as SQL.
final class Scans {
    /// The column that says which file a row is from; no file has one of that name.
    static final String FILE = "__ade_file";

    /// The column that says which row of a Parquet file a row is.
    static final String ROW = "file_row_number";

    /// A delimiter that no line has: in JSON these characters are escaped, and a line that is none may have some of them.
    private static final String NONE = "\u0001\u0002\u0003\u0004";

    /// What rejected rows of one CSV scan are kept in while it runs: in memory only.
    record Rejects(String errors, String scans) {}

    private Scans() {}

    /// A path as a literal that matches that file alone.
    static String path(Path path) {
        return path(path.toString());
    }

    static String path(String path) {
        return Sql.literal(path.replace("[", "[[]").replace("*", "[*]").replace("?", "[?]"));
    }

    static String paths(Collection<Path> paths) {
        return paths.stream().map(Scans::path).collect(Collectors.joining(", ", "[", "]"));
    }

    /// @param types what each column is read as, in the file's order
    /// @param rejects where rows that break are kept; empty to leave them out
    static String csv(
            Collection<Path> paths,
            Dialect dialect,
            ReaderOptions options,
            Map<String, Type> types,
            Optional<Rejects> rejects) {
        String columns =
                types.entrySet().stream()
                        .map(column ->
                                Sql.literal(column.getKey())
                                        + ": "
                                        + Sql.literal(column.getValue().sql()))
                        .collect(Collectors.joining(", ", "{", "}"));
        String breaking =
                rejects.map(kept ->
                                "store_rejects=true, rejects_table=%s, rejects_scan=%s"
                                        .formatted(
                                                Sql.literal(kept.errors()),
                                                Sql.literal(kept.scans())))
                        .orElse("ignore_errors=true");
        return "read_csv(%s, auto_detect=false, columns=%s, filename=%s%s%s, %s)"
                .formatted(
                        paths(paths),
                        columns,
                        Sql.literal(FILE),
                        dialect(dialect, options),
                        options.sql(
                                Option.Use.CSV_READER,
                                Option.Use.PLAIN_TEXT,
                                Option.Use.TEXT_READERS),
                        breaking);
    }

    private static String dialect(Dialect dialect, ReaderOptions options) {
        return ", delim=%s, quote=%s, escape=%s, header=%s, skip=%d, comment=%s, encoding=%s%s"
                .formatted(
                        Sql.literal(dialect.delimiter()),
                        Sql.literal(dialect.quote()),
                        Sql.literal(dialect.escape()),
                        dialect.header() == Dialect.Header.PRESENT,
                        dialect.skip(),
                        Sql.literal(dialect.comment()),
                        Sql.literal(options.encoding().engine()),
                        dialect.newLine().isEmpty()
                                ? ""
                                : ", new_line=" + Sql.literal(dialect.newLine()));
    }

    /// JSON with every scalar as text and everything nested as JSON, for the projection to type.
    static String json(
            Collection<Path> paths, Format format, ReaderOptions options, List<Column> columns) {
        String names =
                columns.stream()
                        .map(column ->
                                Sql.literal(column.name())
                                        + ": "
                                        + (column.type().isNested() ? "'JSON'" : "'VARCHAR'"))
                        .collect(Collectors.joining(", ", "{", "}"));
        return "read_json(%s, columns=%s, format=%s, records=true, filename=%s%s)"
                .formatted(
                        paths(paths),
                        names,
                        formatWord(format),
                        Sql.literal(FILE),
                        options.sql(Option.Use.JSON_READER));
    }

    /// For inference.
    static String jsonSample(Path path, Format format, ReaderOptions options, String extra) {
        return "read_json(%s, format=%s%s%s)"
                .formatted(
                        path(path),
                        formatWord(format),
                        options.sql(
                                Option.Use.JSON_READER,
                                Option.Use.JSON_SNIFFER,
                                Option.Use.TEXT_READERS,
                                Option.Use.SNIFFER),
                        extra);
    }

    /// The names of the members that the sampled objects of a file have.
    static String members(Path path, Format format, ReaderOptions options) {
        return "SELECT DISTINCT unnest(json_keys(json)) FROM (%s LIMIT %d)"
                .formatted(objects(path, format, options), Samples.fitRows(options));
    }

    /// The objects of a file as `json`; NULL for a line that is none.
    static String objects(Path path, Format format, ReaderOptions options) {
        return format == Format.NDJSON
                ? "SELECT \"__ade_object\" AS json FROM " + lines(List.of(path), options)
                : "SELECT json FROM read_json_objects(%s, format=%s%s)"
                        .formatted(
                                path(path),
                                formatWord(format),
                                options.sql(Option.Use.JSON_READER));
    }

    private static String formatWord(Format format) {
        return format == Format.NDJSON ? "'newline_delimited'" : "'auto'";
    }

    /// NDJSON line by line, with lines that are no objects as NULL objects: (`__ade_line`, file).
    static String lines(Collection<Path> paths, ReaderOptions options) {
        return """
        (SELECT CASE WHEN json_valid("line") AND json_type(CASE WHEN json_valid("line") THEN "line" END) = 'OBJECT'
                     THEN "line"::JSON END AS "__ade_object",
                "line" AS "__ade_line",
                %s
         FROM read_csv(%s, auto_detect=false, header=false, delim=%s, quote='', escape='',
                       columns={'line': 'VARCHAR'}, max_line_size=%d, filename=%s))\
        """
                .formatted(
                        Sql.quote(FILE),
                        paths(paths),
                        Sql.literal(NONE),
                        options.count(Option.MAXIMUM_OBJECT_SIZE).orElse(16L << 20),
                        Sql.literal(FILE));
    }

    static String parquet(Collection<Path> paths, ReaderOptions options) {
        return "read_parquet(%s, union_by_name=true, filename=%s%s)"
                .formatted(paths(paths), Sql.literal(FILE), options.sql(Option.Use.PARQUET_READER));
    }

    /// Parts whose rows are in the engine, all with the same columns.
    static String tables(Collection<Part> parts) {
        return parts.stream()
                .map(part ->
                        "SELECT *, %s AS %s FROM %s"
                                .formatted(
                                        Sql.literal(part.path().toString()),
                                        Sql.quote(FILE),
                                        part.table().orElseThrow()))
                .collect(Collectors.joining(" UNION ALL ", "(", ")"));
    }
}
