package dev.ade.jinja;

import dev.ade.model.AdeException;
import dev.ade.model.Location;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The tokens of one source, read one after another, and what the two parsers share.
final class Tokens {
    /// Brackets, blocks and operators inside one another.
    private static final int DEPTH_MAX = 200;

    private final Source source;
    private final List<Token> tokens;
    private final Deque<Set<String>> reads = new ArrayDeque<>();
    private int position;
    private int depth;

    Tokens(Source source, List<Token> tokens) {
        this.source = source;
        this.tokens = tokens;
        reads.push(new HashSet<>());
    }

    Token current() {
        return tokens.get(position);
    }

    Token next() {
        return tokens.get(Math.min(position + 1, tokens.size() - 1));
    }

    Token take() {
        Token token = current();
        if (token.kind() != Token.Kind.END) {
            position++;
        }
        return token;
    }

    boolean at(Token.Kind kind) {
        return current().kind() == kind;
    }

    boolean atOperator(String operator) {
        return current().is(Token.Kind.OPERATOR, operator);
    }

    boolean atName(String name) {
        return current().is(Token.Kind.NAME, name);
    }

    boolean skipOperator(String operator) {
        boolean found = atOperator(operator);
        if (found) {
            take();
        }
        return found;
    }

    boolean skipName(String name) {
        boolean found = atName(name);
        if (found) {
            take();
        }
        return found;
    }

    Token expect(Token.Kind kind, String wanted) {
        if (!at(kind)) {
            throw unexpected(wanted);
        }
        return take();
    }

    void expectOperator(String operator) {
        if (!skipOperator(operator)) {
            throw unexpected("'" + operator + "'");
        }
    }

    void expectName(String name) {
        if (!skipName(name)) {
            throw unexpected("'" + name + "'");
        }
    }

    Location here() {
        return at(current());
    }

    Location at(Token token) {
        return source.at(token.start());
    }

    /// The source between two tokens.
    String between(Token first, Token after) {
        return source.text().substring(first.start(), after.start()).strip();
    }

    AdeException unexpected(String wanted) {
        return error(current(), "expected " + wanted + ", got " + current().describe());
    }

    AdeException error(Token token, String reason) {
        return source.error(token.start(), reason);
    }

    void enter() {
        if (++depth > DEPTH_MAX) {
            throw error(current(), "more than " + DEPTH_MAX + " levels inside one another");
        }
    }

    void leave() {
        depth--;
    }

    int depth() {
        return depth;
    }

    void leaveTo(int before) {
        depth = before;
    }

    void read(String name) {
        reads.element().add(name);
    }

    void startReads() {
        reads.push(new HashSet<>());
    }

    /// The names read since the start; they count as read outside, too.
    Set<String> endReads() {
        Set<String> inner = reads.pop();
        reads.element().addAll(inner);
        return inner;
    }

    Set<String> reads() {
        return Set.copyOf(reads.element());
    }
}
