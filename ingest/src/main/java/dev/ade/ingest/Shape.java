package dev.ade.ingest;

import dev.ade.model.AdeException;
import dev.ade.model.Aliases;
import dev.ade.model.Column;
import dev.ade.model.Homonyms;
import dev.ade.model.LoadSpec.Format;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a file looks like from outside.
///
/// @param format of what is read: never `AUTO`, and never one that is converted first
/// @param dialect of CSV; `Dialect.PLAIN` for others, who have none
/// @param columns as the file has them, in its order, with the types its sample suggests
/// @param content rows, or changes of rows
/// @param aliases what the dataset calls columns that the file calls otherwise
record Shape(
        Format format, Dialect dialect, List<Column> columns, Content content, Aliases aliases) {
    enum Content {
        ROWS,
        /// With the columns of `Connector.Changes`, which are not among `columns`.
        CHANGES
    }

    Shape {
        columns = List.copyOf(columns);
    }

    Shape(Format format, Dialect dialect, List<Column> columns) {
        this(format, dialect, columns, Content.ROWS);
    }

    Shape(Format format, Dialect dialect, List<Column> columns, Content content) {
        this(format, dialect, columns, content, Aliases.NONE);
    }

    /// The same, of a file that may call columns otherwise than the dataset does.
    ///
    /// @throws AdeException DATA where two of its columns are one in the dataset
    Shape under(Aliases names, String origin) {
        Shape under = new Shape(format, dialect, columns, content, names);
        Map<String, String> seen = new HashMap<>();
        for (Column column : columns) {
            String own = under.own(column);
            String other = seen.put(own.toLowerCase(Locale.ROOT), column.name());
            if (other != null) {
                throw AdeException.data(
                        "Cannot load %s: it has columns '%s' and '%s', which are both '%s' by their aliases"
                                .formatted(origin, other, column.name(), own),
                        "Take the one that is another column out of aliases in sources.yml");
            }
        }
        return under;
    }

    /// What the dataset calls one of its columns.
    String own(Column column) {
        return aliases.own(column.name());
    }

    boolean isChanges() {
        return content == Content.CHANGES;
    }

    static IllegalArgumentException unread() {
        return new IllegalArgumentException("what is read is CSV, JSON, NDJSON or Parquet");
    }

    /// @param name of the file, or of the dataset
    Optional<Column> column(String name) {
        String own = aliases.own(name);
        return columns.stream().filter(column -> own(column).equalsIgnoreCase(own)).findFirst();
    }

    boolean isEmpty() {
        return columns.isEmpty();
    }

    /// Files with equal keys can be read by one statement. Only Parquet's types are facts.
    List<Object> key() {
        return format == Format.PARQUET
                ? List.of(format, columns, content)
                : List.of(format, dialect, columns.stream().map(Column::name).toList());
    }

    /// Names that differ only in case cannot be told apart in SQL, and names with control characters are none.
    Shape requireNames(String origin) {
        if (columns.stream().anyMatch(column -> column.name().chars().anyMatch(Shape::isControl))) {
            throw AdeException.data(
                    "Cannot load %s: its column names hold control characters, as if it were no text"
                            .formatted(origin),
                    "Check what the file is; name its format or its encoding in load:");
        }
        Homonyms.among(columns.stream().map(Column::name).toList())
                .ifPresent(homonyms -> {
                    throw AdeException.data(
                            "Cannot load %s: %s have one name".formatted(origin, homonyms),
                            format == Format.CSV
                                    ? "Give the columns names of their own in load: {options: {names: [a, b, …]}}"
                                    : "Give the columns names of their own where they come from");
                });
        return this;
    }

    private static boolean isControl(int character) {
        return Character.isISOControl(character)
                && character != '\n'
                && character != '\r'
                && character != '\t';
    }
}
