package dev.ade.jinja;

import dev.ade.model.AdeException;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Gives expressions their values, in one rendering of one file.
final class Evaluator {
    private final String file;
    private final Globals globals;
    private final Budget budget;
    private final Statements statements;

    Evaluator(String file, Globals globals, Budget budget) {
        this.file = file;
        this.globals = globals;
        this.budget = budget;
        this.statements = new Statements(this, budget);
    }

    String render(List<Node> nodes) {
        return text(nodes, Scope.root());
    }

    /// The text of nodes that set names in the scope.
    String text(List<Node> nodes, Scope scope) {
        StringBuilder out = new StringBuilder();
        statements.run(nodes, scope, out);
        return out.toString();
    }

    /// What a file sets outside of its macros.
    Scope module(List<Node> sets) {
        Scope scope = Scope.root();
        statements.run(sets, scope, new StringBuilder());
        return scope;
    }

    Budget budget() {
        return budget;
    }

    String file() {
        return file;
    }

    Object value(Expr expr, Scope scope) {
        try {
            budget.step();
            return evaluate(expr, scope);
        } catch (Problem e) {
            throw Budget.error(expr.at(), e.reason());
        } catch (AdeException e) {
            throw e.location() == null ? e.at(expr.at()) : e.calledAt(expr.at());
        } catch (Return e) {
            throw e;
        } catch (RuntimeException e) {
            throw unexpected(expr, e);
        }
    }

    private static AdeException unexpected(Expr expr, RuntimeException e) {
        return switch (e) {
            case UnsupportedOperationException _ ->
                    Budget.error(expr.at(), "the value cannot be changed").causedBy(e);
            case ConcurrentModificationException _ ->
                    Budget.error(expr.at(), "the value changed while it was read").causedBy(e);
            case IllegalArgumentException _ ->
                    Budget.error(expr.at(), String.valueOf(e.getMessage())).causedBy(e);
            default ->
                    AdeException.internal("Cannot render " + expr.at().file() + ": " + e, e)
                            .at(expr.at());
        };
    }

    private Object evaluate(Expr expr, Scope scope) {
        return switch (expr) {
            case Expr.Literal literal -> literal.value();
            case Expr.Name name -> name(name.name(), scope);
            case Expr.Attribute(_, var of, var name) -> Access.attribute(value(of, scope), name);
            case Expr.Call call -> call(call, scope);
            case Expr.Filter filter -> filter(filter, scope);
            case Expr.Test test -> test(test, scope);
            case Expr.Item item -> item(item, scope);
            case Expr.Compare compare -> compare(compare, scope);
            case Expr.Binary(_, var operator, var left, var right) ->
                    Operators.apply(operator, value(left, scope), value(right, scope));
            case Expr.Not(_, var operand) -> !Python.isTrue(value(operand, scope));
            case Expr.And(_, var left, var right) -> {
                Object first = value(left, scope);
                yield Python.isTrue(first) ? value(right, scope) : first;
            }
            case Expr.Or(_, var left, var right) -> {
                Object first = value(left, scope);
                yield Python.isTrue(first) ? first : value(right, scope);
            }
            case Expr.Concat(_, var parts) -> concat(parts, scope);
            case Expr.Conditional(_, var test, var then, var otherwise) ->
                    Python.isTrue(value(test, scope))
                            ? value(then, scope)
                            : value(otherwise, scope);
            case Expr.ListOf(_, var items) -> values(items, scope);
            case Expr.TupleOf(_, var items) -> new Tuple(values(items, scope));
            case Expr.DictOf dict -> dict(dict, scope);
            case Expr.Unary(_, var sign, var operand) ->
                    Operators.unary(sign, value(operand, scope));
            case Expr.Slice _ -> throw new Problem("a slice is no value");
        };
    }

    private Object name(String name, Scope scope) {
        Object local = scope.find(name);
        if (local != null) {
            return local;
        }
        Object global = Python.scalar(globals.find(name));
        return global instanceof Undefined missing ? Builtins.find(name, missing) : global;
    }

    private List<Object> values(List<Expr> exprs, Scope scope) {
        List<Object> values = new ArrayList<>(exprs.size());
        for (Expr expr : exprs) {
            values.add(value(expr, scope));
        }
        return values;
    }

