package dev.ade.ingest.cdc.sink;

import dev.ade.model.Fingerprint;
import dev.ade.spi.Connector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rows that a transaction gave to keys so far. Where nobody checks a key before the transaction ends, two rows may have
/// the same meanwhile: `update t set id = id + 1`. What the log then says of a key may be of the row that had it before,
/// which is known by its other values.
final class Occupants {
    private static final int KEYS_MAX = 500_000;

    private final String name;
    private final Set<String> keys;
    private final Map<Fingerprint, Fingerprint> rows = new HashMap<>();

    /// @param name of the table, for people
    /// @param keys columns that identify a row, in lower case
    Occupants(String name, Set<String> keys) {
        this.name = name;
        this.keys = Set.copyOf(keys);
    }

    void clear() {
        rows.clear();
    }

    /// @throws Connector.PositionLost of a transaction that is too large to be remembered
    void put(Columns columns, Tuple row) {
        rows.put(key(columns, row), all(row));
        if (rows.size() > KEYS_MAX) {
            throw new Connector.PositionLost(
                    "more than %,d rows of %s changed in one transaction, and no index tells its rows apart at once"
                            .formatted(KEYS_MAX, name));
        }
    }

    /// Whether another row has the key of one by now.
    boolean hasAnother(Columns columns, Tuple row) {
        Fingerprint there = rows.get(key(columns, row));
        return there != null && !there.equals(all(row));
    }

    void remove(Columns columns, Tuple row) {
        rows.remove(key(columns, row));
    }

    private Fingerprint key(Columns columns, Tuple row) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            if (keys.contains(columns.all().get(i).lower())) {
                values.add(text(row.value(i)));
            }
        }
        return Fingerprint.of(values);
    }

    private static Fingerprint all(Tuple row) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            values.add(text(row.value(i)));
        }
        return Fingerprint.of(values);
    }

    private static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case byte[] bytes -> "=" + HexFormat.of().formatHex(bytes);
            default -> "=" + value;
        };
    }
}
