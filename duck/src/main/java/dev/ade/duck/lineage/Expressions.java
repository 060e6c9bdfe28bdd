package dev.ade.duck.lineage;

import dev.ade.spi.Lineage.Role;
import dev.ade.spi.Lineage.Use;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What bound expressions follow from.
final class Expressions {
    private static final Set<String> COUNTS =
            Set.of("count", "count_star", "approx_count_distinct", "count_if", "regr_count");
    private static final Set<String> FIELD_READERS =
            Set.of("struct_extract", "array_extract", "struct_extract_at");
    private static final Set<String> STRUCT_MAKERS = Set.of("struct_pack", "row");

    private final ExpressionText written;

    Expressions(ExpressionText written) {
        this.written = written;
    }

    List<Value> all(List<Node> expressions, Slots in) {
        return expressions.stream().map(expression -> value(expression, in)).toList();
    }

    Value value(Node expression, Slots in) {
        return switch (expression.text("expression_class")) {
            case "BOUND_REF" -> in.at(expression.number("index"));
            case "BOUND_COLUMN_REF" -> bound(expression.require("binding"), in);
            case "BOUND_CONSTANT" -> Value.constant(written.constant(expression));
            case "BOUND_PARAMETER" -> Value.constant("?");
            case "BOUND_FUNCTION" -> function(expression, in);
            case "BOUND_CAST" -> cast(expression, value(expression.require("child"), in));
            case "BOUND_OPERATOR", "BOUND_CONJUNCTION" -> operator(expression, in);
            case "BOUND_COMPARISON" -> comparison(expression, in);
            case "BOUND_BETWEEN" -> between(expression, in);
            case "BOUND_CASE" -> choice(expression, in);
            case "BOUND_AGGREGATE" -> aggregate(expression, in);
            case "BOUND_WINDOW" -> window(expression, in);
            case "BOUND_UNNEST" -> unnest(expression, in);
            default ->
                    throw new UnknownPlan(
                            "an expression of class %s is not understood"
                                    .formatted(expression.text("expression_class")));
        };
    }

    private static Value bound(Node binding, Slots in) {
        return in.bound(binding.number("table_index"), binding.number("column_index"));
    }

    private Value function(Node function, Slots in) {
        if (function.text("type").equals("OPERATOR_CAST")) {
            return cast(function, value(function.list("children").getFirst(), in));
        }
        // A lambda's own inputs are its captures, which the function has as children too.
        List<Node> children =
                function.list("children").stream()
                        .filter(child -> !child.text("expression_class").equals("BOUND_LAMBDA"))
                        .toList();
        List<Value> values = all(children, in);
        String name = function.function();
        Optional<String> field = fieldRead(name, children);
        if (field.isPresent()) {
            return values.getFirst().field(field.get());
        }
        Text text = written.function(function, values);
        Role role = isTruth(function) ? Role.TEST : Role.TRANSFORM;
        Map<String, Value> fields =
                STRUCT_MAKERS.contains(name) ? packed(function, values) : Map.of();
        return new Value(Value.through(values, role), text, fields);
    }

    private static boolean isTruth(Node expression) {
        return expression
                .child("return_type")
                .map(type -> type.text("id"))
                .orElse("")
                .equals("BOOLEAN");
    }

    /// The constant name of the field that a function reads, if it reads one.
    private static Optional<String> fieldRead(String name, List<Node> children) {
        if (!FIELD_READERS.contains(name) || children.size() != 2) {
            return Optional.empty();
        }
        Node key = children.getLast();
        boolean isNamed = key.text("expression_class").equals("BOUND_CONSTANT");
        return isNamed
                ? key.child("value")
                        .filter(value -> value.require("type").text("id").equals("VARCHAR"))
                        .map(value -> value.text("value"))
                : Optional.empty();
    }

    private static Map<String, Value> packed(Node function, List<Value> values) {
        List<String> names = function.texts("named_arguments");
        Map<String, Value> fields = new LinkedHashMap<>();
        if (names.size() == values.size()) {
            for (int i = 0; i < names.size(); i++) {
                fields.put(names.get(i), values.get(i));
            }
        }
        return fields;
    }