    private Object dict(Expr.DictOf dict, Scope scope) {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (Expr.Pair pair : dict.pairs()) {
            Object key = value(pair.key(), scope);
            map.put(Dicts.key(map, key), value(pair.value(), scope));
        }
        return map;
    }

    private Object concat(List<Expr> parts, Scope scope) {
        StringBuilder text = new StringBuilder();
        for (Expr part : parts) {
            text.append(Python.text(value(part, scope)));
        }
        Budget.spendText(text.length());
        return text.toString();
    }

    private Object compare(Expr.Compare compare, Scope scope) {
        Object left = value(compare.first(), scope);
        for (Expr.Comparison comparison : compare.comparisons()) {
            Object right = value(comparison.right(), scope);
            if (!Comparison.holds(comparison.operator(), left, right)) {
                return false;
            }
            left = right;
        }
        return true;
    }

    private Object item(Expr.Item item, Scope scope) {
        Object of = value(item.of(), scope);
        if (item.key() instanceof Expr.Slice(_, var start, var stop, var step)) {
            return Slices.slice(of, value(start, scope), value(stop, scope), value(step, scope));
        }
        return Access.item(of, value(item.key(), scope));
    }

    private Object call(Expr.Call call, Scope scope) {
        return call(value(call.function(), scope), arguments(call.given(), scope));
    }

    /// A call written with a block, which becomes the argument `caller`.
    Object call(Expr.Call call, Scope scope, Macro caller) {
        try {
            Object function = value(call.function(), scope);
            Arguments given = arguments(call.given(), scope);
            Map<String, Object> named = new LinkedHashMap<>(given.named());
            named.put("caller", caller);
            return call(function, new Arguments(given.positional(), named));
        } catch (Problem e) {
            throw Budget.error(call.at(), e.reason());
        } catch (AdeException e) {
            throw e.location() == null ? e.at(call.at()) : e.calledAt(call.at());
        }
    }

    static Object call(Object function, Arguments arguments) {
        return switch (function) {
            case Undefined missing -> throw missing.error();
            case Callable callable -> Python.scalar(callable.call(arguments));
            default ->
                    throw new Problem("'" + Python.typeName(function) + "' object is not callable");
        };
    }

    private Arguments arguments(Expr.Given given, Scope scope) {
        List<Object> positional = values(given.positional(), scope);
        Map<String, Object> named = LinkedHashMap.newLinkedHashMap(given.named().size());
        for (Expr.Keyword keyword : given.named()) {
            addNamed(named, keyword.name(), value(keyword.value(), scope));
        }
        given.star().ifPresent(star -> positional.addAll(Python.items(value(star, scope))));
        given.doubleStar().ifPresent(star -> addAll(named, value(star, scope)));
        return new Arguments(positional, named);
    }

    private static void addAll(Map<String, Object> named, Object more) {
        if (!(more instanceof Map<?, ?> map)) {
            throw new Problem("argument after ** must be a mapping, not " + Python.typeName(more));
        }
        map.forEach((key, value) -> addNamed(named, Python.text(key), value));
    }

    private static void addNamed(Map<String, Object> named, String name, Object value) {
        if (named.put(name, value) != null) {
            throw new Problem("got multiple values for argument '" + name + "'");
        }
    }

    private Object filter(Expr.Filter filter, Scope scope) {
        Object input = value(filter.input(), scope);
        return filter(filter.name(), input, arguments(filter.given(), scope));
    }

    /// Applies the filter of that name.
    Object filter(String name, Object input, Arguments arguments) {
        if (input instanceof String text) {
            Budget.spend(text.length() / 64);
        }
        Filters.Filter found = Filters.find(name);
        if (found != null) {
            return found.apply(this, input, arguments);
        }
        if (!(globals.filter(name) instanceof Callable custom)) {
            throw new Problem("no filter is named '" + name + "'");
        }
        List<Object> positional = new ArrayList<>(List.of(input));
        positional.addAll(arguments.positional());
        return Python.scalar(custom.call(new Arguments(positional, arguments.named())));
    }

    private boolean test(Expr.Test test, Scope scope) {
        return Tests.test(
                test.name(), value(test.input(), scope), arguments(test.given(), scope), this);
    }

    boolean isFilter(String name) {
        return Filters.find(name) != null || globals.filter(name) instanceof Callable;
    }
}
