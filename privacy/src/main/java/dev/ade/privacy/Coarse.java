package dev.ade.privacy;

import dev.ade.model.Grain;
import dev.ade.model.Treatment.Coarsening;
import dev.ade.model.Type;
import dev.ade.model.Type.Simple;
import dev.ade.spi.Privacy.Projection;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Values made coarser, in SQL where SQL can.
final class Coarse {
    private Coarse() {}

    static Projection of(Place place, Coarsening to, Type type) {
        return switch (to) {
            case Coarsening.ToGrain grain -> grain(place, grain.grain(), type);
            case Coarsening.ToBucket bucket -> bucket(place, bucket.width(), type);
            case Coarsening.ToPrefix prefix -> prefix(prefix.characters(), type);
            case Coarsening.ToNetwork network -> network(place, network, type);
        };
    }

    private static Projection grain(Place place, Grain grain, Type type) {
        if (!type.isTemporal()) {
            throw place.misfit(
                    "generalise to " + grain.text(),
                    "a date or timestamp",
                    type,
                    "Declare its type (data_type: date), or use {to: {prefix: 4}} for text");
        }
        String unit = "'" + grain.text() + "'";
        return sql(
                type == Simple.TIMESTAMPTZ
                        ? x ->
                                "(date_trunc(%s, (%s) at time zone 'UTC') at time zone 'UTC')"
                                        .formatted(unit, x)
                        : x -> "cast(date_trunc(%s, %s) as %s)".formatted(unit, x, type.sql()),
                type);
    }

    /// Whole and decimal numbers are divided exactly, as whole numbers; what leaves the type becomes NULL, because
    /// an error of the engine would show the value.
    private static Projection bucket(Place place, double width, Type type) {
        BigDecimal exact = new BigDecimal(Double.toString(width)).stripTrailingZeros();
        int digits = Math.max(0, exact.scale());
        return switch (type) {
            case Simple.INTEGER, Simple.BIGINT ->
                    digits == 0 ? whole(exact, 0, type) : floating(width, Simple.DOUBLE);
            case Simple.FLOAT, Simple.DOUBLE -> floating(width, type);
            case Type.Decimal decimal when digits <= decimal.scale() ->
                    whole(exact, decimal.scale(), type);
            case Type.Decimal _ -> floating(width, Simple.DOUBLE);
            case Simple _, Type.ListOf _, Type.Struct _, Type.MapOf _ ->
                    throw place.misfit(
                            "generalise to buckets",
                            "a number",
                            type,
                            "Declare its type (data_type: integer), or use {to: {prefix: 3}} for text");
        };
    }

    private static Projection whole(BigDecimal width, int scale, Type type) {
        String step = width.movePointRight(scale).toBigInteger() + "::hugeint";
        return scale == 0
                ? sql(
                        x ->
                                "try_cast(%1$s - %2$s as %3$s)"
                                        .formatted(
                                                hugeint(x),
                                                remainder(hugeint(x), step),
                                                type.sql()),
                        type)
                : sql(x -> decimal(x, step, (Type.Decimal) type), type);
    }

    /// The remainder is taken from the value as it is: only it goes through a double.
    private static String decimal(String x, String step, Type.Decimal type) {
        String units = hugeint("replace(cast(%s as varchar), '.', '')".formatted(x));
        return "try(cast((%1$s) - cast(%2$s / 1e%3$d as %4$s) as %4$s))"
                .formatted(x, remainder(units, step), type.scale(), type.sql());
    }

    private static String hugeint(String x) {
        return "(%s)::hugeint".formatted(x);
    }

    /// The remainder of a division that rounds down, 0 or more.
    private static String remainder(String x, String step) {
        return "((%1$s %% %2$s + %2$s) %% %2$s)".formatted(x, step);
    }

    private static Projection floating(double width, Type type) {
        return sql(
                x ->
                        "try_cast(floor(cast(%1$s as double) / %2$s) * %2$s as %3$s)"
                                .formatted(x, width + "::double", type.sql()),
                type);
    }

    private static Projection prefix(int characters, Type type) {
        return sql(
                x -> "left(%s, %d)".formatted(Canonical.text(x, type), characters), Simple.VARCHAR);
    }

    private static Projection network(Place place, Coarsening.ToNetwork to, Type type) {
        if (type != Simple.VARCHAR) {
            throw place.misfit(
                    "generalise to networks",
                    "text",
                    type,
                    "Declare its type (data_type: varchar)");
        }
        String name = "ade_network_%d_%d".formatted(to.ipv4Bits(), to.ipv6Bits());
        TextFunction function =
                new TextFunction(
                        name,
                        Simple.VARCHAR,
                        text -> Networks.of(text, to.ipv4Bits(), to.ipv6Bits()));
        return new Projection(
                Optional.of(x -> "%s(%s)".formatted(name, x)), Simple.VARCHAR, List.of(function));
    }

    private static Projection sql(UnaryOperator<String> expression, Type type) {
        return new Projection(Optional.of(expression), type, List.of());
    }
}
