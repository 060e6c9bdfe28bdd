package dev.ade.jinja;

import dev.ade.jinja.Node.Target;
import dev.ade.model.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads text, outputs and statements.
final class Parser {
    private static final Set<String> FILES =
            Set.of("extends", "block", "include", "import", "from");

    private final Tokens tokens;
    private final ExpressionParser expressions;
    private final Postfix postfix;
    private final Syntax syntax;
    private final MacroParser macros;
    private int loops;

    Parser(Tokens tokens, Syntax syntax) {
        this.tokens = tokens;
        this.syntax = syntax;
        this.expressions = new ExpressionParser(tokens);
        this.postfix = new Postfix(tokens, expressions);
        this.macros = new MacroParser(tokens, this, expressions, postfix);
    }

    List<Node> template() {
        List<Node> nodes = body(Set.of());
        if (!tokens.at(Token.Kind.END)) {
            throw tokens.unexpected("the end");
        }
        return nodes;
    }

    /// Nodes up to a tag of these names, which is then the current token.
    List<Node> body(Set<String> ends) {
        tokens.enter();
        List<Node> nodes = new ArrayList<>();
        while (!tokens.at(Token.Kind.END)) {
            if (tokens.at(Token.Kind.BLOCK_BEGIN)) {
                Token begin = tokens.take();
                if (tokens.at(Token.Kind.NAME) && ends.contains(tokens.current().text())) {
                    tokens.leave();
                    return List.copyOf(nodes);
                }
                nodes.add(statement(begin, ends));
            } else {
                nodes.add(textOrOutput());
            }
        }
        if (!ends.isEmpty()) {
            throw tokens.unexpected(
                    "'" + String.join("' or '", ends.stream().sorted().toList()) + "'");
        }
        tokens.leave();
        return List.copyOf(nodes);
    }

    private Node textOrOutput() {
        Token token = tokens.take();
        if (token.kind() == Token.Kind.TEXT) {
            return new Node.Text(token.text());
        }
        Expr value = expressions.tuple();
        tokens.expect(Token.Kind.OUTPUT_END, "'}}'");
        return new Node.Output(value);
    }

    private Node statement(Token begin, Set<String> ends) {
        Token name = tokens.expect(Token.Kind.NAME, "the name of a tag");
        return switch (name.text()) {
            case "if" -> ifs();
            case "for" -> loop(name);
            case "set" -> set();
            case "with" -> with();
            case "filter" -> filterBlock();
            case "macro" -> new Node.Macro(macros.macro());
            case "call" -> macros.callBlock();
            case "do" -> new Node.Do(close(expressions.tuple()));
            case "print" -> new Node.Output(printed());
            case "break", "continue" -> jump(name);
            default -> special(begin, name, ends);
        };
    }

    private Node special(Token begin, Token name, Set<String> ends) {
        if (syntax.defines(name.text())) {
            boolean raw = syntax.rawTags().contains(name.text());
            return new Node.Defined(raw ? macros.rawBlock(name) : macros.block(name));
        }
        if (FILES.contains(name.text())) {
            throw tokens.error(
                    begin,
                    "'"
                            + name.text()
                            + "' reads another template, which is not supported: use a macro");
        }
        String expected =
                ends.isEmpty()
                        ? ""
                        : ", expected '"
                                + String.join("' or '", ends.stream().sorted().toList())
                                + "'";
        throw tokens.error(begin, "unknown tag '" + name.text() + "'" + expected);
    }

    /// Values between commas, one after another.
    private Expr printed() {
        Location at = tokens.here();
        List<Expr> parts = new ArrayList<>();
        do {
            parts.add(expressions.expression());
        } while (tokens.skipOperator(","));
        close();
        return new Expr.Concat(at, List.copyOf(parts));
    }

    private Node jump(Token name) {
        if (loops == 0) {
            throw tokens.error(name, "'" + name.text() + "' outside a loop");
        }
        close();
        return name.text().equals("break") ? new Node.Break() : new Node.Continue();
    }

