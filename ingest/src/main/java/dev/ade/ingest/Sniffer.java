package dev.ade.ingest;

import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.LoadSpec.Format;
import dev.ade.model.Schema;
import dev.ade.model.Sql;
import dev.ade.model.Type;
import dev.ade.spi.Connector;
import dev.ade.spi.Cursor;
import dev.ade.spi.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds the shape of a file from a sample of it.
final class Sniffer {
    private static final int HEAD_BYTES = 64 << 10;
    private static final List<String> DELIMITERS = List.of(",", ";", "\t", "|");
    private static final int TITLE_LINES_MAX = 20;

    /// `{}` and the end of its line.
    private static final int ROW_BYTES_MIN = 3;

    private static final String EMPTY = "(empty)";
    private static final String YEAR_FIRST = "%Y";
    private static final String OBJECTS = ", records=true, map_inference_threshold=-1";
    private static final Pattern NUMBERED = Pattern.compile("(.+)_\\d+");
    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_ ]*");
    private static final Pattern NO_ROWS = Pattern.compile("\\s*\\[\\s*]\\s*");

    private final Session session;
    private final ReaderOptions options;
    private final Set<String> known;

    /// @param known lower-case names of columns that are expected; a first line that has one is a header
    Sniffer(Session session, ReaderOptions options, Set<String> known) {
        this.session = session;
        this.options = options;
        this.known = Set.copyOf(known);
    }

    Shape sniff(Path path, String origin, Format format) {
        try {
            String head = head(path, origin, format);
            boolean isEmptyList = format == Format.JSON && NO_ROWS.matcher(head).matches();
            if (format != Format.PARQUET && (head.isBlank() || isEmptyList)) {
                return new Shape(format, Dialect.PLAIN, List.of());
            }
            Shape shape =
                    switch (format) {
                        case CSV -> csv(path, origin, head);
                        case JSON, NDJSON -> whole(json(path, origin, format), path, origin);
                        case PARQUET -> parquet(path);
                        case AUTO, XLSX, FIXED, XML, AVRO, ORC -> throw Shape.unread();
                    };
            return shape.requireNames(origin);
        } catch (IOException | RuntimeException e) {
            throw Broken.file(origin, e);
        }
    }

    /// What the file begins with, without its byte order mark.
    private String head(Path path, String origin, Format format) throws IOException {
        byte[] bytes = Contents.head(path, options.encoding().charset(), HEAD_BYTES);
        Encoding.ofMark(bytes)
                .ifPresent(encoding -> {
                    String option =
                            "Add load: {options: {encoding: %s}}, or convert".formatted(encoding);
                    throw AdeException.data(
                            "Cannot load %s: it begins as a text in %s does"
                                    .formatted(origin, encoding),
                            "%s it with iconv -f utf-16 -t utf-8"
                                    .formatted(format == Format.CSV ? option : "Convert"));
                });
        String head = new String(bytes, StandardCharsets.UTF_8);
        return head.startsWith("\uFEFF") ? head.substring(1) : head;
    }

    private Shape csv(Path path, String origin, String head) {
        Optional<Sniffed> strict;
        try {
            strict = Optional.of(sniffCsv(path, "", head));
        } catch (AdeException e) {
            if (Broken.isFinal(e)) {
                throw e;
            }
            strict = Optional.empty();
        }
        String firstLine = firstLine(head);
        Sniffed sniffed =
                strict.filter(one -> one.names.size() > 1 || guess(firstLine).isEmpty())
                        .orElseGet(() -> sniffTolerant(path, firstLine, head));
        Shape shape =
                shape(
                        isOnlyNames(sniffed, head)
                                ? Sniffed.guessed(firstLine, sniffed.delimiter)
                                : sniffed,
                        firstLine,
                        origin);
        requireNamesOfNobody(shape, origin);
        return shape;
    }

    /// Where all columns are text the engine takes the first row for names. Names are shown to everyone.
    private void requireNamesOfNobody(Shape shape, String origin) {
        boolean isGuess =
                shape.dialect().header() == Dialect.Header.PRESENT
                        && options.flag(Option.HEADER).isEmpty()
                        && shape.columns().stream().noneMatch(it -> isKnown(it.name()));
        if (isGuess && shape.columns().stream().anyMatch(it -> NamesOfPeople.isOne(it.name()))) {
            throw AdeException.data(
                    "Cannot load %s: its first line looks like a row, as it holds an e-mail address or a phone number"
                            .formatted(origin),
                    "Add load: {options: {header: false, names: [a, b]}}, or header: true if these are the names of its columns");
        }
    }

    /// The engine takes a name that could be a value (`t`, `nan`) for one where no row follows.
    private boolean isOnlyNames(Sniffed sniffed, String head) {
        return !sniffed.hasHeader
                && known.isEmpty()
                && options.flag(Option.HEADER).isEmpty()
                && head.lines().filter(line -> !line.isBlank()).count() == 1
                && fields(head.strip(), sniffed.delimiter)
                        .allMatch(field -> NAME.matcher(field).matches());
    }

    private Sniffed sniffTolerant(Path path, String firstLine, String head) {
        try {
            return sniffCsv(path, tolerant(firstLine), head);
        } catch (AdeException e) {
            if (Broken.isFinal(e)
                    || options.flag(Option.HEADER).filter(there -> !there).isPresent()) {
                throw e;
            }
            return Sniffed.guessed(
                    firstLine,
                    options.text(Option.DELIM)
                            .or(() -> guess(firstLine))
                            .orElse(Dialect.PLAIN.delimiter()));
        }
    }

    /// For files whose first thousands of lines hold one that breaks: the header says what is meant.
    private String tolerant(String firstLine) {
        String sql = ", ignore_errors=true";
        if (options.text(Option.DELIM).isEmpty()) {
            sql += guess(firstLine).map(d -> ", delim=" + Sql.literal(d)).orElse("");
        }
        if (options.text(Option.QUOTE).isEmpty() && options.text(Option.ESCAPE).isEmpty()) {
            sql += ", quote='\"', escape='\"'";
        }
        return sql;
    }

    private Optional<String> guess(String firstLine) {
        if (options.text(Option.DELIM).isPresent()) {
            return Optional.empty();
        }
        return DELIMITERS.stream()
                .filter(firstLine::contains)
                .max(
                        Comparator.comparingLong(
                                d -> firstLine.chars().filter(c -> c == d.charAt(0)).count()));
    }

    private String firstLine(String head) {
        long skip = options.count(Option.SKIP).orElse(0L);
        String comment = options.text(Option.COMMENT).orElse("\u0000");
        return head.lines()
                .skip(skip)
                .filter(line -> !line.isBlank() && !line.startsWith(comment))
                .findFirst()
                .orElse("");
    }

    private Sniffed sniffCsv(Path path, String extra, String head) {
        Sniffed sniffed = ask(path, extra, head);
        return passesRowsOver(sniffed, head) ? ask(path, extra + ", skip=0", head) : sniffed;
    }

    /// The engine takes one value in apostrophes for a sign that they quote. They do where most lines have such a value.
    private Sniffed ask(Path path, String extra, String head) {
        Sniffed sniffed = ask(path, extra);
        boolean isQuoted =
                !sniffed.quote.equals("'")
                        || options.text(Option.QUOTE).isPresent()
                        || head.lines().filter(line -> isQuoting(line, sniffed)).count() * 2
                                >= head.lines().filter(line -> !line.isBlank()).count();
        if (isQuoted) {
            return sniffed;
        }
        Sniffed plain = ask(path, extra + ", quote='\"'");
        return plain.names.size() == sniffed.names.size() ? plain : sniffed;
    }

    private static boolean isQuoting(String line, Sniffed sniffed) {
        return line.startsWith("'") || line.contains(sniffed.delimiter + "'");
    }

    /// The engine passes over lines at the beginning that do not look like most others. Those may be a title, but in a file of
    /// rows that break they are the rows: what holds a delimiter or a name that is expected is not passed over, nor what nothing
    /// but a header follows, unless options say so.
    private boolean passesRowsOver(Sniffed sniffed, String head) {
        if (sniffed.skip == 0 || options.count(Option.SKIP).isPresent()) {
            return false;
        }
        List<String> lines = head.lines().toList();
        boolean isTitle =
                sniffed.skip <= TITLE_LINES_MAX
                        && lines.size() > sniffed.skip + 1
                        && sniffed.names.size() > 1;
        return !isTitle
                || lines.stream().limit(sniffed.skip).anyMatch(line -> isRow(line, sniffed));
    }

    private boolean isRow(String line, Sniffed sniffed) {
        boolean isComment = options.text(Option.COMMENT).filter(line::startsWith).isPresent();
        return !isComment && (line.contains(sniffed.delimiter) || hasKnown(line, sniffed));
    }

    private boolean hasKnown(String line, Sniffed sniffed) {
        return fields(line, sniffed.delimiter).anyMatch(this::isKnown);
    }

    private boolean isKnown(String name) {
        return known.contains(name.toLowerCase(Locale.ROOT));
    }

    private Sniffed ask(Path path, String extra) {
        String sql =
                """
                SELECT Delimiter, Quote, Escape, DateFormat, TimestampFormat, SkipRows, HasHeader,
                       [c.name FOR c IN Columns] AS names, [c."type" FOR c IN Columns] AS types
                FROM sniff_csv(%s%s)
                """
                        .formatted(Scans.path(path), arguments() + extra);
        try (Cursor cursor = session.query(sql)) {
            return Sniffed.of(cursor.all(1).getFirst());
        }
    }

    private String arguments() {
        String encoding = ", encoding=" + Sql.literal(options.encoding().engine());
        StringBuilder sql = new StringBuilder(encoding);
        for (Option option :
                List.of(
                        Option.DELIM,
                        Option.QUOTE,
                        Option.ESCAPE,
                        Option.HEADER,
                        Option.SKIP,
                        Option.COMMENT)) {
            Object value = options.values().get(option);
            if (value != null) {
                sql.append(", ").append(option.word()).append('=').append(Option.sql(value));
            }
        }
        return sql
                + options.sql(
                        Option.Use.CSV_READER,
                        Option.Use.PLAIN_TEXT,
                        Option.Use.TEXT_READERS,
                        Option.Use.SNIFFER);
    }

    private Shape shape(Sniffed sniffed, String firstLine, String origin) {
        boolean hasHeader =
                options.flag(Option.HEADER)
                        .orElse(sniffed.hasHeader || namesKnown(sniffed, firstLine));
        List<String> names = names(sniffed, hasHeader, firstLine);
        List<String> given = options.texts(Option.NAMES);
        if (given.size() > names.size()) {
            throw AdeException.data(
                    "Cannot load %s: names gives %d columns, the file has %d"
                            .formatted(origin, given.size(), names.size()),
                    "Correct names in load: options");
        }
        List<Column> columns = new ArrayList<>();
        Map<String, Type> types = options.types();
        for (int i = 0; i < names.size(); i++) {
            String name = i < given.size() ? given.get(i) : names.get(i);
            Type type = options.isAllText() ? Type.Simple.VARCHAR : type(sniffed, i);
            columns.add(new Column(name, declared(types, name).orElse(type)));
        }
        return new Shape(Format.CSV, dialect(sniffed, hasHeader), columns);
    }

    /// A day that stands before its month, or after it, is a guess: such texts are times where options say so.
    private Type type(Sniffed sniffed, int column) {
        Type type = sniffed.types.get(column);
        boolean isGuess =
                (type == Type.Simple.DATE
                                && options.text(Option.DATEFORMAT).isEmpty()
                                && !sniffed.dateFormat.startsWith(YEAR_FIRST))
                        || (type == Type.Simple.TIMESTAMP
                                && options.text(Option.TIMESTAMPFORMAT).isEmpty()
                                && !sniffed.timestampFormat.startsWith(YEAR_FIRST));
        return isGuess ? Type.Simple.VARCHAR : type;
    }

    private static Optional<Type> declared(Map<String, Type> types, String name) {
        return types.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private boolean namesKnown(Sniffed sniffed, String firstLine) {
        return !sniffed.hasHeader && hasKnown(firstLine, sniffed);
    }

    private List<String> names(Sniffed sniffed, boolean hasHeader, String firstLine) {
        if (!hasHeader || sniffed.hasHeader) {
            return sniffed.names;
        }
        List<String> fields = fields(firstLine, sniffed.delimiter).toList();
        return fields.size() == sniffed.names.size() ? fields : sniffed.names;
    }

    private static Stream<String> fields(String line, String delimiter) {
        return Stream.of(line.split(Pattern.quote(delimiter), -1))
                .map(field -> field.strip().replaceAll("^\"|\"$", ""));
    }

    private Dialect dialect(Sniffed sniffed, boolean hasHeader) {
        boolean isQuoteKnown = !sniffed.quote.isEmpty() || options.text(Option.QUOTE).isPresent();
        String quote = isQuoteKnown ? sniffed.quote : Dialect.PLAIN.quote();
        String escape = sniffed.escape.isEmpty() ? quote : sniffed.escape;
        return new Dialect(
                sniffed.delimiter,
                quote,
                options.text(Option.ESCAPE).orElse(escape),
                hasHeader ? Dialect.Header.PRESENT : Dialect.Header.ABSENT,
                Math.max(sniffed.skip, options.count(Option.SKIP).orElse(0L)),
                options.text(Option.COMMENT).orElse(""),
                options.text(Option.NEW_LINE).orElse(""));
    }

    /// With the members that are only in rows behind the sample: what a file has is not left out.
    private Shape whole(Shape shape, Path path, String origin) throws IOException {
        long sampled = Samples.fitRows(options);
        boolean mayHaveMore =
                Compression.of(path.toString()) != Compression.NONE
                        || Files.size(path) / ROW_BYTES_MIN > sampled;
        if (!mayHaveMore || sampled == Long.MAX_VALUE || shape.isEmpty()) {
            return shape;
        }
        Sniffer all = new Sniffer(session, options.lookingAtAll(), known);
        Set<String> names = shape.columns().stream().map(Column::name).collect(Collectors.toSet());
        if (names.containsAll(all.members(path, shape.format()))) {
            return shape;
        }
        List<Column> columns = new ArrayList<>(shape.columns());
        all.json(path, origin, shape.format()).columns().stream()
                .filter(column -> !names.contains(column.name()))
                .forEach(columns::add);
        return new Shape(shape.format(), shape.dialect(), columns);
    }

    private Shape json(Path path, String origin, Format format) {
        Schema schema;
        try {
            schema =
                    session.describe(
                            "SELECT * FROM " + Scans.jsonSample(path, format, options, ""));
        } catch (AdeException e) {
            if (Broken.isFinal(e) || format == Format.JSON) {
                throw e;
            }
            return byLines(path, origin);
        }
        boolean isNoObject =
                schema.columns().size() == 1 && schema.columns().getFirst().name().equals("json");
        if (isNoObject) {
            return objects(path, origin, format);
        }
        requireOwnNames(path, origin, format, schema);
        return new Shape(format, Dialect.PLAIN, namedByNobody(schema.columns(), origin));
    }

    /// Where the engine's guess is that there are none, which it is of objects with many members too.
    private Shape objects(Path path, String origin, Format format) {
        try {
            Schema schema =
                    session.describe(
                            "SELECT * FROM " + Scans.jsonSample(path, format, options, OBJECTS));
            requireOwnNames(path, origin, format, schema);
            return new Shape(format, Dialect.PLAIN, namedByNobody(schema.columns(), origin));
        } catch (AdeException e) {
            if (members(path, format).contains("")) {
                throw AdeException.data(
                        "Cannot load %s: a member of its objects has no name".formatted(origin),
                        "Give it one, or leave it out");
            }
            if (format == Format.NDJSON) {
                return byLines(path, origin);
            }
            throw Broken.file(origin, e);
        }
    }

    /// The engine calls a member otherwise that differs from another in nothing but its case, and then finds no value.
    private void requireOwnNames(Path path, String origin, Format format, Schema schema) {
        boolean isRenamed =
                schema.names().stream()
                        .map(NUMBERED::matcher)
                        .anyMatch(name -> name.matches() && schema.find(name.group(1)).isPresent());
        if (isRenamed) {
            List<Column> members =
                    members(path, format).stream()
                            .map(name -> new Column(name, Type.Simple.VARCHAR))
                            .toList();
            new Shape(format, Dialect.PLAIN, members).requireNames(origin);
        }
    }

    private List<String> members(Path path, Format format) {
        List<String> names = new ArrayList<>();
        try (Cursor cursor = session.query(Scans.members(path, format, options))) {
            for (List<@Nullable Object> row = cursor.next(); row != null; row = cursor.next()) {
                names.add(String.valueOf(row.getFirst()));
            }
        }
        return names;
    }

    private Shape byLines(Path path, String origin) {
        List<Column> columns = new ObjectLines(session, options, path).columns();
        if (columns.isEmpty()) {
            throw noObjects(origin);
        }
        return new Shape(Format.NDJSON, Dialect.PLAIN, namedByNobody(columns, origin));
    }

    private static AdeException noObjects(String origin) {
        return AdeException.data(
                "Cannot load %s: it has rows that are no JSON objects".formatted(origin),
                "Give an array of objects, or one object a line");
    }

    /// An object whose members are called by people is text, in which they are found. Where the rows are such objects, no
    /// column can be called so.
    private List<Column> namedByNobody(List<Column> columns, String origin) {
        if (columns.stream()
                .anyMatch(it -> NamesOfPeople.isOne(it.name()) && !isKnown(it.name()))) {
            throw AdeException.data(
                    "Cannot load %s: members of its objects are called by e-mail addresses or phone numbers, which would be names of columns"
                            .formatted(origin),
                    "Let what writes it say them as values: {\"email\": …, \"count\": …} instead of {…: …}");
        }
        List<Column> members =
                columns.stream()
                        .map(it ->
                                NamesOfPeople.isIn(it.type())
                                        ? new Column(it.name(), Type.Simple.VARCHAR)
                                        : it)
                        .toList();
        return typed(members);
    }

    private List<Column> typed(List<Column> columns) {
        Map<String, Type> types = options.types();
        return columns.stream()
                .map(column ->
                        new Column(
                                column.name(),
                                declared(types, column.name()).orElse(column.type())))
                .toList();
    }

    private Shape parquet(Path path) {
        return typed(
                session.describe("SELECT * FROM read_parquet(%s)".formatted(Scans.path(path))));
    }

    /// Of rows whose types are facts.
    Shape typed(Schema schema) {
        List<Column> own = schema.columns().stream().filter(Sniffer::isChange).toList();
        List<Column> columns = new ArrayList<>(schema.columns());
        columns.removeAll(own);
        return new Shape(
                Format.PARQUET,
                Dialect.PLAIN,
                typed(columns),
                own.isEmpty() ? Shape.Content.ROWS : Shape.Content.CHANGES);
    }

    private static boolean isChange(Column column) {
        return column.name().equals(Connector.Changes.OP)
                || column.name().equals(Connector.Changes.SAME)
                || column.name().equals(Connector.Changes.NUMBER);
    }

    /// What the engine's sniffer says.
    private record Sniffed(
            String delimiter,
            String quote,
            String escape,
            String dateFormat,
            String timestampFormat,
            long skip,
            boolean hasHeader,
            List<String> names,
            List<Type> types) {
        static Sniffed of(List<@Nullable Object> row) {
            return new Sniffed(
                    text(row.get(0)),
                    text(row.get(1)),
                    text(row.get(2)),
                    row.get(3) == null ? YEAR_FIRST : text(row.get(3)),
                    row.get(4) == null ? YEAR_FIRST : text(row.get(4)),
                    row.get(5) instanceof Number skip ? skip.longValue() : 0,
                    Boolean.TRUE.equals(row.get(6)),
                    texts(row.get(7)),
                    texts(row.get(8)).stream().map(Type::parse).toList());
        }

        /// By the header alone, where even a tolerant look at the rows fails; all columns are then text.
        static Sniffed guessed(String firstLine, String delimiter) {
            List<String> names = fields(firstLine, delimiter).toList();
            List<Type> types = names.stream().<Type>map(_ -> Type.Simple.VARCHAR).toList();
            return new Sniffed(delimiter, "", "", YEAR_FIRST, YEAR_FIRST, 0, true, names, types);
        }

        private static String text(@Nullable Object value) {
            String text = String.valueOf(value);
            return text.equals(EMPTY) || text.equals("\\0") ? "" : text.replace("\\t", "\t");
        }

        private static List<String> texts(@Nullable Object value) {
            return value instanceof List<?> many
                    ? many.stream().map(String::valueOf).toList()
                    : List.of();
        }
    }
}
