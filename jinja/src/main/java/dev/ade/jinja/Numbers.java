package dev.ade.jinja;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/// Python's arithmetic. Integers are Long where they fit, BigInteger where not.
final class Numbers {
    private static final int BITS_MAX = 100_000;
    private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);

    private Numbers() {}

    static boolean isNumber(Object value) {
        return value instanceof Number || value instanceof Boolean;
    }

    static boolean isInteger(Object value) {
        return value instanceof Long
                || value instanceof BigInteger
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte
                || value instanceof Boolean;
    }

    static Object integer(BigInteger value) {
        return value.compareTo(LONG_MIN) >= 0 && value.compareTo(LONG_MAX) <= 0
                ? (Object) value.longValue()
                : value;
    }

    static BigInteger big(Object value) {
        return switch (value) {
            case BigInteger big -> big;
            case Boolean truth -> truth ? BigInteger.ONE : BigInteger.ZERO;
            case Number number -> BigInteger.valueOf(number.longValue());
            default -> throw new Problem("an integer is needed, was " + Python.typeName(value));
        };
    }

    static double real(Object value) {
        double real =
                switch (value) {
                    case Boolean truth -> truth ? 1 : 0;
                    case Number number -> number.doubleValue();
                    default ->
                            throw new Problem("a number is needed, was " + Python.typeName(value));
                };
        if (Double.isInfinite(real) && value instanceof BigInteger) {
            throw new Problem("the integer is too large for a float");
        }
        return real;
    }

    /// An index or a count; too large ones become the largest.
    static int index(Object value) {
        if (!isInteger(value)) {
            throw new Problem(
                    "'" + Python.typeName(value) + "' object cannot be interpreted as an integer");
        }
        BigInteger big = big(value);
        BigInteger limit = BigInteger.valueOf(Integer.MAX_VALUE);
        return big.max(limit.negate()).min(limit).intValue();
    }

    static int compare(Object left, Object right) {
        if (left instanceof Long a && right instanceof Long b) {
            return Long.compare(a, b);
        }
        if (isInteger(left) && isInteger(right)) {
            return big(left).compareTo(big(right));
        }
        double a = loose(left);
        double b = loose(right);
        if (Double.isInfinite(a) || Double.isInfinite(b) || Double.isNaN(a) || Double.isNaN(b)) {
            return Double.compare(a, b);
        }
        return exact(left).compareTo(exact(right));
    }

    private static double loose(Object value) {
        return value instanceof Number number ? number.doubleValue() : real(value);
    }

    private static BigDecimal exact(Object value) {
        return switch (value) {
            case BigDecimal decimal -> decimal;
            case Double real -> new BigDecimal(real);
            case Float real -> new BigDecimal(real);
            default -> new BigDecimal(big(value));
        };
    }

    static boolean isNan(Object value) {
        return value instanceof Double real && real.isNaN();
    }

    static Object negate(Object value) {
        return isInteger(value) ? integer(big(value).negate()) : (Object) (-real(value));
    }

    static Object plus(Object value) {
        return isInteger(value) ? integer(big(value)) : (Object) real(value);
    }

    static Object apply(Expr.Operator operator, Object left, Object right) {
        boolean integers = isInteger(left) && isInteger(right);
        return switch (operator) {
            case ADD -> integers ? add(left, right) : (Object) (real(left) + real(right));
            case SUBTRACT ->
                    integers
                            ? integer(big(left).subtract(big(right)))
                            : (Object) (real(left) - real(right));
            case MULTIPLY -> integers ? multiply(left, right) : (Object) (real(left) * real(right));
            case DIVIDE -> divide(left, right);
            case FLOOR -> integers ? floor(left, right) : (Object) floor(real(left), real(right));
            case REMAINDER ->
                    integers ? remainder(left, right) : (Object) remainder(real(left), real(right));
            case POWER -> power(left, right);
        };
    }

    private static Object add(Object left, Object right) {
        if (left instanceof Long a && right instanceof Long b) {
            long sum = a + b;
            if (((a ^ sum) & (b ^ sum)) >= 0) {
                return sum;
            }
        }
        return integer(big(left).add(big(right)));
    }

    private static Object multiply(Object left, Object right) {
        BigInteger a = big(left);
        BigInteger b = big(right);
        checkBits((long) a.bitLength() + b.bitLength());
        return integer(a.multiply(b));
    }

    private static void checkBits(long bits) {
        if (bits > BITS_MAX) {
            throw new Problem("an integer has more than " + BITS_MAX + " bits");
        }
    }

    private static Object divide(Object left, Object right) {
        if (real(right) == 0) {
            throw new Problem("division by zero");
        }
        if (isInteger(left)
                && isInteger(right)
                && (big(left).bitLength() > 53 || big(right).bitLength() > 53)) {
            return new BigDecimal(big(left))
                    .divide(new BigDecimal(big(right)), new MathContext(40))
                    .doubleValue();
        }
        return real(left) / real(right);
    }

    private static Object floor(Object left, Object right) {
        BigInteger divisor = big(right);
        if (divisor.signum() == 0) {
            throw new Problem("integer division or modulo by zero");
        }
        BigInteger[] both = big(left).divideAndRemainder(divisor);
        boolean below = both[1].signum() != 0 && both[1].signum() != divisor.signum();
        return integer(below ? both[0].subtract(BigInteger.ONE) : both[0]);
    }

    private static Object remainder(Object left, Object right) {
        BigInteger divisor = big(right);
        if (divisor.signum() == 0) {
            throw new Problem("integer division or modulo by zero");
        }
        BigInteger rest = big(left).remainder(divisor);
        boolean other = rest.signum() != 0 && rest.signum() != divisor.signum();
        return integer(other ? rest.add(divisor) : rest);
    }

    private static double floor(double left, double right) {
        if (right == 0) {
            throw new Problem("float floor division by zero");
        }
        return Math.floor((left - remainder(left, right)) / right + 0.5);
    }

    private static double remainder(double left, double right) {
        if (right == 0) {
            throw new Problem("float modulo by zero");
        }
        double rest = left % right;
        return rest != 0 && (rest < 0) != (right < 0) ? rest + right : rest;
    }

    private static Object power(Object left, Object right) {
        boolean integers = isInteger(left) && isInteger(right);
        if (integers && big(right).signum() >= 0) {
            BigInteger base = big(left);
            BigInteger exponent = big(right);
            if (base.abs().compareTo(BigInteger.ONE) <= 0) {
                return integer(
                        exponent.testBit(0) || exponent.signum() == 0
                                ? small(base, exponent)
                                : base.abs());
            }
            checkBits(
                    exponent.bitLength() > 31
                            ? Long.MAX_VALUE
                            : base.bitLength() * exponent.longValue());
            return integer(base.pow(exponent.intValue()));
        }
        if (real(left) == 0 && real(right) < 0) {
            throw new Problem("0.0 cannot be raised to a negative power");
        }
        if (real(left) < 0 && real(right) != Math.rint(real(right))) {
            throw new Problem("the result is a complex number");
        }
        double result = Math.pow(real(left), real(right));
        if (Double.isInfinite(result) && !Double.isInfinite(real(left))) {
            throw new Problem("the result is too large");
        }
        return result;
    }

    private static BigInteger small(BigInteger base, BigInteger exponent) {
        return exponent.signum() == 0 ? BigInteger.ONE : base;
    }

    /// As Python writes a float: the shortest that reads back the same.
    static String text(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        BigDecimal exact = shortest(value);
        int exponent = exact.precision() - exact.scale() - 1;
        if (exponent < -4 || exponent >= 16) {
            String digits = exact.unscaledValue().abs().toString();
            String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
            return (value < 0 ? "-" : "") + digits.charAt(0) + fraction + exponent(exponent);
        }
        String plain = exact.toPlainString();
        return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }

    /// Java writes two digits at least, where one may do.
    private static BigDecimal shortest(double value) {
        BigDecimal exact = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        BigDecimal shorter = exact.round(new MathContext(1));
        return shorter.doubleValue() == value ? shorter : exact;
    }

    static String exponent(int exponent) {
        int size = Math.abs(exponent);
        return "e" + (exponent < 0 ? "-" : "+") + (size < 10 ? "0" : "") + size;
    }
}
