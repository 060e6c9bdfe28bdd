package dev.ade.duck.lineage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An object of the plan: an operator, an expression or a part of them. DuckDB leaves out what has its default.
record Node(Map<?, ?> map) {
    static Node of(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return new Node(map);
        }
        throw new UnknownPlan("the plan has no object where one was expected");
    }

    boolean has(String key) {
        return map.containsKey(key);
    }

    Optional<Node> child(String key) {
        return Optional.ofNullable(map.get(key)).map(Node::of);
    }

    Node require(String key) {
        return child(key).orElseThrow(() -> new UnknownPlan("the plan lacks '%s'".formatted(key)));
    }

    String text(String key) {
        return switch (map.get(key)) {
            case String text -> text;
            case Json.Numeral number -> number.text();
            case null, default -> "";
        };
    }

    /// The number under `key`; 0 where it is left out, as DuckDB means it. -1 for its "none".
    int number(String key) {
        return map.get(key) instanceof Json.Numeral number ? parse(number) : 0;
    }

    boolean isTrue(String key) {
        return Boolean.TRUE.equals(map.get(key));
    }

    List<Node> list(String key) {
        return elements(key).stream().map(Node::of).toList();
    }

    List<Integer> numbers(String key) {
        return elements(key).stream()
                .map(element -> element instanceof Json.Numeral number ? parse(number) : 0)
                .toList();
    }

    List<String> texts(String key) {
        return elements(key).stream().map(String::valueOf).toList();
    }

    /// Lists inside a list, such as the rows of VALUES.
    List<List<Node>> table(String key) {
        List<List<Node>> rows = new ArrayList<>();
        for (Object row : elements(key)) {
            if (row instanceof List<?> some) {
                rows.add(some.stream().map(Node::of).toList());
            }
        }
        return rows;
    }

    private List<?> elements(String key) {
        return map.get(key) instanceof List<?> list ? list : List.of();
    }

    /// The name of a function, without catalog and schema.
    String function() {
        List<String> path = child("qname").map(name -> name.texts("path")).orElse(List.of());
        return path.isEmpty() ? "" : path.getLast();
    }

    private static int parse(Json.Numeral number) {
        try {
            return Integer.parseInt(number.text());
        } catch (NumberFormatException tooLarge) {
            return -1;
        }
    }
}
