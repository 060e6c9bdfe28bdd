package dev.ade.code.run;

import dev.ade.code.From;
import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.Schema;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.arrow.vector.types.pojo.Field;

/// A component of a record: one column.
///
/// @param from what `From` says of it
public record Component(RecordComponent part, Shape shape, Optional<List<String>> from) {
    private static final int COMPONENTS_MAX = 250;
    private static final Pattern PACKAGE = Pattern.compile("\\b(\\w+[.$])+(?=\\w)");
    private static final Pattern NEXT_WORD = Pattern.compile("_([a-z0-9])");

    /// The columns of a record, in order.
    ///
    /// @throws AdeException USER where one has a type that columns do not have
    public static List<Component> of(Class<?> row) {
        if (!row.isRecord()) {
            throw AdeException.user(
                    "Cannot use %s as rows: it is no record".formatted(row.getSimpleName()),
                    "Declare the columns as record %s(…)".formatted(row.getSimpleName()));
        }
        return nested(row, 0);
    }

    /// The same for a record in another.
    ///
    /// @param depth how many records it is in
    static List<Component> nested(Class<?> row, int depth) {
        List<Component> components = new ArrayList<>();
        for (RecordComponent part : row.getRecordComponents()) {
            From from = part.getAnnotation(From.class);
            components.add(
                    new Component(
                            part,
                            Shapes.of(part, depth),
                            Optional.ofNullable(from).map(it -> List.of(it.value()))));
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
        return new Schema(columns(made));
    }

    static List<Column> columns(List<Component> made) {
        return made.stream().map(one -> new Column(one.name(), one.shape().type())).toList();
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

    /// Its type as it is written in Java.
    String words() {
        return words(part.getGenericType());
    }

    static String words(java.lang.reflect.Type java) {
        return PACKAGE.matcher(java.getTypeName()).replaceAll("");
    }

    boolean isPrimitive() {
        return part.getType().isPrimitive();
    }

    /// A column's name as that of a component: the other way round.
    static String camel(String column) {
        return NEXT_WORD
                .matcher(column)
                .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
    }

    /// The vector that it is written to.
    Field field() {
        return shape.field(name());
    }

    /// The columns that it is declared to follow from: as it says, else as everything in it does.
    Optional<List<String>> declared() {
        return from.or(() -> declared(shape));
    }

    private static Optional<List<String>> declared(Shape shape) {
        return switch (shape) {
            case Shape.Value _, Shape.Entries _ -> Optional.empty();
            case Shape.Items items -> declared(items.element());
            case Shape.Parts parts -> {
                List<Optional<List<String>>> all =
                        parts.components().stream().map(Component::declared).toList();
                yield all.stream().allMatch(Optional::isPresent)
                        ? Optional.of(
                                all.stream()
                                        .flatMap(Optional::stream)
                                        .flatMap(List::stream)
                                        .distinct()
                                        .toList())
                        : Optional.empty();
            }
        };
    }
}
