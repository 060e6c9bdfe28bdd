package dev.ade.store;

import dev.ade.model.AdeException;
import dev.ade.model.Layout;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdatePartitionSpec;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.Term;
import org.apache.iceberg.types.Types.NestedField;

/// Layouts as Iceberg's partition specs and sort orders.
final class Specs {
    private Specs() {}

    static PartitionSpec spec(Schema schema, Layout layout) {
        requireColumns(schema, layout);
        PartitionSpec.Builder builder = PartitionSpec.builderFor(schema).caseSensitive(false);
        for (Layout.Partition partition : layout.partitions()) {
            String column = partition.column();
            switch (partition.transform()) {
                case IDENTITY -> builder.identity(column);
                case BUCKET -> builder.bucket(column, partition.width());
                case TRUNCATE -> builder.truncate(column, partition.width());
                case HOUR -> builder.hour(column);
                case DAY -> builder.day(column);
                case MONTH -> builder.month(column);
                case YEAR -> builder.year(column);
            }
        }
        return builder.build();
    }

    private static void requireColumns(Schema schema, Layout layout) {
        List<String> columns =
                new ArrayList<>(
                        layout.partitions().stream().map(Layout.Partition::column).toList());
        columns.addAll(layout.sortBy());
        for (String column : columns) {
            if (schema.caseInsensitiveFindField(column) == null) {
                throw AdeException.user(
                        "Cannot lay out the dataset: '%s' of partition_by or sort_by is not among its columns %s"
                                .formatted(
                                        column,
                                        schema.columns().stream().map(NestedField::name).toList()),
                        "Select the column, or name another");
            }
        }
    }

    static SortOrder order(Schema schema, Layout layout) {
        SortOrder.Builder builder = SortOrder.builderFor(schema).caseSensitive(false);
        layout.sortBy().forEach(builder::asc);
        return layout.sortBy().isEmpty() ? SortOrder.unsorted() : builder.build();
    }

    /// Makes a table's current spec that of a layout; files of earlier specs stay readable.
    static void evolve(Table table, Layout layout) {
        PartitionSpec wanted = spec(table.schema(), layout);
        if (isSame(table.spec(), wanted)) {
            return;
        }
        UpdatePartitionSpec update = table.updateSpec().caseSensitive(false);
        for (PartitionField field : table.spec().fields()) {
            update.removeField(field.name());
        }
        layout.partitions().forEach(partition -> update.addField(term(partition)));
        update.commit();
    }

    /// Takes columns that a schema will not have any more out of the current spec and order, which must not name them.
    static void release(Table table, Schema next) {
        List<PartitionField> gone =
                table.spec().fields().stream()
                        .filter(field -> next.findField(field.sourceId()) == null)
                        .toList();
        if (!gone.isEmpty()) {
            UpdatePartitionSpec update = table.updateSpec();
            gone.forEach(field -> update.removeField(field.name()));
            update.commit();
        }
        if (table.sortOrder().fields().stream()
                .anyMatch(field -> next.findField(field.sourceId()) == null)) {
            table.replaceSortOrder().commit();
        }
    }

    private static boolean isSame(PartitionSpec a, PartitionSpec b) {
        List<String> left = a.fields().stream().map(Specs::text).toList();
        return left.equals(b.fields().stream().map(Specs::text).toList());
    }

    private static String text(PartitionField field) {
        return field.sourceId() + ":" + field.transform();
    }

    private static Term term(Layout.Partition partition) {
        String column = partition.column();
        return switch (partition.transform()) {
            case IDENTITY -> Expressions.ref(column);
            case BUCKET -> Expressions.bucket(column, partition.width());
            case TRUNCATE -> Expressions.truncate(column, partition.width());
            case HOUR -> Expressions.hour(column);
            case DAY -> Expressions.day(column);
            case MONTH -> Expressions.month(column);
            case YEAR -> Expressions.year(column);
        };
    }

    /// The partitions of a table; its order is not among them.
    static Layout layout(PartitionSpec spec) {
        List<Layout.Partition> partitions = new ArrayList<>();
        for (PartitionField field : spec.fields()) {
            String column = spec.schema().findColumnName(field.sourceId());
            String transform = field.transform().toString();
            String width = transform.replaceAll("\\D", "");
            String text =
                    transform.equals("identity")
                            ? column
                            : width.isEmpty()
                                    ? transform + "(" + column + ")"
                                    : transform.replaceAll("\\[.*", "")
                                            + "("
                                            + width
                                            + ", "
                                            + column
                                            + ")";
            partitions.add(Layout.Partition.parse(text));
        }
        return new Layout(partitions, List.of());
    }
}
