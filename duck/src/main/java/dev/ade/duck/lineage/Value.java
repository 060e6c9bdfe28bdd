package dev.ade.duck.lineage;

import dev.ade.spi.Lineage.Input;
import dev.ade.spi.Lineage.Role;
import dev.ade.spi.Lineage.Use;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What is known about one value of a row: what it follows from, how it reads, and of structs that the query
/// itself packs, what their fields are.
record Value(Set<Use> uses, Text text, Map<String, Value> fields) {
    Value(Set<Use> uses, Text text) {
        this(uses, text, Map.of());
    }

    static Value constant(String text) {
        return new Value(Set.of(), Text.atom(text));
    }

    static Value column(Input input, String text) {
        return new Value(Set.of(new Use(input, Role.COPY)), Text.atom(text));
    }

    /// What these values become together in a role.
    static Set<Use> through(Collection<Value> values, Role role) {
        Set<Use> uses = new LinkedHashSet<>();
        for (Value value : values) {
            for (Use use : value.uses) {
                uses.add(new Use(use.input(), use.role().then(role)));
            }
        }
        return uses;
    }

    /// The inputs of these values, all in one role.
    static Set<Use> steering(Collection<Value> values, Role role) {
        Set<Use> uses = new LinkedHashSet<>();
        for (Value value : values) {
            value.uses.forEach(use -> uses.add(new Use(use.input(), role)));
        }
        return uses;
    }

    Value withText(Text other) {
        return new Value(uses, other, fields);
    }

    /// The field of a struct.
    Value field(String name) {
        Value packed = fields.get(name);
        if (packed != null) {
            return packed;
        }
        Text read = Text.atom(text.inside() + "." + Text.name(name));
        boolean isColumn = uses.stream().allMatch(use -> use.role() == Role.COPY);
        if (!isColumn || !fields.isEmpty()) {
            return new Value(through(List.of(this), Role.TRANSFORM), read);
        }
        Set<Use> inner = new LinkedHashSet<>();
        for (Use use : uses) {
            List<String> path = new ArrayList<>(use.input().path());
            path.add(name);
            Input input = new Input(use.input().dataset(), use.input().column(), path);
            inner.add(new Use(input, Role.COPY));
        }
        return new Value(inner, read);
    }

    /// One of two values, as a set operation gives it.
    Value or(Value other) {
        Set<Use> both = new LinkedHashSet<>(uses);
        both.addAll(other.uses);
        Map<String, Value> common = new LinkedHashMap<>();
        if (fields.keySet().equals(other.fields.keySet())) {
            fields.forEach((name, field) -> common.put(name, field.or(other.require(name))));
        }
        return new Value(both, text.or(other.text), common);
    }

    private Value require(String field) {
        return java.util.Objects.requireNonNull(fields.get(field));
    }
}
