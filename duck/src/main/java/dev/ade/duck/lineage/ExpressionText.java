package dev.ade.duck.lineage;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Bound expressions as a person would write them.
final class ExpressionText {
    private static final Map<String, String> OPERATORS =
            Map.ofEntries(
                    Map.entry("~~", "like"),
                    Map.entry("!~~", "not like"),
                    Map.entry("~~*", "ilike"),
                    Map.entry("!~~*", "not ilike"));
    private static final Map<String, String> COMPARISONS =
            Map.ofEntries(
                    Map.entry("COMPARE_EQUAL", "="),
                    Map.entry("COMPARE_NOTEQUAL", "<>"),
                    Map.entry("COMPARE_LESSTHAN", "<"),
                    Map.entry("COMPARE_GREATERTHAN", ">"),
                    Map.entry("COMPARE_LESSTHANOREQUALTO", "<="),
                    Map.entry("COMPARE_GREATERTHANOREQUALTO", ">="),
                    Map.entry("COMPARE_DISTINCT_FROM", "is distinct from"),
                    Map.entry("COMPARE_NOT_DISTINCT_FROM", "is not distinct from"),
                    Map.entry("CONJUNCTION_AND", "and"),
                    Map.entry("CONJUNCTION_OR", "or"));

    private final byte[] sql;

    /// @param sql the query, to tell casts that somebody wrote from those of the binder
    ExpressionText(String sql) {
        this.sql = sql.getBytes(StandardCharsets.UTF_8);
    }