    private Value cast(Node cast, Value child) {
        if (!written.isWritten(cast)) {
            return child;
        }
        return new Value(Value.through(List.of(child), Role.TRANSFORM), written.cast(cast, child));
    }

    private Value operator(Node operator, Slots in) {
        List<Value> values = all(operator.list("children"), in);
        Role role = isTruth(operator) ? Role.TEST : Role.TRANSFORM;
        return new Value(Value.through(values, role), written.operator(operator, values));
    }

    private Value comparison(Node comparison, Slots in) {
        List<Value> sides =
                List.of(
                        value(comparison.require("left"), in),
                        value(comparison.require("right"), in));
        return new Value(Value.through(sides, Role.TEST), written.operator(comparison, sides));
    }

    private Value between(Node between, Slots in) {
        List<Value> parts =
                List.of(
                        value(between.require("input"), in),
                        value(between.require("lower"), in),
                        value(between.require("upper"), in));
        return new Value(Value.through(parts, Role.TEST), written.call("between", parts));
    }

    private Value choice(Node choice, Slots in) {
        List<Value> when = new ArrayList<>();
        List<Value> then = new ArrayList<>();
        for (Node check : choice.list("case_checks")) {
            when.add(value(check.require("when_expr"), in));
            then.add(value(check.require("then_expr"), in));
        }
        choice.child("else_expr").ifPresent(other -> then.add(value(other, in)));
        Set<Use> uses = Value.through(then, Role.TRANSFORM);
        uses.addAll(Value.through(when, Role.CONDITION));
        return new Value(uses, written.choice(when, then));
    }

    private Value aggregate(Node aggregate, Slots in) {
        List<Value> values = all(aggregate.list("children"), in);
        Optional<Value> filter = aggregate.child("filter").map(it -> value(it, in));
        List<Value> orders =
                aggregate.child("order_bys").map(it -> orders(it, "orders", in)).orElse(List.of());
        String name = aggregate.function().toLowerCase(Locale.ROOT);
        Set<Use> uses = Value.through(values, COUNTS.contains(name) ? Role.COUNT : Role.AGGREGATE);
        filter.ifPresent(it -> uses.addAll(Value.through(List.of(it), Role.CONDITION)));
        uses.addAll(Value.through(orders, Role.SORT));
        return new Value(uses, written.aggregate(aggregate, values, filter));
    }

    private Value window(Node window, Slots in) {
        List<Value> values = all(window.list("children"), in);
        List<Value> partitions = all(window.list("partitions"), in);
        List<Value> orders = orders(window, "orders", in);
        String name = written.windowName(window);
        Set<Use> uses = Value.through(values, COUNTS.contains(name) ? Role.COUNT : Role.AGGREGATE);
        uses.addAll(Value.through(partitions, Role.WINDOW));
        uses.addAll(Value.through(orders, Role.WINDOW));
        uses.addAll(Value.through(orders(window, "arg_orders", in), Role.WINDOW));
        for (String bound : List.of("start_expr", "end_expr", "offset_expr", "default_expr")) {
            window.child(bound)
                    .ifPresent(
                            it -> uses.addAll(Value.through(List.of(value(it, in)), Role.WINDOW)));
        }
        for (String filter : List.of("filters", "filter", "filter_expr")) {
            window.child(filter)
                    .ifPresent(it ->
                            uses.addAll(Value.through(List.of(value(it, in)), Role.CONDITION)));
        }
        return new Value(
                new LinkedHashSet<>(uses), written.window(name, values, partitions, orders));
    }

    /// The expressions of ORDER BY terms.
    List<Value> orders(Node holder, String key, Slots in) {
        return holder.list(key).stream()
                .map(order -> value(order.require("expression"), in))
                .toList();
    }

    private Value unnest(Node unnest, Slots in) {
        Value child = value(unnest.require("child"), in);
        return new Value(
                Value.through(List.of(child), Role.TRANSFORM),
                written.call("unnest", List.of(child)));
    }
}
