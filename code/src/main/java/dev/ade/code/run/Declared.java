package dev.ade.code.run;

import dev.ade.code.BatchModel;
import dev.ade.code.JavaModel;
import dev.ade.code.Reads;
import dev.ade.code.TableModel;
import dev.ade.model.AdeException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What the class of a model says of itself. Nothing of it runs to find out.
///
/// @param type the class
/// @param reads datasets, as they are written
/// @param input columns that are read of one dataset, batch by batch; empty for a model of whole datasets
/// @param output columns that are made
public record Declared(
        Class<?> type,
        List<String> reads,
        Optional<Class<? extends Record>> input,
        Class<? extends Record> output) {
    public Declared {
        reads = List.copyOf(reads);
        Component.of(output);
        input.ifPresent(Component::of);
        if (reads.isEmpty()) {
            throw AdeException.user(
                    "Cannot use %s as a model: it does not say what it reads"
                            .formatted(type.getSimpleName()),
                    "Write @Reads(\"domain.dataset\") above the class");
        }
        if (input.isPresent() && reads.size() > 1) {
            throw AdeException.user(
                    "Cannot use %s as a model: a BatchModel reads one dataset, was %s"
                            .formatted(type.getSimpleName(), String.join(", ", reads)),
                    "Make it a TableModel, or join them in a view that it reads");
        }
    }

    /// @throws AdeException USER where it is no model
    public static Declared of(Class<?> type) {
        Reads reads = type.getAnnotation(Reads.class);
        List<String> names = reads == null ? List.of() : List.of(reads.value());
        Type[] rows = arguments(type);
        requireConstructor(type);
        return new Declared(
                type,
                names,
                rows.length == 2 ? Optional.of(row(type, rows[0])) : Optional.empty(),
                row(type, rows[rows.length - 1]));
    }

    /// True for classes that are meant to be models.
    public static boolean isModel(Class<?> type) {
        return JavaModel.class.isAssignableFrom(type);
    }

    private static Type[] arguments(Class<?> type) {
        return Arrays.stream(type.getGenericInterfaces())
                .filter(ParameterizedType.class::isInstance)
                .map(ParameterizedType.class::cast)
                .filter(it ->
                        it.getRawType() == BatchModel.class || it.getRawType() == TableModel.class)
                .map(ParameterizedType::getActualTypeArguments)
                .findFirst()
                .orElseThrow(() ->
                        AdeException.user(
                                "Cannot use %s as a model: it does not say of what rows it is"
                                        .formatted(type.getSimpleName()),
                                "Write implements BatchModel<In, Out> or TableModel<Out>, with records of its own"));
    }

    private static Class<? extends Record> row(Class<?> type, Type row) {
        if (row instanceof Class<?> it && it.isRecord()) {
            return it.asSubclass(Record.class);
        }
        throw AdeException.user(
                "Cannot use %s as a model: %s is not a record with columns"
                        .formatted(type.getSimpleName(), row.getTypeName()),
                "Write implements BatchModel<In, Out> or TableModel<Out>, with records of its own");
    }

    private static void requireConstructor(Class<?> type) {
        try {
            var _ = type.getDeclaredConstructor();
        } catch (NoSuchMethodException e) {
            throw AdeException.user(
                            "Cannot use %s as a model: it has no constructor that takes nothing"
                                    .formatted(type.getSimpleName()),
                            "Add one")
                    .causedBy(e);
        }
    }

    /// A new object of the class.
    Object create() throws ReflectiveOperationException {
        var constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
    }
}
