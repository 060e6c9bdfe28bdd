package dev.ade.code.run;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/// Puts records into rows of vectors. Thread-safe.
final class RecordWriter {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private final List<Component> components;
    private final List<Putter> putters = new ArrayList<>();

    RecordWriter(List<Component> components) {
        this.components = components;
        components.forEach(one ->
                putters.add(MethodHandleProxies.asInterfaceInstance(Putter.class, handle(one))));
    }

    void write(Record row, List<FieldVector> vectors, int index) {
        for (int i = 0; i < putters.size(); i++) {
            try {
                putters.get(i).put(vectors.get(i), index, row);
            } catch (Unfit e) {
                throw e;
            } catch (ArithmeticException e) {
                throw new Unfit(
                        "a value of '%s' does not fit %s: %s"
                                .formatted(
                                        components.get(i).name(),
                                        vectors.get(i).getField().getType(),
                                        e.getMessage()));
            }
        }
    }

    /// A value that a column cannot hold, which is named already.
    private static final class Unfit extends ArithmeticException {
        private static final long serialVersionUID = 1L;

        Unfit(String message) {
            super(message);
        }
    }

    /// Public because classes that are spun for it must see it.
    public interface Putter {
        /// Puts one component of a record into its vector.
        void put(FieldVector vector, int index, Object row);
    }

    /// Reads the component and puts it; of what is null nothing is put, which leaves a null.
    private static MethodHandle handle(Component component) {
        try {
            Method accessor = component.part().getAccessor();
            accessor.setAccessible(true);
            MethodHandle get = LOOKUP.unreflect(accessor);
            Class<?> java = component.part().getType();
            MethodHandle put =
                    component.shape() instanceof Shape.Value(ValueKind kind, _)
                            ? value(kind, java)
                            : nested(component.shape(), java);
            MethodHandle guarded = component.isPrimitive() ? put : orNull(put, java);
            return MethodHandles.filterArguments(guarded, 2, get)
                    .asType(
                            MethodType.methodType(
                                    void.class, FieldVector.class, int.class, Object.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("records have such an accessor", e);
        }
    }

    private static MethodHandle value(ValueKind kind, Class<?> java)
            throws ReflectiveOperationException {
        return LOOKUP.findStatic(
                        Writing.class,
                        "put",
                        MethodType.methodType(
                                void.class, FieldVector.class, int.class, kind.plain()))
                .asType(MethodType.methodType(void.class, FieldVector.class, int.class, java));
    }

    private static MethodHandle nested(Shape shape, Class<?> java)
            throws ReflectiveOperationException {
        MethodHandle put =
                LOOKUP.findVirtual(
                        NestedWriter.class,
                        "put",
                        MethodType.methodType(
                                void.class, FieldVector.class, int.class, Object.class));
        return put.bindTo(NestedWriter.of(shape))
                .asType(MethodType.methodType(void.class, FieldVector.class, int.class, java));
    }

    private static MethodHandle orNull(MethodHandle put, Class<?> java)
            throws ReflectiveOperationException {
        MethodHandle isNull =
                LOOKUP.findStatic(
                                RecordWriter.class,
                                "isNull",
                                MethodType.methodType(
                                        boolean.class, FieldVector.class, int.class, Object.class))
                        .asType(
                                MethodType.methodType(
                                        boolean.class, FieldVector.class, int.class, java));
        MethodHandle nothing =
                MethodHandles.empty(
                        MethodType.methodType(void.class, FieldVector.class, int.class, java));
        return MethodHandles.guardWithTest(isNull, nothing, put);
    }

    static boolean isNull(FieldVector vector, int index, @Nullable Object value) {
        return value == null;
    }
}
