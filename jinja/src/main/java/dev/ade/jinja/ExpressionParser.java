package dev.ade.jinja;

import dev.ade.jinja.Expr.Operator;
import dev.ade.model.Location;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// Reads expressions, each method one level of precedence, loosest first.
final class ExpressionParser {
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
    private static final Map<String, Operator> SUMS =
            Map.of("+", Operator.ADD, "-", Operator.SUBTRACT);
    private static final Map<String, Operator> PRODUCTS =
            Map.of(
                    "*", Operator.MULTIPLY,
                    "/", Operator.DIVIDE,
                    "//", Operator.FLOOR,
                    "%", Operator.REMAINDER);
    private static final Map<String, Operator> POWERS = Map.of("**", Operator.POWER);

    private final Tokens tokens;
    private final Postfix postfix;

    ExpressionParser(Tokens tokens) {
        this.tokens = tokens;
        this.postfix = new Postfix(tokens, this);
    }

    /// One expression, or a tuple where commas follow.
    Expr tuple() {
        return tuple(this::expression);
    }

    /// The same without a bare `if`, which means something else after it.
    Expr tupleWithoutIf() {
        return tuple(this::or);
    }

    private Expr tuple(Supplier<Expr> item) {
        Location at = tokens.here();
        Expr first = item.get();
        if (!tokens.atOperator(",")) {
            return first;
        }
        List<Expr> items = new ArrayList<>(List.of(first));
        while (tokens.skipOperator(",") && !atTupleEnd()) {
            items.add(item.get());
        }
        return new Expr.TupleOf(at, List.copyOf(items));
    }

    private boolean atTupleEnd() {
        return switch (tokens.current().kind()) {
            case OUTPUT_END, BLOCK_END, END -> true;
            case OPERATOR -> tokens.atOperator(")");
            case NAME -> tokens.atName("recursive");
            case TEXT, OUTPUT_BEGIN, BLOCK_BEGIN, STRING, INTEGER, FLOAT -> false;
        };
    }

    Expr expression() {
        int depth = tokens.depth();
        tokens.enter();
        Expr then = or();
        while (tokens.atName("if")) {
            Location at = tokens.at(tokens.take());
            Expr test = or();
            Expr otherwise =
                    tokens.skipName("else")
                            ? expression()
                            : new Expr.Literal(
                                    at,
                                    new Undefined(
                                            "if",
                                            "the inline if-expression evaluated to false and has"
                                                    + " no else"));
            then = new Expr.Conditional(at, test, then, otherwise);
            tokens.enter();
        }
        tokens.leaveTo(depth);
        return then;
    }

    Expr or() {
        int depth = tokens.depth();
        Expr left = and();
        while (tokens.atName("or")) {
            tokens.enter();
            Location at = tokens.at(tokens.take());
            left = new Expr.Or(at, left, and());
        }
        tokens.leaveTo(depth);
        return left;
    }

    private Expr and() {
        int depth = tokens.depth();
        Expr left = not();
        while (tokens.atName("and")) {
            tokens.enter();
            Location at = tokens.at(tokens.take());
            left = new Expr.And(at, left, not());
        }
        tokens.leaveTo(depth);
        return left;
    }

    private Expr not() {
        if (!tokens.atName("not")) {
            return comparison();
        }
        tokens.enter();
        Location at = tokens.at(tokens.take());
        Expr operand = not();
        tokens.leave();
        return new Expr.Not(at, operand);
    }

    private Expr comparison() {
        Location at = tokens.here();
        Expr first = sum();
        List<Expr.Comparison> comparisons = new ArrayList<>();
        for (String sign = sign(); !sign.isEmpty(); sign = sign()) {
            comparisons.add(new Expr.Comparison(sign, sum()));
        }
        return comparisons.isEmpty()
                ? first
                : new Expr.Compare(at, first, List.copyOf(comparisons));
    }

    private String sign() {
        Token token = tokens.current();
        if (token.kind() == Token.Kind.OPERATOR && COMPARISONS.contains(token.text())) {
            return tokens.take().text();
        }
        if (tokens.skipName("in")) {
            return "in";
        }
        if (tokens.atName("not") && tokens.next().is(Token.Kind.NAME, "in")) {
            tokens.take();
            tokens.take();
            return "not in";
        }
        return "";
    }

    private Expr sum() {
        return binary(SUMS, this::concat);
    }

