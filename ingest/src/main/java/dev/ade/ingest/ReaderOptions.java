package dev.ade.ingest;

import dev.ade.ingest.format.FixedWidth;
import dev.ade.ingest.format.UnpackLimit;
import dev.ade.model.AdeException;
import dev.ade.model.LoadSpec.Files;
import dev.ade.model.LoadSpec.Format;
import dev.ade.model.SourceTable;
import dev.ade.model.Type;
import dev.ade.model.Wording;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A source's options, checked.
record ReaderOptions(Map<Option, Object> values) {
    static final long LINE_BYTES_MAX = 2_000_000;

    ReaderOptions {
        values = Map.copyOf(values);
    }

    static ReaderOptions of(SourceTable source, Files files) {
        Map<Option, Object> values = new EnumMap<>(Option.class);
        try {
            files.options()
                    .forEach((name, raw) -> {
                        Option option = Option.find(name).orElseThrow(() -> Option.unknown(name));
                        requireUse(option, files.format());
                        values.put(option, option.read(raw));
                    });
        } catch (AdeException e) {
            throw e.at(source.location());
        }
        return new ReaderOptions(values);
    }

    private static void requireUse(Option option, Format format) {
        if (format != Format.AUTO && !option.isFor(format)) {
            throw AdeException.user(
                    "Cannot use the option '%s' in load: %s files have no such thing"
                            .formatted(option.word(), Wording.of(format)),
                    "Take it out");
        }
    }

    /// For CSV that ADE wrote itself: none of what says how others write it.
    ReaderOptions ofCopy() {
        Map<Option, Object> rest = new EnumMap<>(Option.class);
        values.forEach((option, value) -> {
            boolean isForeign =
                    option.use() == Option.Use.DIALECT
                            || (option.use() == Option.Use.LINES && option != Option.ENCODING)
                            || option.use() == Option.Use.NAMING
                            || option.use() == Option.Use.CSV_READER;
            if (!isForeign) {
                rest.put(option, value);
            }
        });
        rest.put(Option.DELIM, Dialect.PLAIN.delimiter());
        rest.put(Option.QUOTE, Dialect.PLAIN.quote());
        rest.put(Option.HEADER, true);
        return new ReaderOptions(rest);
    }

    ReaderOptions without(Option option) {
        Map<Option, Object> rest = new EnumMap<>(Option.class);
        rest.putAll(values);
        rest.remove(option);
        return new ReaderOptions(rest);
    }

    /// Types are found from all rows.
    ReaderOptions lookingAtAll() {
        Map<Option, Object> all = new EnumMap<>(Option.class);
        all.putAll(values);
        all.put(Option.SAMPLE_SIZE, -1L);
        return new ReaderOptions(all);
    }

    Optional<String> text(Option option) {
        return Optional.ofNullable(values.get(option)).map(String.class::cast);
    }

    Optional<Boolean> flag(Option option) {
        return Optional.ofNullable(values.get(option)).map(Boolean.class::cast);
    }

    Optional<Long> count(Option option) {
        return Optional.ofNullable(values.get(option)).map(Long.class::cast);
    }

    List<String> texts(Option option) {
        return values.get(option) instanceof List<?> many
                ? many.stream().map(String.class::cast).toList()
                : List.of();
    }

    List<FixedWidth.Field> fields() {
        return values.get(Option.FIELDS) instanceof List<?> many
                ? many.stream().map(FixedWidth.Field.class::cast).toList()
                : List.of();
    }

    /// Types by column, as `types:` gives them.
    Map<String, Type> types() {
        Map<String, Type> types = new LinkedHashMap<>();
        if (values.get(Option.TYPES) instanceof Map<?, ?> map) {
            map.forEach((name, type) -> types.put((String) name, (Type) type));
        }
        return types;
    }

    boolean isAllText() {
        return flag(Option.ALL_VARCHAR).orElse(false);
    }

    Encoding encoding() {
        return Encoding.of(text(Option.ENCODING).orElse("utf-8"));
    }

    long lineBytesMax() {
        return count(Option.MAX_LINE_SIZE).orElse(LINE_BYTES_MAX);
    }

    UnpackLimit unpackLimit() {
        return count(Option.UNPACKED_MAX).map(UnpackLimit::of).orElse(UnpackLimit.DEFAULT);
    }

    /// `, name=value` for every option of these uses.
    String sql(Option.Use... uses) {
        StringBuilder sql = new StringBuilder();
        for (Option option : Option.values()) {
            Object value = values.get(option);
            if (value != null && List.of(uses).contains(option.use())) {
                sql.append(", ").append(option.word()).append('=').append(Option.sql(value));
            }
        }
        return sql.toString();
    }
}
