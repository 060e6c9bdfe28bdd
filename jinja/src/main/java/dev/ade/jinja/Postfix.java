package dev.ade.jinja;

import dev.ade.jinja.Expr.Given;
import dev.ade.model.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads what follows a value: attributes, items, calls, filters and tests.
final class Postfix {
    private final Tokens tokens;
    private final ExpressionParser expressions;

    Postfix(Tokens tokens, ExpressionParser expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
    }

    /// Each is where the value starts that it is of.
    Expr attributesAndCalls(Expr first) {
        Expr expr = first;
        while (tokens.at(Token.Kind.OPERATOR)) {
            Token token = tokens.current();
            switch (token.text()) {
                case "." -> expr = attribute(expr);
                case "[" -> expr = item(expr, expr.at());
                case "(" -> expr = new Expr.Call(expr.at(), expr, given());
                default -> {
                    return expr;
                }
            }
            tokens.enter();
        }
        return expr;
    }

    private Expr attribute(Expr of) {
        tokens.take();
        Token name = tokens.current();
        if (name.kind() == Token.Kind.INTEGER) {
            Expr key = expressions.primary();
            return new Expr.Item(key.at(), of, key);
        }
        tokens.expect(Token.Kind.NAME, "the name of an attribute");
        return new Expr.Attribute(of.at(), of, name.text());
    }

    private Expr item(Expr of, Location at) {
        tokens.take();
        Expr first = key();
        if (!tokens.atOperator(",")) {
            tokens.expectOperator("]");
            return new Expr.Item(at, of, first);
        }
        List<Expr> keys = new ArrayList<>(List.of(first));
        while (tokens.skipOperator(",")) {
            keys.add(key());
        }
        tokens.expectOperator("]");
        return new Expr.Item(at, of, new Expr.TupleOf(at, List.copyOf(keys)));
    }

    private Expr key() {
        Location at = tokens.here();
        Expr none = new Expr.Literal(at, None.NONE);
        Expr start = none;
        if (!tokens.atOperator(":")) {
            start = expressions.expression();
            if (!tokens.atOperator(":")) {
                return start;
            }
        }
        tokens.expectOperator(":");
        Expr stop = atSliceEnd() ? none : expressions.expression();
        Expr step = none;
        if (tokens.skipOperator(":") && !atSliceEnd()) {
            step = expressions.expression();
        }
        return new Expr.Slice(at, start, stop, step);
    }

    private boolean atSliceEnd() {
        return tokens.atOperator(":") || tokens.atOperator("]") || tokens.atOperator(",");
    }

    Expr filters(Expr first) {
        Expr expr = first;
        while (true) {
            if (tokens.atOperator("|")) {
                tokens.take();
                expr = filter(expr);
            } else if (tokens.atName("is")) {
                expr = test(expr);
            } else if (tokens.atOperator("(")) {
                expr = new Expr.Call(expr.at(), expr, given());
            } else {
                return expr;
            }
            tokens.enter();
        }
    }

    /// The filter whose name comes next.
    Expr filter(Expr input) {
        Location at = tokens.here();
        String name = dotted("the name of a filter");
        Given given = tokens.atOperator("(") ? given() : Given.NOTHING;
        return new Expr.Filter(at, input, name, given);
    }

    private String dotted(String wanted) {
        StringBuilder name = new StringBuilder(tokens.expect(Token.Kind.NAME, wanted).text());
        while (tokens.skipOperator(".")) {
            name.append('.').append(tokens.expect(Token.Kind.NAME, wanted).text());
        }
        return name.toString();
    }

    private Expr test(Expr input) {
        tokens.take();
        boolean negated = tokens.skipName("not");
        Location at = tokens.here();
        String name = dotted("the name of a test");
        Expr test = new Expr.Test(at, input, name, testArguments());
        return negated ? new Expr.Not(at, test) : test;
    }

    private Given testArguments() {
        if (tokens.atOperator("(")) {
            return given();
        }
        if (!atTestArgument()) {
            return Given.NOTHING;
        }
        if (tokens.atName("is")) {
            throw tokens.error(tokens.current(), "tests cannot be chained with 'is'");
        }
        tokens.enter();
        Expr argument = expressions.primary();
        return Given.of(attributesAndCalls(argument));
    }

    private boolean atTestArgument() {
        return switch (tokens.current().kind()) {
            case STRING, INTEGER, FLOAT -> true;
            case OPERATOR -> tokens.atOperator("[") || tokens.atOperator("{");
            case NAME ->
                    switch (tokens.current().text()) {
                        case "else", "or", "and", "if", "in", "not", "recursive" -> false;
                        default -> true;
                    };
            case TEXT, OUTPUT_BEGIN, OUTPUT_END, BLOCK_BEGIN, BLOCK_END, END -> false;
        };
    }

    /// Arguments in parentheses.
    Given given() {
        tokens.expectOperator("(");
        List<Expr> positional = new ArrayList<>();
        List<Expr.Keyword> named = new ArrayList<>();
        Optional<Expr> star = Optional.empty();
        Optional<Expr> doubleStar = Optional.empty();
        while (!tokens.atOperator(")")) {
            if (tokens.skipOperator("*")) {
                star = once(star, "*");
            } else if (tokens.skipOperator("**")) {
                doubleStar = once(doubleStar, "**");
            } else if (tokens.at(Token.Kind.NAME) && tokens.next().is(Token.Kind.OPERATOR, "=")) {
                String name = tokens.take().text();
                tokens.take();
                named.add(new Expr.Keyword(name, expressions.expression()));
            } else if (!named.isEmpty() || star.isPresent() || doubleStar.isPresent()) {
                throw tokens.error(tokens.current(), "positional arguments come before all others");
            } else {
                positional.add(expressions.expression());
            }
            if (!tokens.skipOperator(",")) {
                break;
            }
        }
        tokens.expectOperator(")");
        return new Given(List.copyOf(positional), List.copyOf(named), star, doubleStar);
    }

    private Optional<Expr> once(Optional<Expr> before, String sign) {
        if (before.isPresent()) {
            throw tokens.error(tokens.current(), "'" + sign + "' is there twice");
        }
        return Optional.of(expressions.expression());
    }
}