    private Expr concat() {
        Location at = tokens.here();
        Expr first = product();
        if (!tokens.atOperator("~")) {
            return first;
        }
        List<Expr> parts = new ArrayList<>(List.of(first));
        while (tokens.skipOperator("~")) {
            parts.add(product());
        }
        return new Expr.Concat(at, List.copyOf(parts));
    }

    private Expr product() {
        return binary(PRODUCTS, () -> binary(POWERS, () -> unary(true)));
    }

    private Expr binary(Map<String, Operator> operators, Supplier<Expr> operand) {
        int depth = tokens.depth();
        Expr left = operand.get();
        while (tokens.at(Token.Kind.OPERATOR) && operators.containsKey(tokens.current().text())) {
            tokens.enter();
            Token sign = tokens.take();
            Operator operator = operators.getOrDefault(sign.text(), Operator.ADD);
            left = new Expr.Binary(tokens.at(sign), operator, left, operand.get());
        }
        tokens.leaveTo(depth);
        return left;
    }

    Expr unary(boolean filtered) {
        int depth = tokens.depth();
        tokens.enter();
        Expr expr;
        if (tokens.atOperator("-") || tokens.atOperator("+")) {
            Token sign = tokens.take();
            expr = new Expr.Unary(tokens.at(sign), sign.text().charAt(0), unary(false));
        } else {
            expr = primary();
        }
        expr = postfix.attributesAndCalls(expr);
        if (filtered) {
            expr = postfix.filters(expr);
        }
        tokens.leaveTo(depth);
        return expr;
    }

    Expr primary() {
        Token token = tokens.current();
        Location at = tokens.at(token);
        return switch (token.kind()) {
            case NAME -> name(tokens.take(), at);
            case STRING -> string(at);
            case INTEGER -> new Expr.Literal(at, integer(tokens.take()));
            case FLOAT -> new Expr.Literal(at, Double.valueOf(tokens.take().text()));
            case OPERATOR -> bracket(token, at);
            case TEXT, OUTPUT_BEGIN, OUTPUT_END, BLOCK_BEGIN, BLOCK_END, END ->
                    throw tokens.unexpected("an expression");
        };
    }

    private Expr name(Token token, Location at) {
        return switch (token.text()) {
            case "true", "True" -> new Expr.Literal(at, true);
            case "false", "False" -> new Expr.Literal(at, false);
            case "none", "None" -> new Expr.Literal(at, None.NONE);
            default -> {
                tokens.read(token.text());
                yield new Expr.Name(at, token.text());
            }
        };
    }

    private Expr string(Location at) {
        StringBuilder text = new StringBuilder(tokens.take().text());
        while (tokens.at(Token.Kind.STRING)) {
            text.append(tokens.take().text());
        }
        return new Expr.Literal(at, text.toString());
    }

    private Object integer(Token token) {
        String text = token.text();
        if (text.length() > 1000) {
            throw tokens.error(token, "a number has at most 1000 digits");
        }
        char base = text.length() > 2 ? Character.toLowerCase(text.charAt(1)) : ' ';
        return Numbers.integer(
                switch (base) {
                    case 'x' -> new BigInteger(text.substring(2), 16);
                    case 'o' -> new BigInteger(text.substring(2), 8);
                    case 'b' -> new BigInteger(text.substring(2), 2);
                    default -> new BigInteger(text);
                });
    }

    private Expr bracket(Token token, Location at) {
        return switch (token.text()) {
            case "(" -> {
                tokens.take();
                Expr inner = tokens.atOperator(")") ? new Expr.TupleOf(at, List.of()) : tuple();
                tokens.expectOperator(")");
                yield inner;
            }
            case "[" -> {
                tokens.take();
                yield new Expr.ListOf(at, items("]"));
            }
            case "{" -> dict(at);
            default -> throw tokens.unexpected("an expression");
        };
    }

    private List<Expr> items(String end) {
        List<Expr> items = new ArrayList<>();
        while (!tokens.atOperator(end)) {
            items.add(expression());
            if (!tokens.skipOperator(",")) {
                break;
            }
        }
        tokens.expectOperator(end);
        return List.copyOf(items);
    }

    private Expr dict(Location at) {
        tokens.take();
        List<Expr.Pair> pairs = new ArrayList<>();
        while (!tokens.atOperator("}")) {
            Expr key = expression();
            tokens.expectOperator(":");
            pairs.add(new Expr.Pair(key, expression()));
            if (!tokens.skipOperator(",")) {
                break;
            }
        }
        tokens.expectOperator("}");
        return new Expr.DictOf(at, List.copyOf(pairs));
    }
}
