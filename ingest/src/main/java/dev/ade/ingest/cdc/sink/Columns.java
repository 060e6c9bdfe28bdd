package dev.ade.ingest.cdc.sink;

import dev.ade.ingest.jdbc.Unfit;
import dev.ade.model.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The columns of a table as its log describes them, each with what reads its values.
public record Columns(List<One> all) {
    /// @param isKey whether it is logged where a row changes or goes
    public record One(Column column, boolean isKey, Reader reader) {
        String lower() {
            return column.name().toLowerCase(Locale.ROOT);
        }
    }

    /// Reads one value, which is the one that a load by `jdbc:` reads of the same row.
    @FunctionalInterface
    public interface Reader {
        /// @throws Unfit for a value that no type here holds
        Object read(Object logged) throws Unfit;
    }

    public Columns {
        all = List.copyOf(all);
    }

    List<Column> columns() {
        return all.stream().map(One::column).toList();
    }

    /// Names in lower case of those that identify a row.
    public List<String> logged() {
        return all.stream().filter(One::isKey).map(One::lower).toList();
    }

    /// Those whose values a row does not say.
    List<One> unsaid(Tuple row) {
        List<One> unsaid = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            if (!row.says(i)) {
                unsaid.add(all.get(i));
            }
        }
        return unsaid;
    }

    /// @throws Unfit for a value that no type holds
    @Nullable Object value(Tuple row, int index) throws Unfit {
        Object logged = row.says(index) ? row.value(index) : null;
        return logged == null ? null : all.get(index).reader().read(logged);
    }
}
