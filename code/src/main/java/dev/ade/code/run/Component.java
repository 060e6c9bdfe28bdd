package dev.ade.code.run;

import dev.ade.code.Digits;
import dev.ade.code.From;
import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.Schema;
import dev.ade.model.Type;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/// A component of a record: one column.
///
/// @param from what `From` says of it
public record Component(RecordComponent part, ValueKind kind, Optional<List<String>> from) {
    private static final int COMPONENTS_MAX = 250;

    /// The columns of a record, in order.
    ///
    /// @throws AdeException USER where one has a type that columns do not have
    public static List<Component> of(Class<?> row) {
        if (!row.isRecord()) {
            throw AdeException.user(
                    "Cannot use %s as rows: it is no record".formatted(row.getSimpleName()),
                    "Declare the columns as record %s(…)".formatted(row.getSimpleName()));
        }
        List<Component> components = new ArrayList<>();
        for (RecordComponent part : row.getRecordComponents()) {
            ValueKind kind =
                    ValueKind.of(part.getType())
                            .orElseThrow(() ->
                                    AdeException.user(
                                            "Cannot use '%s' of %s as a column: %s is not one of its types"
                                                    .formatted(
                                                            part.getName(),
                                                            row.getSimpleName(),
                                                            part.getType().getSimpleName()),
                                            "Columns are " + ValueKind.all()));
            From from = part.getAnnotation(From.class);
            components.add(
                    new Component(
                            part, kind, Optional.ofNullable(from).map(it -> List.of(it.value()))));
        }
        if (components.isEmpty() || components.size() > COMPONENTS_MAX) {
            throw AdeException.user(
                    "Cannot use %s as rows: a record has 1 to %d columns, was %d"
                            .formatted(row.getSimpleName(), COMPONENTS_MAX, components.size()),
                    "Leave out what is not needed");
        }
        return List.copyOf(components);
    }

    /// The columns that rows of these components make.
    public static Schema schema(List<Component> made) {
        return new Schema(made.stream().map(one -> new Column(one.name(), one.type())).toList());
    }

    /// The column that it makes: `orderId` is `order_id`.
    String name() {
        return part.getName()
                .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .replaceAll("([A-Z])([A-Z][a-z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
    }

    /// The column that it reads.
    String source() {
        return from.filter(it -> it.size() == 1).map(List::getFirst).orElseGet(this::name);
    }

    boolean isPrimitive() {
        return part.getType().isPrimitive();
    }

    private Type type() {
        Digits digits = part.getAnnotation(Digits.class);
        return digits == null || kind != ValueKind.DECIMAL
                ? kind.type()
                : new Type.Decimal(digits.precision(), digits.scale());
    }

    /// The vector that it is written to.
    Field field() {
        ArrowType arrow =
                type() instanceof Type.Decimal(int precision, int scale)
                        ? new ArrowType.Decimal(precision, scale, 128)
                        : kind.arrow();
        return new Field(name(), FieldType.nullable(arrow), null);
    }
}