    private Node ifs() {
        List<Node.Branch> branches = new ArrayList<>();
        List<Node> otherwise = List.of();
        Set<String> ends = Set.of("elif", "else", "endif");
        Expr test = close(expressions.tupleWithoutIf());
        while (true) {
            branches.add(new Node.Branch(test, body(ends)));
            if (tokens.skipName("elif")) {
                test = close(expressions.tupleWithoutIf());
                continue;
            }
            if (tokens.skipName("else")) {
                close();
                otherwise = body(Set.of("endif"));
            }
            tokens.expectName("endif");
            close();
            return new Node.If(List.copyOf(branches), otherwise);
        }
    }

    private Node loop(Token name) {
        Location at = tokens.at(name);
        Target target = targets();
        tokens.expectName("in");
        Expr items = expressions.tupleWithoutIf();
        Optional<Expr> test =
                tokens.skipName("if") ? Optional.of(expressions.expression()) : Optional.empty();
        boolean recursive = tokens.skipName("recursive");
        close();
        loops++;
        List<Node> body = body(Set.of("else", "endfor"));
        loops--;
        List<Node> otherwise = List.of();
        if (tokens.skipName("else")) {
            close();
            otherwise = body(Set.of("endfor"));
        }
        tokens.expectName("endfor");
        close();
        return new Node.For(at, target, items, test, recursive, body, otherwise);
    }

    private Node set() {
        Target target = targets();
        if (tokens.skipOperator("=")) {
            return new Node.Set(target, close(expressions.tuple()));
        }
        Expr filter = new Expr.Name(target.at(), Node.BODY);
        while (tokens.skipOperator("|")) {
            filter = postfix.filter(filter);
        }
        close();
        return new Node.SetBlock(target, filter, end("endset"));
    }

    private Node filterBlock() {
        Expr filter = postfix.filter(new Expr.Name(tokens.here(), Node.BODY));
        while (tokens.skipOperator("|")) {
            filter = postfix.filter(filter);
        }
        close();
        return new Node.FilterBlock(filter, end("endfilter"));
    }

    private Node with() {
        List<Node.Set> names = new ArrayList<>();
        while (!tokens.at(Token.Kind.BLOCK_END)) {
            if (!names.isEmpty()) {
                tokens.expectOperator(",");
            }
            Target target = target();
            tokens.expectOperator("=");
            names.add(new Node.Set(target, expressions.expression()));
        }
        close();
        return new Node.With(List.copyOf(names), end("endwith"));
    }

    /// What is assigned to, commas unpacking.
    private Target targets() {
        Location at = tokens.here();
        Target first = target();
        if (!tokens.atOperator(",")) {
            return first;
        }
        List<Target> items = new ArrayList<>(List.of(first));
        while (tokens.skipOperator(",")
                && !tokens.atName("in")
                && !tokens.atOperator("=")
                && !tokens.atOperator(")")) {
            items.add(target());
        }
        return new Target.Unpack(at, List.copyOf(items));
    }

    private Target target() {
        tokens.enter();
        Location at = tokens.here();
        Target target;
        if (tokens.skipOperator("(")) {
            target = targets();
            tokens.expectOperator(")");
        } else {
            target = variable(at);
        }
        tokens.leave();
        return target;
    }

    private Target variable(Location at) {
        String name = macros.newName();
        if (tokens.skipOperator(".")) {
            tokens.read(name);
            String field = tokens.expect(Token.Kind.NAME, "the name of an attribute").text();
            return new Target.Field(at, name, field);
        }
        return new Target.Variable(at, name);
    }

    /// The body of a statement and its end.
    List<Node> end(String tag) {
        List<Node> body = body(Set.of(tag));
        tokens.expectName(tag);
        close();
        return body;
    }

    /// A body that `break` cannot leave.
    List<Node> separate(String tag) {
        int outer = loops;
        loops = 0;
        List<Node> body = end(tag);
        loops = outer;
        return body;
    }

    Expr close(Expr last) {
        close();
        return last;
    }

    void close() {
        tokens.expect(Token.Kind.BLOCK_END, "'%}'");
    }
}
