package dev.ade.ingest;

import dev.ade.ingest.format.FixedWidth;
import dev.ade.model.AdeException;
import dev.ade.model.LoadSpec.Format;
import dev.ade.model.Spelling;
import dev.ade.model.Sql;
import dev.ade.model.Type;
import dev.ade.model.Wording;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a source may say about how its files are read, by DuckDB's names.
enum Option {
    DELIM(Value.TEXT, Use.DIALECT, Set.of("sep", "separator", "delimiter")),
    QUOTE(Value.TEXT, Use.DIALECT, Set.of()),
    ESCAPE(Value.TEXT, Use.DIALECT, Set.of()),
    HEADER(Value.FLAG, Use.NAMING, Set.of()),
    SKIP(Value.COUNT, Use.LINES, Set.of()),
    COMMENT(Value.TEXT, Use.DIALECT, Set.of()),
    NEW_LINE(Value.TEXT, Use.DIALECT, Set.of()),
    ENCODING(Value.TEXT, Use.LINES, Set.of()),
    NAMES(Value.TEXTS, Use.NAMING, Set.of("column_names")),
    SHEET(Value.TEXT, Use.SHEETS, Set.of()),
    RANGE(Value.TEXT, Use.SHEETS, Set.of()),
    FIELDS(Value.FIELDS, Use.PLACES, Set.of()),
    ROWS(Value.TEXT, Use.ELEMENTS, Set.of("row_path")),
    ALL_VARCHAR(Value.FLAG, Use.ANY_FILE, Set.of()),
    TYPES(Value.TYPES, Use.ANY_FILE, Set.of("column_types", "dtypes", "columns")),
    NULLSTR(Value.TEXTS, Use.PLAIN_TEXT, Set.of("null")),
    DECIMAL_SEPARATOR(Value.TEXT, Use.PLAIN_TEXT, Set.of()),
    THOUSANDS(Value.TEXT, Use.PLAIN_TEXT, Set.of()),
    NULL_PADDING(Value.FLAG, Use.CSV_READER, Set.of()),
    STRICT_MODE(Value.FLAG, Use.CSV_READER, Set.of()),
    MAX_LINE_SIZE(Value.COUNT, Use.PLAIN_TEXT, Set.of("maximum_line_size")),
    FORCE_NOT_NULL(Value.TEXTS, Use.CSV_READER, Set.of()),
    ALLOW_QUOTED_NULLS(Value.FLAG, Use.CSV_READER, Set.of()),
    DATEFORMAT(Value.TEXT, Use.TEXT_READERS, Set.of("date_format")),
    TIMESTAMPFORMAT(Value.TEXT, Use.TEXT_READERS, Set.of("timestamp_format")),
    SAMPLE_SIZE(Value.COUNT, Use.SNIFFER, Set.of()),
    MAXIMUM_OBJECT_SIZE(Value.COUNT, Use.JSON_READER, Set.of()),
    MAXIMUM_DEPTH(Value.COUNT, Use.JSON_SNIFFER, Set.of()),
    BINARY_AS_STRING(Value.FLAG, Use.PARQUET_READER, Set.of()),
    /// Bytes that a packed file may unpack to; it changes nothing of what lands.
    UNPACKED_MAX(Value.COUNT, Use.ANY_FILE, Set.of()),
    /// The files are mails, of which attachments of such names are read.
    ATTACHMENT(Value.TEXT, Use.ANY_FILE, Set.of("attachments"));

    /// What an option's value is.
    enum Value {
        TEXT,
        FLAG,
        COUNT,
        TEXTS,
        TYPES,
        FIELDS
    }

    /// Who needs an option.
    enum Use {
        DIALECT(Format.CSV),
        LINES(Format.CSV, Format.FIXED),
        NAMING(Format.CSV, Format.XLSX),
        SHEETS(Format.XLSX),
        PLACES(Format.FIXED),
        ELEMENTS(Format.XML),
        CSV_READER(Format.CSV),
        PLAIN_TEXT(Format.CSV, Format.FIXED, Format.XML),
        TEXT_READERS(Format.CSV, Format.JSON, Format.NDJSON, Format.XLSX, Format.FIXED, Format.XML),
        SNIFFER(Format.CSV, Format.JSON, Format.NDJSON, Format.XLSX, Format.FIXED, Format.XML),
        ANY_FILE(
                Format.CSV,
                Format.JSON,
                Format.NDJSON,
                Format.PARQUET,
                Format.XLSX,
                Format.FIXED,
                Format.XML,
                Format.AVRO,
                Format.ORC),
        JSON_READER(Format.JSON, Format.NDJSON),
        JSON_SNIFFER(Format.JSON, Format.NDJSON),
        PARQUET_READER(Format.PARQUET);

        private final Set<Format> formats;

        Use(Format first, Format... others) {
            this.formats = EnumSet.of(first, others);
        }
    }

    /// Options people try that would break a promise, and what to do instead.
    private static final Map<String, String> REFUSED =
            Map.of(
                    "ignore_errors",
                    "Rows that break are kept in ade.rejected; set reject_limit for how many may",
                    "store_rejects",
                    "Rows that break are kept in ade.rejected anyway",
                    "normalize_names",
                    "Names are kept as they are; rename columns in a model",
                    "auto_detect",
                    "Declare columns with data_type, and delim, quote and header, to leave nothing to detection",
                    "compression",
                    "Files are unpacked by their names: .gz and .zst",
                    "filename",
                    "Every row has the file it came from in _source",
                    "union_by_name",
                    "Files with different columns are always united by name");

