package dev.ade.run.lineage;

import dev.ade.model.Fingerprint;
import dev.ade.model.Schema;
import dev.ade.model.TableName;
import dev.ade.spi.Lineage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Keeps what a query's columns follow from, by its text and its inputs' columns: nothing else matters.
/// Thread-safe.
public final class LineageCache implements ProjectLineage.Binder {
    private static final int KEPT_MAX = 10_000;

    private final ProjectLineage.Binder binder;
    private final Map<Fingerprint, Lineage> kept =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Fingerprint, Lineage> eldest) {
                    return size() > KEPT_MAX;
                }
            };

    public LineageCache(ProjectLineage.Binder binder) {
        this.binder = binder;
    }

    @Override
    public Lineage lineage(String select, Map<TableName, Schema> schemas) {
        Fingerprint key = key(select, schemas);
        synchronized (kept) {
            Lineage known = kept.get(key);
            if (known != null) {
                return known;
            }
        }
        Lineage found = binder.lineage(select, schemas);
        synchronized (kept) {
            kept.put(key, found);
        }
        return found;
    }

    /// What a lineage follows from.
    static Fingerprint key(String select, Map<TableName, Schema> schemas) {
        List<Object> from = new ArrayList<>();
        from.add(select);
        new TreeMap<>(schemas)
                .forEach((name, schema) -> {
                    from.add(name);
                    schema.columns()
                            .forEach(column -> {
                                from.add(column.name());
                                from.add(column.type().sql());
                            });
                });
        return Fingerprint.of(from);
    }
}
