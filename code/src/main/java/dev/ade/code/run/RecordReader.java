package dev.ade.code.run;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/// Makes records of rows of vectors. One class is spun for each kind of record, so that reading a row costs little
/// more than its constructor. Thread-safe.
///
/// @param <R> the records
final class RecordReader<R extends Record> {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private final Class<R> type;
    private final List<Component> components;
    private final Maker maker;

    RecordReader(Class<R> type, List<Component> components) {
        this.type = type;
        this.components = List.copyOf(components);
        this.maker = MethodHandleProxies.asInterfaceInstance(Maker.class, handle(type, components));
    }

    R read(Place place) {
        return type.cast(maker.make(place));
    }

    /// The first row of a batch.
    ///
    /// @param vectors those of the components, in order
    Place place(List<FieldVector> vectors) {
        List<@Nullable Nested> nested = new ArrayList<>();
        for (int i = 0; i < components.size(); i++) {
            Shape shape = components.get(i).shape();
            nested.add(shape instanceof Shape.Value ? null : Nested.of(shape, vectors.get(i)));
        }
        return new Place(vectors, nested);
    }

    /// A row of a batch; the same object is moved from row to row.
    static final class Place {
        private final List<FieldVector> vectors;
        private final List<@Nullable Nested> nested;
        private int row;

        private Place(List<FieldVector> vectors, List<@Nullable Nested> nested) {
            this.vectors = vectors;
            this.nested = nested;
        }

        Place at(int next) {
            row = next;
            return this;
        }
    }

    /// Public because classes that are spun for it must see it.
    public interface Maker {
        /// @return a record
        Object make(Object place);
    }

    private static MethodHandle handle(Class<?> type, List<Component> components) {
        try {
            Class<?>[] parameters =
                    components.stream().map(one -> one.part().getType()).toArray(Class[]::new);
            Constructor<?> constructor = type.getDeclaredConstructor(parameters);
            constructor.setAccessible(true);
            MethodHandle all = LOOKUP.unreflectConstructor(constructor);
            for (int i = 0; i < components.size(); i++) {
                Component one = components.get(i);
                MethodHandle value =
                        one.shape() instanceof Shape.Value(ValueKind kind, _)
                                ? value(one, kind, i)
                                : nested(one, i);
                all = MethodHandles.collectArguments(all, i, value);
            }
            int[] same = new int[components.size()];
            MethodType made = MethodType.methodType(type, Place.class);
            return MethodHandles.permuteArguments(all, made, same)
                    .asType(MethodType.methodType(Object.class, Object.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("records have such a constructor", e);
        }
    }

    /// From the place to the list, map or record of one component.
    private static MethodHandle nested(Component component, int index)
            throws ReflectiveOperationException {
        MethodHandle read =
                LOOKUP.findStatic(
                        RecordReader.class,
                        "nested",
                        MethodType.methodType(Object.class, Place.class, int.class));
        return MethodHandles.insertArguments(read, 1, index)
                .asType(MethodType.methodType(component.part().getType(), Place.class));
    }

    static @Nullable Object nested(Place place, int index) {
        return Objects.requireNonNull(place.nested.get(index)).at(place.row);
    }

    /// From the place to the value of one component.
    private static MethodHandle value(Component component, ValueKind kind, int index)
            throws ReflectiveOperationException {
        MethodHandle vector =
                MethodHandles.insertArguments(
                        LOOKUP.findStatic(
                                RecordReader.class,
                                "vector",
                                MethodType.methodType(FieldVector.class, Place.class, int.class)),
                        1,
                        index);
        MethodHandle row =
                LOOKUP.findStatic(
                        RecordReader.class, "row", MethodType.methodType(int.class, Place.class));
        Class<?> java = component.part().getType();
        MethodHandle read =
                LOOKUP.findStatic(
                                Reading.class,
                                method(kind),
                                MethodType.methodType(kind.plain(), FieldVector.class, int.class))
                        .asType(MethodType.methodType(java, FieldVector.class, int.class));
        MethodHandle otherwise = component.isPrimitive() ? missing(component, kind) : none(java);
        MethodHandle isNull =
                LOOKUP.findVirtual(
                        FieldVector.class,
                        "isNull",
                        MethodType.methodType(boolean.class, int.class));
        MethodHandle guarded = MethodHandles.guardWithTest(isNull, otherwise, read);
        MethodHandle two = MethodHandles.filterArguments(guarded, 0, vector, row);
        return MethodHandles.permuteArguments(two, MethodType.methodType(java, Place.class), 0, 0);
    }

    private static MethodHandle none(Class<?> java) {
        MethodHandle none = MethodHandles.constant(java, null);
        return MethodHandles.dropArguments(none, 0, FieldVector.class, int.class);
    }

    private static MethodHandle missing(Component component, ValueKind kind)
            throws ReflectiveOperationException {
        MethodHandle fail =
                LOOKUP.findStatic(
                        RecordReader.class,
                        "fail",
                        MethodType.methodType(Object.class, Component.class, ValueKind.class));
        MethodHandle bound =
                MethodHandles.insertArguments(fail, 0, component, kind)
                        .asType(MethodType.methodType(component.part().getType()));
        return MethodHandles.dropArguments(bound, 0, FieldVector.class, int.class);
    }

    /// Never returns.
    static @Nullable Object fail(Component component, ValueKind kind) {
        throw new NullPointerException(
                "column '%s' has a NULL, which %s %s cannot hold; declare it as %s"
                        .formatted(
                                component.source(),
                                component.part().getType(),
                                component.part().getName(),
                                kind.boxed().getSimpleName()));
    }

    static FieldVector vector(Place place, int index) {
        return place.vectors.get(index);
    }

    static int row(Place place) {
        return place.row;
    }

    private static String method(ValueKind kind) {
        return switch (kind) {
            case BOOLEAN -> "booleanOf";
            case INT -> "intOf";
            case LONG -> "longOf";
            case FLOAT -> "floatOf";
            case DOUBLE -> "doubleOf";
            case DECIMAL -> "decimalOf";
            case TEXT -> "textOf";
            case DATE -> "dateOf";
            case TIME -> "timeOf";
            case TIMESTAMP -> "timestampOf";
            case INSTANT -> "instantOf";
            case UUID_TEXT -> "uuidOf";
            case BYTES -> "bytesOf";
        };
    }

    @Override
    public String toString() {
        return "reader of " + type.getSimpleName() + Arrays.toString(type.getRecordComponents());
    }
}
