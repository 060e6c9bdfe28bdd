package dev.ade.store;

import dev.ade.model.Column;
import dev.ade.model.Field;
import dev.ade.model.Schema;
import dev.ade.model.Type;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.types.Type.PrimitiveType;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/// Makes a table's schema what is wanted, keeping the field ids of columns that stay.
final class Evolution {
    private final UpdateSchema update;

    private Evolution(UpdateSchema update) {
        this.update = update;
    }

    static void evolve(Table table, Schema wanted) {
        if (Field.schema(IcebergTypes.fields(table.schema())).equals(wanted)) {
            return;
        }
        Specs.release(table, update(table, wanted).apply());
        update(table, wanted).commit();
    }

    private static UpdateSchema update(Table table, Schema wanted) {
        UpdateSchema update = table.updateSchema().allowIncompatibleChanges().caseSensitive(false);
        Evolution evolution = new Evolution(update);
        evolution.columns("", table.schema().columns(), wanted.columns());
        evolution.order(wanted.columns());
        return update;
    }

    static void rename(Table table, Map<String, String> names) {
        UpdateSchema update = table.updateSchema().caseSensitive(false);
        names.forEach(update::renameColumn);
        update.commit();
    }

    private void columns(String parent, List<NestedField> stored, List<Column> wanted) {
        for (NestedField field : stored) {
            if (wanted.stream().noneMatch(column -> column.name().equalsIgnoreCase(field.name()))) {
                update.deleteColumn(parent + field.name());
            }
        }
        for (Column column : wanted) {
            column(parent, find(stored, column.name()), column);
        }
    }

    private void column(String parent, @Nullable NestedField stored, Column wanted) {
        if (stored == null) {
            add(parent, wanted);
            return;
        }
        if (IcebergTypes.type(stored.type()).equals(wanted.type())) {
            return;
        }
        org.apache.iceberg.types.Type type = IcebergTypes.type(wanted.type());
        if (type instanceof PrimitiveType primitive
                && TypeUtil.isPromotionAllowed(stored.type(), primitive)) {
            update.updateColumn(parent + stored.name(), primitive);
        } else if (wanted.type() instanceof Type.Struct struct && stored.type().isStructType()) {
            columns(
                    parent + stored.name() + ".",
                    stored.type().asStructType().fields(),
                    struct.fields());
        } else {
            update.deleteColumn(parent + stored.name());
            add(parent, wanted);
        }
    }

    private void add(String parent, Column column) {
        org.apache.iceberg.types.Type type = IcebergTypes.type(column.type());
        if (parent.isEmpty()) {
            update.addColumn(column.name(), type);
        } else {
            update.addColumn(parent.substring(0, parent.length() - 1), column.name(), type);
        }
    }

    private void order(List<Column> wanted) {
        String before = null;
        for (Column column : wanted) {
            if (before == null) {
                update.moveFirst(column.name());
            } else {
                update.moveAfter(column.name(), before);
            }
            before = column.name();
        }
    }

    private static @Nullable NestedField find(List<NestedField> fields, String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .findFirst()
                .orElse(null);
    }
}
