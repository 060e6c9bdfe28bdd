package dev.ade.code.run;

import dev.ade.model.Type;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Takes records apart, into values as a `Session` takes them. Never rounds. Thread-safe.
public final class PlainValues {
    private final List<Component> components;
    private final Map<Class<?>, PlainValues> inner = new ConcurrentHashMap<>();

    /// @param components of the records
    public PlainValues(List<Component> components) {
        this.components = List.copyOf(components);
        this.components.forEach(one -> one.part().getAccessor().setAccessible(true));
    }

    /// The values of a record, in order.
    ///
    /// @throws IllegalArgumentException where a column cannot hold one
    public List<@Nullable Object> of(Object row) {
        List<@Nullable Object> values = new ArrayList<>(components.size());
        for (Component one : components) {
            values.add(plain(one, one.shape(), value(one.part().getAccessor(), row)));
        }
        return values;
    }

    private @Nullable Object plain(Component component, Shape shape, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        return switch (shape) {
            case Shape.Value one -> exact(component, one.made(), value);
            case Shape.Items items -> {
                List<@Nullable Object> list = new ArrayList<>();
                ((List<?>) value).forEach(it -> list.add(plain(component, items.element(), it)));
                yield list;
            }
            case Shape.Parts parts -> struct(parts, value);
            case Shape.Entries entries -> {
                Map<Object, @Nullable Object> map = new LinkedHashMap<>();
                ((Map<?, ?>) value)
                        .forEach((key, it) ->
                                map.put(
                                        key(component, entries.key(), key),
                                        plain(component, entries.value(), it)));
                yield map;
            }
        };
    }

    private Object key(Component component, Shape shape, @Nullable Object key) {
        Object plain = plain(component, shape, key);
        if (plain == null) {
            throw new IllegalArgumentException("a key of '%s' is null".formatted(component.name()));
        }
        return plain;
    }

    private Map<String, @Nullable Object> struct(Shape.Parts parts, Object value) {
        Map<String, @Nullable Object> struct = new LinkedHashMap<>();
        List<@Nullable Object> values =
                inner.computeIfAbsent(parts.record(), _ -> new PlainValues(parts.components()))
                        .of(value);
        for (int i = 0; i < values.size(); i++) {
            struct.put(parts.components().get(i).name(), values.get(i));
        }
        return struct;
    }

    private static @Nullable Object value(Method accessor, Object row) {
        try {
            return accessor.invoke(row);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException known
                    ? known
                    : new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("accessors were opened", e);
        }
    }

    private static Object exact(Component component, Type type, Object value) {
        if (value instanceof BigDecimal number
                && type instanceof Type.Decimal decimal
                && !decimal.holds(number)) {
            throw new IllegalArgumentException(
                    "a value of '%s' does not fit %s; say its size with @Digits"
                            .formatted(component.name(), type.sql()));
        }
        return value;
    }
}
