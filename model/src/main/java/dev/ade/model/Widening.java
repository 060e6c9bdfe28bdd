package dev.ade.model;

import dev.ade.model.Type.Decimal;
import dev.ade.model.Type.ListOf;
import dev.ade.model.Type.MapOf;
import dev.ade.model.Type.Simple;
import dev.ade.model.Type.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The narrowest type that holds the values of two.
public final class Widening {
    private static final List<Type> INTEGERS = List.of(Simple.INTEGER, Simple.BIGINT);
    private static final List<Type> FLOATS = List.of(Simple.FLOAT, Simple.DOUBLE);

    /// Of whole numbers beyond 64 bits, whose digits no double keeps.
    private static final Decimal WHOLE = new Decimal(Decimal.PRECISION_MAX, 0);

    private static final List<Type> TIMES =
            List.of(Simple.DATE, Simple.TIMESTAMP, Simple.TIMESTAMPTZ);

    private Widening() {}

    /// @return a type that holds all values of `a` and of `b`; VARCHAR where nothing better does
    public static Type of(Type a, Type b) {
        if (a.equals(b)) {
            return a;
        }
        return switch (a) {
            case Struct first when b instanceof Struct second -> struct(first, second);
            case ListOf(Type x) when b instanceof ListOf(Type y) -> new ListOf(of(x, y));
            case MapOf(Type k, Type v) when b instanceof MapOf(Type l, Type w) ->
                    new MapOf(of(k, l), of(v, w));
            case Simple _, Decimal _, Struct _, ListOf _, MapOf _ -> plain(a, b);
        };
    }

    /// @return a type that holds all values of both as what they are; empty where that is nothing but text, or a number that
    ///     may be rounded
    public static Optional<Type> exact(Type a, Type b) {
        Type wide = of(a, b);
        boolean isText = wide == Simple.VARCHAR && !a.equals(wide);
        boolean isRounded = wide == Simple.DOUBLE && !FLOATS.contains(a) && !FLOATS.contains(b);
        return isText || isRounded ? Optional.empty() : Optional.of(wide);
    }

    /// True where every value of `narrow` is one of `wide`.
    public static boolean holds(Type wide, Type narrow) {
        return of(wide, narrow).equals(wide);
    }

    /// True where a table format changes `from` to `to` without touching its files.
    public static boolean isPromotion(Type from, Type to) {
        if (from.equals(to)) {
            return true;
        }
        return switch (to) {
            case Decimal(int precision, int scale) ->
                    from instanceof Decimal(int p, int s) && s == scale && p <= precision;
            case Simple simple ->
                    (simple == Simple.BIGINT && from == Simple.INTEGER)
                            || (simple == Simple.DOUBLE && from == Simple.FLOAT);
            case Struct _, ListOf _, MapOf _ -> false;
        };
    }

    private static Type plain(Type a, Type b) {
        for (List<Type> ladder : List.of(INTEGERS, FLOATS, TIMES)) {
            if (ladder.contains(a) && ladder.contains(b)) {
                return ladder.get(Math.max(ladder.indexOf(a), ladder.indexOf(b)));
            }
        }
        return a.isNumeric() && b.isNumeric() ? number(a, b) : Simple.VARCHAR;
    }

    private static Type number(Type a, Type b) {
        if (FLOATS.contains(a) || FLOATS.contains(b)) {
            return a.equals(WHOLE) || b.equals(WHOLE) ? Simple.VARCHAR : Simple.DOUBLE;
        }
        Decimal x = decimal(a);
        Decimal y = decimal(b);
        int scale = Math.max(x.scale(), y.scale());
        int whole = Math.max(x.precision() - x.scale(), y.precision() - y.scale());
        return whole + scale > Decimal.PRECISION_MAX
                ? Simple.DOUBLE
                : new Decimal(whole + scale, scale);
    }

    private static Decimal decimal(Type type) {
        return switch (type) {
            case Decimal decimal -> decimal;
            case Simple simple -> new Decimal(simple == Simple.INTEGER ? 10 : 19, 0);
            case Struct _, ListOf _, MapOf _ ->
                    throw new IllegalArgumentException(type.sql() + " is no number");
        };
    }

    private static Struct struct(Struct a, Struct b) {
        List<Column> fields = new ArrayList<>();
        for (Column field : a.fields()) {
            Type type =
                    b.fields().stream()
                            .filter(other -> other.name().equals(field.name()))
                            .findFirst()
                            .map(other -> of(field.type(), other.type()))
                            .orElse(field.type());
            fields.add(new Column(field.name(), type));
        }
        b.fields().stream()
                .filter(field -> a.fields().stream().noneMatch(f -> f.name().equals(field.name())))
                .forEach(fields::add);
        return new Struct(fields);
    }
}
