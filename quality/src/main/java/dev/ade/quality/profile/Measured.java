package dev.ade.quality.profile;

import dev.ade.model.Field;
import dev.ade.model.Type;
import dev.ade.model.Type.Simple;
import java.util.Optional;

/// A column and how it is measured.
///
/// @param index its place among the target's columns; in SQL it is called `c<index>`
/// @param centre a number near the values, for sums that lose nothing; empty for what has no mean
/// @param finiteness whether each value has to be asked
/// @param statistics whether the files' own statistics say its bounds and NULLs
/// @param variation whether one row says what all do
record Measured(
        int index,
        Field field,
        Optional<Double> centre,
        Finiteness finiteness,
        Statistics statistics,
        Variation variation) {

    enum Finiteness {
        FINITE,
        /// There may be NaN or infinity, which would swallow every sum: they are left out.
        UNKNOWN
    }

    enum Variation {
        VARIES,
        /// Every row of every file has the same value: what a batch, a constant or a flag nobody sets looks like.
        CONSTANT
    }

    enum Statistics {
        KNOWN,
        MISSING
    }

    String name() {
        return "c" + index;
    }

    Type type() {
        return field.type();
    }

    boolean isConstant() {
        return variation == Variation.CONSTANT;
    }

    boolean isNested() {
        return type().isNested();
    }

    boolean isText() {
        return type() == Simple.VARCHAR;
    }

    boolean isBinary() {
        return type() == Simple.BLOB;
    }

    /// True for what has a mean: numbers and temporals.
    static boolean isNumber(Type type) {
        return type.isNumeric() || type.isTemporal();
    }

    boolean isNumber() {
        return isNumber(type());
    }

    static boolean isFloating(Type type) {
        return type == Simple.FLOAT || type == Simple.DOUBLE;
    }

    /// The value, NULL where it is NaN or infinite and that is not known to be out of the question.
    String value() {
        return finiteness == Finiteness.UNKNOWN
                ? "case when isfinite(%s) then %s end".formatted(name(), name())
                : name();
    }

    /// The value as DOUBLE; temporals in seconds since 1970.
    static String number(String value, Type type) {
        return type.isTemporal() ? "epoch(" + value + ")" : "(" + value + ")::double";
    }

    /// What is hashed: equal values of a type and of what it may be widened to have equal hashes.
    String hashed() {
        return type() == Simple.FLOAT ? name() + "::double" : name();
    }
}
