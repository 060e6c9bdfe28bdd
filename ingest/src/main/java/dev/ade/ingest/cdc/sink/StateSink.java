package dev.ade.ingest.cdc.sink;

import dev.ade.ingest.jdbc.Unfit;
import dev.ade.model.Column;
import dev.ade.model.Type;
import dev.ade.model.Type.Simple;
import dev.ade.spi.Connector;
import dev.ade.spi.Connector.Changes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Changes as what becomes of keys, for a dataset that is the table as it is.
final class StateSink implements Sink {
    private static final List<Column> MORE =
            List.of(
                    new Column(Changes.OP, Simple.VARCHAR),
                    new Column(Changes.SAME, new Type.ListOf(Simple.VARCHAR)),
                    new Column(Changes.NUMBER, Simple.BIGINT));

    private final Parts parts;
    private final Set<String> keys;
    private final Optional<Occupants> occupants;
    private Columns columns = new Columns(List.of());

    /// @param name of the table, for people
    StateSink(Connector.Stage stage, String name, Kind.Key key) {
        this.parts = new Parts(stage, name, MORE);
        this.keys = Set.copyOf(key.columns());
        this.occupants =
                key.isUnique() ? Optional.empty() : Optional.of(new Occupants(name, this::isKey));
    }

    @Override
    public void columns(Columns next) {
        columns = next;
        parts.columns(next);
    }

    @Override
    public void begin(Transaction transaction) {
        occupants.ifPresent(Occupants::clear);
    }

    @Override
    public void insert(Tuple row) {
        put(row);
    }

    @Override
    public void update(Optional<Tuple> before, Tuple row) {
        Tuple whole = before.filter(Tuple::isWhole).map(it -> filled(it, row)).orElse(row);
        if (before.isPresent() && isMoved(before.get(), row)) {
            requireSaid(whole);
            delete(before.get());
        } else if (before.filter(this::isReplaced).isPresent()) {
            // Another row has its key by now: only where this one goes counts.
            return;
        }
        put(whole);
    }

    /// The row with what was not said of it, as it did not change, from the one before.
    private static Tuple filled(Tuple before, Tuple row) {
        @Nullable Object[] values = new @Nullable Object[row.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.says(i) ? row.value(i) : before.value(i);
        }
        return Tuple.of(values);
    }

    private boolean isMoved(Tuple before, Tuple row) {
        for (int i = 0; i < row.size(); i++) {
            if (isKey(i) && row.says(i) && !Objects.deepEquals(before.value(i), row.value(i))) {
                return true;
            }
        }
        return false;
    }

    private boolean isKey(int index) {
        return keys.contains(columns.all().get(index).lower());
    }

    /// What a row does not say is found under its key, which is another now.
    private void requireSaid(Tuple row) {
        List<Columns.One> unsaid = columns.unsaid(row);
        if (!unsaid.isEmpty()) {
            throw new Connector.PositionLost(
                    "the key of a row changed, and the log does not say its large column %s (alter table … replica identity full would)"
                            .formatted(unsaid.getFirst().column().name()));
        }
    }

    private boolean isReplaced(Tuple before) {
        return before.isWhole() && occupants.filter(it -> it.hasAnother(before)).isPresent();
    }

    private void put(Tuple row) {
        occupants.ifPresent(it -> it.put(row));
        Optional<List<@Nullable Object>> fitting = parts.values(row);
        if (fitting.isEmpty()) {
            // What was there before is not what is there now, but for what the row does not say.
            delete(row, unsaid(row));
            return;
        }
        List<@Nullable Object> values = fitting.get();
        values.add(Changes.PUT);
        values.add(unsaid(row));
        values.add(parts.rows());
        parts.add(values);
    }

    private List<String> unsaid(Tuple row) {
        return columns.unsaid(row).stream().map(Columns.One::lower).toList();
    }

    @Override
    public void delete(Tuple before) {
        if (!isReplaced(before)) {
            occupants.ifPresent(it -> it.remove(before));
            delete(before, List.of());
        }
    }

    /// @param same columns that are as they were should the row come back, in lower case
    private void delete(Tuple before, List<String> same) {
        List<@Nullable Object> values = new ArrayList<>(before.size() + MORE.size());
        for (int i = 0; i < before.size(); i++) {
            try {
                values.add(isKey(i) ? columns.value(before, i) : null);
            } catch (Unfit _) {
                // A key that no type holds did not land.
                return;
            }
        }
        values.add(Changes.DELETE);
        values.add(same);
        values.add(parts.rows());
        parts.add(values);
    }

    @Override
    public void truncate() {
        occupants.ifPresent(Occupants::clear);
        List<@Nullable Object> values = new ArrayList<>();
        columns.all().forEach(_ -> values.add(null));
        values.add(Changes.TRUNCATE);
        values.add(List.of());
        values.add(parts.rows());
        parts.add(values);
    }

    @Override
    public long rows() {
        return parts.rows();
    }

    @Override
    public void close() {
        parts.close();
    }
}
