package dev.ade.run.lineage;

import dev.ade.model.TableName;
import java.util.Comparator;

/// A column of a dataset, named as the dataset spells it.
public record ColumnId(TableName dataset, String column) implements Comparable<ColumnId> {
    private static final Comparator<ColumnId> ORDER =
            Comparator.comparing(ColumnId::dataset).thenComparing(ColumnId::column);

    @Override
    public int compareTo(ColumnId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return dataset + "." + column;
    }
}
