package dev.ade.ingest.cdc.sink;

import dev.ade.model.Fingerprint;
import dev.ade.spi.Connector;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The rows that a transaction gave to keys so far. Where nobody checks a key before the transaction ends, two rows may have
/// the same meanwhile: `update t set id = id + 1`. What the log then says of a key may be of the row that had it before,
/// which is known by its other values.
final class Occupants {
    private static final int KEYS_MAX = 500_000;

    private final String name;
    private final IntPredicate isKey;
    private final Map<Fingerprint, Fingerprint> rows = new HashMap<>();

    /// @param name of the table, for people
    /// @param isKey of the columns that identify a row
    Occupants(String name, IntPredicate isKey) {
        this.name = name;
        this.isKey = isKey;
    }

    void clear() {
        rows.clear();
    }

    /// @throws Connector.PositionLost of a transaction that is too large to be remembered
    void put(Tuple row) {
        rows.put(key(row), all(row));
        if (rows.size() > KEYS_MAX) {
            throw new Connector.PositionLost(
                    "more than %,d rows of %s changed in one transaction, and no index tells its rows apart at once"
                            .formatted(KEYS_MAX, name));
        }
    }

    /// Whether another row has the key of one by now.
    boolean hasAnother(Tuple row) {
        Fingerprint there = rows.get(key(row));
        return there != null && !there.equals(all(row));
    }

    void remove(Tuple row) {
        rows.remove(key(row));
    }

    private Fingerprint key(Tuple row) {
        return of(row, isKey);
    }

    private static Fingerprint all(Tuple row) {
        return of(row, _ -> true);
    }

    private static Fingerprint of(Tuple row, IntPredicate which) {
        return Fingerprint.of(
                IntStream.range(0, row.size())
                        .filter(which)
                        .mapToObj(i -> text(row.value(i)))
                        .toList());
    }

    private static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case byte[] bytes -> "=" + HexFormat.of().formatHex(bytes);
            default -> "=" + value;
        };
    }
}
