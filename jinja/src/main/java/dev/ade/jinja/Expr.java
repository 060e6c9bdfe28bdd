package dev.ade.jinja;

import dev.ade.model.Location;
import java.util.List;
import java.util.Optional;

/// What is parsed of an expression.
sealed interface Expr {
    Location at();

    record Literal(Location at, Object value) implements Expr {}

    record Name(Location at, String name) implements Expr {}

    record ListOf(Location at, List<Expr> items) implements Expr {}

    record TupleOf(Location at, List<Expr> items) implements Expr {}

    record DictOf(Location at, List<Pair> pairs) implements Expr {}

    record Attribute(Location at, Expr of, String name) implements Expr {}

    record Item(Location at, Expr of, Expr key) implements Expr {}

    /// Only as the key of an item; what is left out is `None`.
    record Slice(Location at, Expr start, Expr stop, Expr step) implements Expr {}

    record Call(Location at, Expr function, Given given) implements Expr {}

    record Filter(Location at, Expr input, String name, Given given) implements Expr {}

    record Test(Location at, Expr input, String name, Given given) implements Expr {}

    record Unary(Location at, char sign, Expr operand) implements Expr {}

    record Binary(Location at, Operator operator, Expr left, Expr right) implements Expr {}

    record Compare(Location at, Expr first, List<Comparison> comparisons) implements Expr {}

    record Not(Location at, Expr operand) implements Expr {}

    record And(Location at, Expr left, Expr right) implements Expr {}

    record Or(Location at, Expr left, Expr right) implements Expr {}

    record Concat(Location at, List<Expr> parts) implements Expr {}

    record Conditional(Location at, Expr test, Expr then, Expr otherwise) implements Expr {}

    record Pair(Expr key, Expr value) {}

    record Comparison(String operator, Expr right) {}

    record Keyword(String name, Expr value) {}

    /// The arguments of a call as written.
    record Given(
            List<Expr> positional,
            List<Keyword> named,
            Optional<Expr> star,
            Optional<Expr> doubleStar) {
        static final Given NOTHING =
                new Given(List.of(), List.of(), Optional.empty(), Optional.empty());

        static Given of(Expr only) {
            return new Given(List.of(only), List.of(), Optional.empty(), Optional.empty());
        }
    }

    enum Operator {
        ADD("+"),
        SUBTRACT("-"),
        MULTIPLY("*"),
        DIVIDE("/"),
        FLOOR("//"),
        REMAINDER("%"),
        POWER("**");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        String sign() {
            return sign;
        }
    }
}
