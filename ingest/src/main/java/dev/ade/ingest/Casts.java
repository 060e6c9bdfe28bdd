package dev.ade.ingest;

import dev.ade.model.Sql;
import dev.ade.model.Type;
import dev.ade.model.Type.Decimal;
import dev.ade.model.Type.Simple;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What was read, as the type of its column, as SQL; NULL where it does not fit. Nothing is rounded: a number with
/// more digits than its column holds does not fit, nor does a time of day in a date.
final class Casts {
    private static final Set<Type> INTEGERS = Set.of(Simple.INTEGER, Simple.BIGINT);
    private static final Set<Type> FLOATS = Set.of(Simple.FLOAT, Simple.DOUBLE);

    /// What stands before the point, behind it, and the exponent.
    private static final String WITH_EXPONENT = "\\s*[+-]?(\\d*)\\.?(\\d*)[eE]([+-]?\\d{1,9})\\s*";

    private final ReaderOptions options;

    /// What a statement is for: one that is faster takes longer to prepare.
    enum Rows {
        FEW,
        MANY;

        /// About 50,000 values.
        private static final long COLUMN_BYTES = 512L << 10;

        /// @param parts of one shape
        static Rows of(List<Part> parts) {
            long bytes = parts.stream().mapToLong(part -> part.item().bytes()).sum();
            int columns = parts.getFirst().shape().columns().size();
            return bytes > COLUMN_BYTES * columns ? MANY : FEW;
        }
    }

    Casts(ReaderOptions options) {
        this.options = options;
    }

    /// @param raw SQL of a text
    String text(String raw, Type type) {
        return switch (type) {
            case Decimal decimal -> decimal(raw, decimal);
            case Simple simple -> simple(raw, simple);
            case Type.ListOf _, Type.Struct _, Type.MapOf _ ->
                    "TRY(CAST(CAST(%s AS JSON) AS %s))".formatted(raw, type.sql());
        };
    }

    /// An object may leave out members that it has no value for.
    ///
    /// @param raw SQL of a text
    String json(String raw, Type type) {
        return Members.of(type)
                .map(members ->
                        "coalesce(%s, %s)"
                                .formatted(
                                        text(raw, type),
                                        text(
                                                "%s(CAST(%s AS VARCHAR))"
                                                        .formatted(members.name(), raw),
                                                type)))
                .orElseGet(() -> text(raw, type));
    }

    /// Spaces around a value do not count. Trimming takes longer than most casts, which mostly take spaces themselves: of
    /// many rows only what does not fit is trimmed. Only to bytes would spaces belong.
    ///
    /// @param raw SQL of a text of a CSV file, whose numbers may be written in another country's way
    String csv(String raw, Type type, Rows rows) {
        if (type.isNested()) {
            return json("trim(" + raw + ")", type);
        }
        String trimmed = written("trim(" + raw + ")", type);
        return rows == Rows.FEW || type == Simple.BLOB
                ? trimmed
                : "coalesce(%s, %s)".formatted(written(raw, type), trimmed);
    }

    private String written(String raw, Type type) {
        return text(type.isNumeric() ? plainNumber(raw) : raw, type);
    }

    private String plainNumber(String raw) {
        String plain =
                options.text(Option.THOUSANDS)
                        .map(mark -> "replace(%s, %s, '')".formatted(raw, Sql.literal(mark)))
                        .orElse(raw);
        return options.text(Option.DECIMAL_SEPARATOR)
                .map(mark -> "replace(%s, %s, '.')".formatted(plain, Sql.literal(mark)))
                .orElse(plain);
    }

    /// @param raw SQL of a value of type `from`, as a Parquet file has it
    String value(String raw, Type from, Type to) {
        if (from.equals(to)) {
            return raw;
        }
        if (from == Simple.VARCHAR && !to.isNested()) {
            return text(raw, to);
        }
        String cast = "TRY_CAST(%s AS %s)".formatted(raw, to.sql());
        boolean mayLose =
                (from instanceof Decimal && to instanceof Decimal)
                        || (INTEGERS.contains(to)
                                && (from instanceof Decimal || FLOATS.contains(from)))
                        || (to == Simple.DATE && from.isTemporal());
        return mayLose ? "CASE WHEN %s = %s THEN %s END".formatted(cast, raw, cast) : cast;
    }

    private String simple(String raw, Simple type) {
        if (type == Simple.VARCHAR) {
            return "CAST(%s AS VARCHAR)".formatted(raw);
        }
        if (INTEGERS.contains(type)) {
            return integer(raw, type);
        }
        Optional<String> format =
                type == Simple.DATE
                        ? options.text(Option.DATEFORMAT)
                        : type == Simple.TIMESTAMP || type == Simple.TIMESTAMPTZ
                                ? options.text(Option.TIMESTAMPFORMAT)
                                : Optional.empty();
        return format.map(text ->
                        "CAST(TRY_STRPTIME(%s, %s) AS %s)"
                                .formatted(raw, Sql.literal(text), type.sql()))
                .orElseGet(() -> plain(raw, type));
    }

