package dev.ade.jinja;

import java.util.List;

/// One expression, as between `{{` and `}}`. Immutable; any number of threads may evaluate it.
public final class Expression {
    private final String file;
    private final Expr expr;

    private Expression(String file, Expr expr) {
        this.file = file;
        this.expr = expr;
    }

    /// Reads an expression.
    ///
    /// @param file path that errors name
    /// @param line the line of the file where the text starts
    public static Expression parse(String file, String text, int line) {
        Source source = Source.of(file, text, line);
        Tokens tokens = new Tokens(source, Lexer.expression(source));
        Expr expr = source.parse(new ExpressionParser(tokens)::tuple);
        if (!tokens.at(Token.Kind.END)) {
            throw tokens.unexpected("the end");
        }
        return new Expression(file, expr);
    }

    /// Its value, an [Undefined] included.
    public Object evaluate(Globals globals, Limits limits) {
        return Budget.within(
                limits,
                file,
                budget -> {
                    Evaluator evaluator = new Evaluator(file, globals, budget);
                    return evaluator.value(expr, evaluator.module(List.of()));
                });
    }
}
