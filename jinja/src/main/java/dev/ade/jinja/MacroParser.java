package dev.ade.jinja;

import dev.ade.jinja.Node.MacroSpec;
import dev.ade.jinja.Node.Parameter;
import dev.ade.model.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads what has a name, parameters and a body: macros, call blocks and the dialect's blocks.
final class MacroParser {
    private static final Set<String> SPECIAL = Set.of("varargs", "kwargs", "caller");
    private static final Set<String> CONSTANTS =
            Set.of("true", "false", "none", "True", "False", "None");

    private final Tokens tokens;
    private final Parser parser;
    private final ExpressionParser expressions;
    private final Postfix postfix;

    MacroParser(Tokens tokens, Parser parser, ExpressionParser expressions, Postfix postfix) {
        this.tokens = tokens;
        this.parser = parser;
        this.expressions = expressions;
        this.postfix = postfix;
    }

    MacroSpec macro() {
        Location at = tokens.here();
        String name = newName();
        tokens.startReads();
        List<Parameter> parameters = parameters();
        parser.close();
        return spec(at, name, parameters, "endmacro");
    }

    private MacroSpec spec(Location at, String name, List<Parameter> parameters, String end) {
        List<Node> body = parser.separate(end);
        Set<String> uses = tokens.endReads();
        uses.retainAll(SPECIAL);
        return new MacroSpec(at, name, parameters, body, Set.copyOf(uses));
    }

    Node callBlock() {
        Location at = tokens.here();
        tokens.startReads();
        List<Parameter> parameters = tokens.atOperator("(") ? parameters() : List.of();
        Token first = tokens.current();
        Expr call = postfix.filters(postfix.attributesAndCalls(expressions.primary()));
        if (!(call instanceof Expr.Call function)) {
            throw tokens.error(first, "'call' needs a call");
        }
        parser.close();
        return new Node.CallBlock(function, spec(at, "caller", parameters, "endcall"));
    }

    private List<Parameter> parameters() {
        tokens.expectOperator("(");
        List<Parameter> parameters = new ArrayList<>();
        while (!tokens.atOperator(")")) {
            if (!parameters.isEmpty()) {
                tokens.expectOperator(",");
                if (tokens.atOperator(")")) {
                    break;
                }
            }
            Token token = tokens.current();
            String name = newName();
            if (tokens.skipOperator("=")) {
                parameters.add(new Parameter(name, Optional.of(expressions.expression())));
            } else if (!parameters.isEmpty() && parameters.getLast().fallback().isPresent()) {
                throw tokens.error(token, "a parameter without a default after one with");
            } else {
                parameters.add(new Parameter(name, Optional.empty()));
            }
        }
        tokens.expectOperator(")");
        return List.copyOf(parameters);
    }

    /// A block of the dialect: `tag name(parameters), extra, extra`.
    Node.Block block(Token tag) {
        Location at = tokens.here();
        String name = newName();
        tokens.startReads();
        List<Parameter> parameters = tokens.atOperator("(") ? parameters() : List.of();
        List<String> extras = extras();
        parser.close();
        MacroSpec macro = spec(at, name, parameters, "end" + tag.text());
        return new Node.Block(tag.text(), macro, extras, Optional.empty());
    }

    Node.Block rawBlock(Token tag) {
        Location at = tokens.here();
        String name = newName();
        List<String> extras = extras();
        parser.close();
        String text = tokens.expect(Token.Kind.TEXT, "text").text();
        tokens.expect(Token.Kind.BLOCK_BEGIN, "'{%'");
        tokens.expectName("end" + tag.text());
        parser.close();
        List<Node> body = List.of(new Node.Text(text));
        return new Node.Block(
                tag.text(),
                new MacroSpec(at, name, List.of(), body, Set.of()),
                extras,
                Optional.of(text));
    }

    private List<String> extras() {
        List<String> extras = new ArrayList<>();
        while (tokens.skipOperator(",")) {
            Token first = tokens.current();
            if (tokens.at(Token.Kind.NAME) && tokens.next().is(Token.Kind.OPERATOR, "=")) {
                tokens.take();
                tokens.take();
            }
            expressions.expression();
            extras.add(tokens.between(first, tokens.current()));
        }
        return List.copyOf(extras);
    }

    /// A name that something is put under.
    String newName() {
        if (tokens.at(Token.Kind.NAME) && CONSTANTS.contains(tokens.current().text())) {
            throw tokens.unexpected("a name");
        }
        return tokens.expect(Token.Kind.NAME, "a name").text();
    }
}