    private static String plain(String raw, Simple type) {
        return switch (type) {
            case DATE -> date(raw);
            case TIME -> time(raw);
            case TIMESTAMP -> timestamp(raw);
            case BOOLEAN, INTEGER, BIGINT, FLOAT, DOUBLE, VARCHAR, BLOB, UUID, TIMESTAMPTZ ->
                    "TRY_CAST(%s AS %s)".formatted(raw, type.sql());
        };
    }

    /// The engine leaves out what follows the day.
    private static String date(String raw) {
        return """
        CASE WHEN strlen(%1$s) <= 10 OR TRY_CAST(%1$s AS TIMESTAMP) = TRY_CAST(%1$s AS DATE) THEN TRY_CAST(%1$s AS DATE) END\
        """
                .formatted(raw);
    }

    /// The engine leaves out what stands around the time, such as PM.
    private static String time(String raw) {
        return "CASE WHEN regexp_full_match(%1$s, '[0-9:.]+([zZ]|[+]00(:?00)?)?') THEN TRY_CAST(%1$s AS TIME) END"
                .formatted(raw);
    }

    /// The engine leaves out what follows the time, be it PM or an offset. With an offset it is told in UTC. A time as it
    /// mostly is written is known by its shape, which takes less than half the time of the other question.
    private static String timestamp(String raw) {
        return """
        CASE WHEN %1$s LIKE '____-__-__ __:__:__' OR NOT regexp_matches(substr(%1$s, 9), '[^0-9 T:.]')
             THEN TRY_CAST(%1$s AS TIMESTAMP) ELSE TRY_CAST(TRY_CAST(%1$s AS TIMESTAMPTZ) AS TIMESTAMP) END\
        """
                .formatted(raw);
    }

    /// The engine takes `1.5` for the integer 2.
    private static String integer(String raw, Simple type) {
        return """
        CASE WHEN NOT contains(%1$s, '.') AND %2$s THEN TRY_CAST(%1$s AS %3$s)
             WHEN CASE WHEN %2$s THEN NOT regexp_matches(%1$s, '\\.0*[1-9]') ELSE %4$s END THEN TRY_CAST(%1$s AS %3$s) END\
        """
                .formatted(
                        raw, hasNoExponent(raw), type.sql(), keeps(raw, 0, Decimal.PRECISION_MAX));
    }

    /// Few digits behind the point are seen at once; of more, all but zeros are too many. The engine counts digits before it
    /// looks at the exponent, so with one it gets room for more.
    private static String decimal(String raw, Decimal type) {
        return """
        CASE WHEN %2$s AND (strpos(%1$s, '.') = 0 OR strlen(%1$s) - strpos(%1$s, '.') <= %4$d) THEN TRY_CAST(%1$s AS %3$s)
             WHEN %2$s THEN CASE WHEN NOT regexp_matches(%1$s, '\\.\\d{%4$d}\\d*[1-9]') THEN TRY_CAST(%1$s AS %3$s) END
             WHEN %5$s THEN TRY_CAST(TRY_CAST(%1$s AS %6$s) AS %3$s) END\
        """
                .formatted(
                        raw,
                        hasNoExponent(raw),
                        type.sql(),
                        type.scale(),
                        keeps(raw, type.scale(), type.precision() - type.scale()),
                        new Decimal(Decimal.PRECISION_MAX, type.scale()).sql());
    }

    /// Whether a number with an exponent has nothing but zeros more than `scale` digits behind the point, and no more than
    /// `digits` before it. They are counted: what the engine makes of them is rounded already, or has a digit too many.
    private static String keeps(String raw, int scale, int digits) {
        String whole = "regexp_extract(%s, '%s', 1)".formatted(raw, WITH_EXPONENT);
        String fraction = "regexp_extract(%s, '%s', 2)".formatted(raw, WITH_EXPONENT);
        String exponent =
                "TRY_CAST(regexp_extract(%s, '%s', 3) AS INTEGER)".formatted(raw, WITH_EXPONENT);
        return """
        (regexp_full_match(%1$s, '%2$s') AND (regexp_full_match(%1$s, '[^1-9eE]*[eE].*')
         OR (strlen(rtrim(%3$s || %4$s, '0')) - strlen(%3$s) - %5$s <= %6$d
             AND strlen(ltrim(%3$s || %4$s, '0')) - strlen(%4$s) + %5$s <= %7$d)))\
        """
                .formatted(raw, WITH_EXPONENT, whole, fraction, exponent, scale, digits);
    }

    private static String hasNoExponent(String raw) {
        return "NOT contains(%1$s, 'e') AND NOT contains(%1$s, 'E')".formatted(raw);
    }
}
