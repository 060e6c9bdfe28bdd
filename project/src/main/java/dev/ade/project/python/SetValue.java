package dev.ade.project.python;

import dev.ade.jinja.Arguments;
import dev.ade.jinja.Attributes;
import dev.ade.jinja.Callable;
import dev.ade.jinja.None;
import dev.ade.jinja.Operand;
import dev.ade.jinja.Python;
import dev.ade.jinja.Undefined;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Python's set. Its items come in the order they were put in, so that the same template gives the same text.
public final class SetValue extends AbstractSet<Object> implements Attributes, Operand {
    private final Set<Object> items;

    private SetValue(Collection<?> items) {
        this.items = new LinkedHashSet<>(items);
    }

    public static SetValue of(List<Object> items) {
        return new SetValue(items);
    }

    @Override
    public Iterator<Object> iterator() {
        return items.iterator();
    }

    @Override
    public int size() {
        return items.size();
    }

    @Override
    public boolean contains(Object item) {
        return items.contains(item);
    }

    @Override
    public boolean add(Object item) {
        return items.add(item);
    }

    @Override
    public Object attribute(String name) {
        return switch (name) {
            case "union" -> (Callable) arguments -> union(arguments);
            case "intersection" -> (Callable) arguments -> kept(others(arguments)::containsAll);
            case "difference" -> (Callable) arguments -> minus(others(arguments));
            case "symmetric_difference" ->
                    (Callable)
                            arguments -> {
                                SetValue other = others(arguments);
                                SetValue both = minus(other);
                                both.items.addAll(other.minus(this).items);
                                return both;
                            };
            case "issubset" -> (Callable) arguments -> others(arguments).containsAll(items);
            case "issuperset" -> (Callable) arguments -> items.containsAll(others(arguments).items);
            case "isdisjoint" ->
                    (Callable) arguments -> others(arguments).stream().noneMatch(items::contains);
            case "copy" -> (Callable) _ -> new SetValue(items);
            default -> changing(name);
        };
    }

    private Object changing(String name) {
        return switch (name) {
            case "add" -> none(arguments -> items.add(arguments.require(0, "elem")));
            case "update" -> none(arguments -> items.addAll(union(arguments).items));
            case "remove", "discard" ->
                    none(arguments -> items.remove(arguments.require(0, "elem")));
            case "clear" -> none(_ -> items.clear());
            default -> new Undefined(name, "'set' object has no attribute '" + name + "'");
        };
    }

    private static Callable none(java.util.function.Consumer<Arguments> work) {
        return arguments -> {
            work.accept(arguments);
            return None.NONE;
        };
    }

    private static SetValue others(Arguments arguments) {
        return new SetValue(Iterables.items(arguments.require(0, "other")));
    }

    private SetValue union(Arguments arguments) {
        SetValue all = new SetValue(items);
        arguments.positional().forEach(more -> all.items.addAll(Iterables.items(more)));
        return all;
    }

    private SetValue minus(SetValue other) {
        return new SetValue(items.stream().filter(item -> !other.contains(item)).toList());
    }

    private SetValue kept(java.util.function.Predicate<List<Object>> test) {
        return new SetValue(items.stream().filter(item -> test.test(List.of(item))).toList());
    }

    @Override
    public Optional<Object> left(String sign, Object other) {
        return sign.equals("-") && other instanceof SetValue set
                ? Optional.of(minus(set))
                : Optional.empty();
    }

    @Override
    public Optional<Object> right(String sign, Object other) {
        return Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }

    @Override
    public String toString() {
        return items.isEmpty()
                ? "set()"
                : "{" + String.join(", ", items.stream().map(Python::repr).toList()) + "}";
    }
}
