package dev.ade.ingest;

import dev.ade.model.AdeException;
import dev.ade.model.LoadSpec.Format;
import dev.ade.model.Sql;
import dev.ade.model.Type;
import dev.ade.model.Wording;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a source may say about how its files are read, by DuckDB's names.
enum Option {
    DELIM(Value.TEXT, Use.DIALECT, Set.of("sep", "separator", "delimiter")),
    QUOTE(Value.TEXT, Use.DIALECT, Set.of()),
    ESCAPE(Value.TEXT, Use.DIALECT, Set.of()),
    HEADER(Value.FLAG, Use.DIALECT, Set.of()),
    SKIP(Value.COUNT, Use.DIALECT, Set.of()),
    COMMENT(Value.TEXT, Use.DIALECT, Set.of()),
    NEW_LINE(Value.TEXT, Use.DIALECT, Set.of()),
    ENCODING(Value.TEXT, Use.DIALECT, Set.of()),
    NAMES(Value.TEXTS, Use.DIALECT, Set.of("column_names")),
    ALL_VARCHAR(Value.FLAG, Use.TYPES, Set.of()),
    TYPES(Value.TYPES, Use.TYPES, Set.of("column_types", "dtypes", "columns")),
    NULLSTR(Value.TEXTS, Use.CSV_READER, Set.of("null")),
    DECIMAL_SEPARATOR(Value.TEXT, Use.CSV_READER, Set.of()),
    THOUSANDS(Value.TEXT, Use.CSV_READER, Set.of()),
    NULL_PADDING(Value.FLAG, Use.CSV_READER, Set.of()),
    STRICT_MODE(Value.FLAG, Use.CSV_READER, Set.of()),
    MAX_LINE_SIZE(Value.COUNT, Use.CSV_READER, Set.of("maximum_line_size")),
    FORCE_NOT_NULL(Value.TEXTS, Use.CSV_READER, Set.of()),
    ALLOW_QUOTED_NULLS(Value.FLAG, Use.CSV_READER, Set.of()),
    DATEFORMAT(Value.TEXT, Use.TEXT_READERS, Set.of("date_format")),
    TIMESTAMPFORMAT(Value.TEXT, Use.TEXT_READERS, Set.of("timestamp_format")),
    SAMPLE_SIZE(Value.COUNT, Use.SNIFFER, Set.of()),
    MAXIMUM_OBJECT_SIZE(Value.COUNT, Use.JSON_READER, Set.of()),
    MAXIMUM_DEPTH(Value.COUNT, Use.JSON_SNIFFER, Set.of()),
    BINARY_AS_STRING(Value.FLAG, Use.PARQUET_READER, Set.of());

    /// What an option's value is.
    enum Value {
        TEXT,
        FLAG,
        COUNT,
        TEXTS,
        TYPES
    }

    /// Who needs an option.
    enum Use {
        DIALECT(Format.CSV),
        CSV_READER(Format.CSV),
        TEXT_READERS(Format.CSV, Format.JSON, Format.NDJSON),
        SNIFFER(Format.CSV, Format.JSON, Format.NDJSON),
        TYPES(Format.CSV, Format.JSON, Format.NDJSON, Format.PARQUET),
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
                        .min(Comparator.comparingInt(word -> distance(word, name)))
                        .orElseThrow();
        String all =
                Arrays.stream(values())
                        .map(Option::word)
                        .sorted()
                        .collect(Collectors.joining(", "));
        return AdeException.user(
                "Cannot use the option '%s' in load: there is none of that name".formatted(name),
                (distance(nearest, name) <= 3 ? "Did you mean '%s'? ".formatted(nearest) : "")
                        + "There are "
                        + all);
    }

    /// The value as this option wants it: String, Boolean, Long, a list of String, or a map of name to Type.
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

    private AdeException wrong(String wanted, Object raw) {
        return AdeException.user(
                "Cannot use the option '%s' in load: it is not %s, was '%s'"
                        .formatted(word(), wanted, raw),
                "Correct it in load: options");
    }

    /// Levenshtein's.
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            int corner = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = corner + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                corner = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
