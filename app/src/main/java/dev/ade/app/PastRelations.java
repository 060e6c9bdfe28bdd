package dev.ade.app;

import dev.ade.model.AdeException;
import dev.ade.model.TableName;
import dev.ade.spi.Bound;
import dev.ade.spi.Relation;
import dev.ade.spi.Relations;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Datasets as they were at an instant, where one that is only there now is told from one that never was.
///
/// @param now names of datasets that are there now
record PastRelations(Relations then, Collection<TableName> now, Instant instant)
        implements Relations {
    @Override
    public Optional<Relation> find(TableName name, List<Bound> bounds) {
        Optional<Relation> found = then.find(name, bounds);
        if (found.isEmpty() && now.contains(name)) {
            throw AdeException.user(
                    "Cannot read %s as of %s: it was not published yet, or its snapshots of then have expired"
                            .formatted(name, instant),
                    "ade status --json lists its snapshots; maintenance.snapshot_age in ade.yml says how long they are kept");
        }
        return found;
    }

    @Override
    public Collection<TableName> names() {
        return then.names();
    }
}
