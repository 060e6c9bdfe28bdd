package dev.ade.store;

import dev.ade.model.TableName;
import dev.ade.spi.Suppression;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// What must not land again, in the catalog: it holds for all environments, also those to come.
final class Suppressions {
    private final Catalog catalog;

    Suppressions(Catalog catalog) {
        this.catalog = catalog;
    }

    List<Suppression> of(TableName source) {
        List<Suppression> found = new ArrayList<>();
        catalog.query(
                """
                SELECT namespace, name, column_name, mark FROM suppression
                WHERE namespace = ? AND name = ? OR namespace = ? AND name = ?
                ORDER BY column_name, mark\
                """,
                result ->
                        found.add(
                                new Suppression(
                                        TableName.of(result.getString(1), result.getString(2)),
                                        result.getString(3),
                                        result.getString(4))),
                source.namespace(),
                source.name(),
                Suppression.ANY_SOURCE.namespace(),
                Suppression.ANY_SOURCE.name());
        return found;
    }

    /// Within a transaction.
    void add(Collection<Suppression> values, Instant at) {
        for (Suppression value : values) {
            catalog.update(
                    "INSERT INTO suppression VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                    value.source().namespace(),
                    value.source().name(),
                    value.column(),
                    value.mark(),
                    Catalog.micros(at));
        }
    }
}
