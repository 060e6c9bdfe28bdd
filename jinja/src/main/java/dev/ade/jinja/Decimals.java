package dev.ade.jinja;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// Numbers in the forms `f`, `e`, `g` and `%` of Python, without sign.
final class Decimals {
    private static final int PRECISION_MAX = 1000;

    private Decimals() {}

    /// @param form one of `f F e E g G %`
    /// @param precision below 0 for the usual one
    /// @param alternate whether `g` keeps the zeros at the end
    static String text(double value, char form, int precision, boolean alternate) {
        if (precision > PRECISION_MAX) {
            throw new Problem("the precision is at most " + PRECISION_MAX + ", was " + precision);
        }
        int digits = precision < 0 ? 6 : precision;
        String text;
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            text = (Double.isNaN(value) ? "nan" : "inf") + (form == '%' ? "%" : "");
        } else {
            BigDecimal exact = new BigDecimal(Math.abs(value));
            text =
                    switch (form) {
                        case 'e', 'E' -> scientific(exact, digits);
                        case 'g', 'G' -> general(exact, digits, alternate);
                        case '%' -> fixed(exact.movePointRight(2), digits) + "%";
                        default -> fixed(exact, digits);
                    };
        }
        return Character.isUpperCase(form) ? StringMethods.upper(text) : text;
    }

    private static String fixed(BigDecimal value, int digits) {
        return value.setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
    }

    private static String scientific(BigDecimal value, int digits) {
        if (value.signum() == 0) {
            return fixed(BigDecimal.ZERO, digits) + "e+00";
        }
        BigDecimal rounded = value.round(new MathContext(digits + 1, RoundingMode.HALF_EVEN));
        int exponent = rounded.precision() - rounded.scale() - 1;
        return fixed(rounded.movePointLeft(exponent), digits) + Numbers.exponent(exponent);
    }

    private static String general(BigDecimal value, int precision, boolean alternate) {
        int digits = Math.max(precision, 1);
        if (value.signum() == 0) {
            return alternate ? fixed(value, digits - 1) : "0";
        }
        BigDecimal rounded = value.round(new MathContext(digits, RoundingMode.HALF_EVEN));
        int exponent = rounded.precision() - rounded.scale() - 1;
        boolean plain = exponent >= -4 && exponent < digits;
        BigDecimal number = plain ? rounded : rounded.movePointLeft(exponent);
        String text =
                alternate
                        ? fixed(number, plain ? digits - 1 - exponent : digits - 1)
                        : number.stripTrailingZeros().toPlainString();
        return plain ? text : text + Numbers.exponent(exponent);
    }
}