    private static final Pattern PLACES =
            Pattern.compile("\\s*([0-9]{1,7})\\s*(?:-\\s*([0-9]{1,7})\\s*)?");

    private final Value value;
    private final Use use;
    private final Set<String> aliases;

    Option(Value value, Use use, Set<String> aliases) {
        this.value = value;
        this.use = use;
        this.aliases = aliases;
    }

    String word() {
        return Wording.of(this);
    }

    Use use() {
        return use;
    }

    boolean isFor(Format format) {
        return use.formats.contains(format);
    }

    /// The option that `name` means.
    static Optional<Option> find(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(option -> option.word().equals(lower) || option.aliases.contains(lower))
                .findFirst();
    }

    static AdeException unknown(String name) {
        String refused = REFUSED.get(name.toLowerCase(Locale.ROOT));
        if (refused != null) {
            return AdeException.user("Cannot use the option '%s' in load".formatted(name), refused);
        }
        String nearest =
                Arrays.stream(values())
                        .flatMap(option ->
                                Stream.concat(Stream.of(option.word()), option.aliases.stream()))
                        .min(Comparator.comparingInt(word -> Spelling.slips(word, name)))
                        .orElseThrow();
        String all =
                Arrays.stream(values())
                        .map(Option::word)
                        .sorted()
                        .collect(Collectors.joining(", "));
        return AdeException.user(
                "Cannot use the option '%s' in load: there is none of that name".formatted(name),
                (Spelling.slips(nearest, name) <= 3 ? "Did you mean '%s'? ".formatted(nearest) : "")
                        + "There are "
                        + all);
    }

    /// The value as this option wants it: String, Boolean, Long, a list of String, a map of name to Type, or a list of
    /// fields.
    Object read(Object raw) {
        return switch (value) {
            case TEXT -> text(raw);
            case FLAG -> flag(raw);
            case COUNT -> count(raw);
            case TEXTS ->
                    raw instanceof List<?> many
                            ? many.stream().map(this::text).toList()
                            : List.of(text(raw));
            case TYPES -> types(raw);
            case FIELDS -> fields(raw);
        };
    }

    /// The value that `read` gave as SQL.
    static String sql(Object value) {
        return switch (value) {
            case String text -> Sql.literal(text);
            case List<?> many ->
                    many.stream().map(Option::sql).collect(Collectors.joining(", ", "[", "]"));
            default -> value.toString();
        };
    }

    private String text(Object raw) {
        if (raw instanceof String || raw instanceof Number || raw instanceof Boolean) {
            return raw.toString().replace("\\t", "\t");
        }
        throw wrong("text", raw);
    }

    private Boolean flag(Object raw) {
        return switch (raw.toString().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "1" -> true;
            case "false", "no", "0" -> false;
            default -> throw wrong("true or false", raw);
        };
    }

    private Long count(Object raw) {
        try {
            long count = Long.parseLong(raw.toString());
            if (count >= -1) {
                return count;
            }
        } catch (NumberFormatException e) {
            throw wrong("a whole number", raw).causedBy(e);
        }
        throw wrong("a whole number of 0 or more", raw);
    }

    private Map<String, Type> types(Object raw) {
        if (!(raw instanceof Map<?, ?> map)) {
            throw wrong("a map of column to type", raw);
        }
        Map<String, Type> types = new LinkedHashMap<>();
        map.forEach(
                (name, type) -> types.put(String.valueOf(name), Type.parse(String.valueOf(type))));
        return types;
    }

    /// A map of name to places, or such a map as text: `id:1-10,day:11-18`.
    private List<FixedWidth.Field> fields(Object raw) {
        Map<String, String> places = new LinkedHashMap<>();
        if (raw instanceof Map<?, ?> map) {
            map.forEach((name, place) -> places.put(String.valueOf(name), String.valueOf(place)));
        } else {
            for (String field : raw.toString().split(",", -1)) {
                int colon = field.lastIndexOf(':');
                if (colon < 0) {
                    throw wrong("a map of field to places, such as id: 1-10", raw);
                }
                places.put(field.substring(0, colon).strip(), field.substring(colon + 1));
            }
        }
        List<FixedWidth.Field> fields = new ArrayList<>();
        places.forEach((name, place) -> fields.add(field(name, place)));
        return fields;
    }

    private FixedWidth.Field field(String name, String place) {
        Matcher parts = PLACES.matcher(place);
        if (!parts.matches()) {
            throw wrong("a map of field to places, such as id: 1-10", name + ": " + place);
        }
        int first = Integer.parseInt(parts.group(1));
        int last = parts.group(2) == null ? first : Integer.parseInt(parts.group(2));
        return new FixedWidth.Field(name, first, last);
    }

    private AdeException wrong(String wanted, Object raw) {
        return AdeException.user(
                "Cannot use the option '%s' in load: it is not %s, was '%s'"
                        .formatted(word(), wanted, raw),
                "Correct it in load: options");
    }
}