    /// True for a cast that is in the query's text.
    boolean isWritten(Node cast) {
        if (!cast.has("query_location")) {
            return false;
        }
        int from = cast.number("query_location");
        if (from < 0 || from >= sql.length) {
            return false;
        }
        int length = Math.min(9, sql.length - from);
        String start =
                new String(sql, from, length, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
        return start.startsWith("::")
                || start.startsWith("cast")
                || start.startsWith("try_cast")
                || isTypedLiteral(start);
    }

    private static boolean isTypedLiteral(String start) {
        return start.startsWith("date")
                || start.startsWith("timestamp")
                || start.startsWith("time");
    }

    Text cast(Node cast, Value child) {
        String type = cast.child("return_type").map(ExpressionText::type).orElse("?");
        return Text.atom(child.text().inside() + "::" + type);
    }

    private static String type(Node type) {
        String name = type.text("id");
        Optional<Node> info = type.child("type_info");
        return switch (name) {
            case "DECIMAL" ->
                    info.map(it ->
                                    "decimal(%d,%d)"
                                            .formatted(it.number("width"), it.number("scale")))
                            .orElse("decimal");
            case "LIST" ->
                    info.flatMap(it -> it.child("child_type")).map(ExpressionText::type).orElse("?")
                            + "[]";
            default -> name.toLowerCase(Locale.ROOT);
        };
    }

    String constant(Node constant) {
        Node value = constant.require("value");
        if (value.isTrue("is_null")) {
            return "null";
        }
        Object raw = value.map().get("value");
        return switch (raw) {
            case String text -> "'" + text.replace("'", "''") + "'";
            case Boolean truth -> truth.toString();
            case Json.Numeral number -> number(value.require("type"), number.text());
            case null, default -> "…";
        };
    }

    private static String number(Node type, String text) {
        return switch (type.text("id")) {
            case "DECIMAL" -> {
                int scale = type.child("type_info").map(it -> it.number("scale")).orElse(0);
                yield new BigDecimal(new BigInteger(text), scale).toPlainString();
            }
            case "DATE", "TIME", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE" -> "…";
            default -> text;
        };
    }

    Text function(Node function, List<Value> values) {
        String comparison = COMPARISONS.get(function.text("type"));
        if (comparison != null) {
            return infix(comparison, values);
        }
        String name = function.function();
        boolean isSymbol = !name.isEmpty() && !Character.isLetter(name.charAt(0));
        if (isSymbol && values.size() == 2 && !name.startsWith("_")) {
            return infix(OPERATORS.getOrDefault(name, name), values);
        }
        if (isSymbol && values.size() == 1) {
            return Text.atom(name + values.getFirst().text().inside());
        }
        return switch (name) {
            case "list_value" -> Text.atom("[" + list(values) + "]");
            case "struct_pack" -> Text.atom("{" + packed(function, values) + "}");
            default -> Text.atom(name + "(" + list(values) + lambda(function) + ")");
        };
    }

    private static String packed(Node function, List<Value> values) {
        List<String> names = function.texts("named_arguments");
        return IntStream.range(0, Math.min(names.size(), values.size()))
                .mapToObj(i -> Text.name(names.get(i)) + ": " + values.get(i).text().text())
                .collect(Collectors.joining(", "));
    }

    private static String lambda(Node function) {
        boolean hasLambda =
                function.list("children").stream()
                        .anyMatch(child -> child.text("expression_class").equals("BOUND_LAMBDA"));
        return hasLambda ? ", lambda …" : "";
    }

    Text operator(Node operator, List<Value> values) {
        String type = operator.text("type");
        String word = COMPARISONS.get(type);
        if (word != null) {
            return infix(word, values);
        }
        return switch (type) {
            case "OPERATOR_IS_NULL" -> Text.compound(first(values) + " is null");
            case "OPERATOR_IS_NOT_NULL" -> Text.compound(first(values) + " is not null");
            case "OPERATOR_NOT" -> Text.compound("not " + first(values));
            case "COMPARE_IN", "COMPARE_NOT_IN" ->
                    Text.compound(
                            first(values)
                                    + (type.equals("COMPARE_IN") ? " in (" : " not in (")
                                    + list(values.subList(1, values.size()))
                                    + ")");
            default -> call(type.replace("OPERATOR_", "").toLowerCase(Locale.ROOT), values);
        };
    }

    private static String first(List<Value> values) {
        return values.getFirst().text().inside();
    }

    private static Text infix(String operator, List<Value> values) {
        return Text.compound(
                values.stream()
                        .map(value -> value.text().inside())
                        .collect(Collectors.joining(" " + operator + " ")));
    }

    Text call(String name, List<Value> values) {
        return Text.atom(name + "(" + list(values) + ")");
    }

    private static String list(List<Value> values) {
        return values.stream().map(value -> value.text().text()).collect(Collectors.joining(", "));
    }

    Text choice(List<Value> when, List<Value> then) {
        StringBuilder text = new StringBuilder("case");
        for (int i = 0; i < when.size(); i++) {
            text.append(" when ").append(when.get(i).text().text());
            text.append(" then ").append(then.get(i).text().text());
        }
        if (then.size() > when.size()) {
            text.append(" else ").append(then.getLast().text().text());
        }
        return Text.atom(text.append(" end").toString());
    }

    Text aggregate(Node aggregate, List<Value> values, Optional<Value> filter) {
        String name = aggregate.function();
        boolean isDistinct = aggregate.text("aggregate_type").equals("DISTINCT");
        String inside = name.equals("count_star") ? "*" : list(values);
        String call =
                "%s(%s%s)"
                        .formatted(
                                name.equals("count_star") ? "count" : name,
                                isDistinct ? "distinct " : "",
                                inside);
        return Text.atom(
                call + filter.map(it -> " filter (where " + it.text().text() + ")").orElse(""));
    }

    /// `sum`, or `row_number` of what is only a window function.
    String windowName(Node window) {
        String name = window.function();
        return name.isEmpty()
                ? window.text("type").replace("WINDOW_", "").toLowerCase(Locale.ROOT)
                : name;
    }

    Text window(String name, List<Value> values, List<Value> partitions, List<Value> orders) {
        String over =
                (partitions.isEmpty() ? "" : "partition by " + list(partitions))
                        + (partitions.isEmpty() || orders.isEmpty() ? "" : " ")
                        + (orders.isEmpty() ? "" : "order by " + list(orders));
        String call = name.equals("count_star") ? "count(*)" : call(name, values).text();
        return Text.atom(call + " over (" + over + ")");
    }
}
