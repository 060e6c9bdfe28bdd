package dev.ade.jinja;

import dev.ade.jinja.Expr.Operator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// `+ - * / // % **` of values of any kind.
final class Operators {
    private Operators() {}

    static Object apply(Operator operator, Object left, Object right) {
        if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
            return Numbers.apply(operator, left, right);
        }
        if (operator == Operator.REMAINDER && left instanceof String pattern) {
            return Percent.format(pattern, right);
        }
        if (left instanceof Undefined missing) {
            throw missing.error();
        }
        if (right instanceof Undefined missing) {
            throw missing.error();
        }
        Optional<Object> own = own(operator.sign(), left, right);
        if (own.isPresent()) {
            return own.get();
        }
        return switch (operator) {
            case ADD -> add(left, right);
            case MULTIPLY -> multiply(left, right);
            case SUBTRACT, DIVIDE, FLOOR, REMAINDER, POWER ->
                    throw unsupported(operator, left, right);
        };
    }

    /// What one of the two values says itself.
    private static Optional<Object> own(String sign, Object left, Object right) {
        Optional<Object> result =
                left instanceof Operand operand ? operand.left(sign, right) : Optional.empty();
        return result.isEmpty() && right instanceof Operand operand
                ? operand.right(sign, left)
                : result;
    }

    private static Problem unsupported(Operator operator, Object left, Object right) {
        String sign = operator == Operator.POWER ? "** or pow()" : operator.sign();
        return new Problem(
                "unsupported operand type(s) for %s: '%s' and '%s'"
                        .formatted(sign, Python.typeName(left), Python.typeName(right)));
    }

    private static Object add(Object left, Object right) {
        return switch (left) {
            case String text when right instanceof String other -> {
                Budget.spendText((long) text.length() + other.length());
                yield text + other;
            }
            case List<?> list when right instanceof List<?> other -> joined(list, other);
            case Tuple(var items) when right instanceof Tuple(var others) ->
                    new Tuple(joined(items, others));
            default -> throw unsupported(Operator.ADD, left, right);
        };
    }

    private static List<Object> joined(List<?> left, List<?> right) {
        Budget.spend((long) left.size() + right.size());
        List<Object> all = new ArrayList<>(left);
        all.addAll(right);
        return all;
    }

    private static Object multiply(Object left, Object right) {
        if (Numbers.isInteger(left) && !Numbers.isNumber(right)) {
            return multiply(right, left);
        }
        if (!Numbers.isInteger(right)) {
            throw unsupported(Operator.MULTIPLY, left, right);
        }
        int times = Math.max(Numbers.index(right), 0);
        return switch (left) {
            case String text -> {
                Budget.spendText((long) text.length() * times);
                yield text.repeat(times);
            }
            case List<?> list -> repeated(list, times);
            case Tuple(var items) -> new Tuple(repeated(items, times));
            default -> throw unsupported(Operator.MULTIPLY, left, right);
        };
    }

    private static List<Object> repeated(List<?> items, int times) {
        Budget.spend((long) items.size() * times);
        List<Object> all = new ArrayList<>();
        for (List<?> part : Collections.nCopies(items.isEmpty() ? 0 : times, items)) {
            all.addAll(part);
        }
        return all;
    }

    static Object unary(char sign, Object operand) {
        if (operand instanceof Undefined missing) {
            throw missing.error();
        }
        if (!Numbers.isNumber(operand)) {
            throw new Problem(
                    "bad operand type for unary %c: '%s'"
                            .formatted(sign, Python.typeName(operand)));
        }
        return sign == '-' ? Numbers.negate(operand) : Numbers.plus(operand);
    }
}
