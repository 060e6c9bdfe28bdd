package dev.ade.run.build;

import dev.ade.model.TableName;
import dev.ade.spi.Bound;
import dev.ade.spi.Relation;
import dev.ade.spi.Relations;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Relations with some names standing for something else.
final class Overlay implements Relations {
    private final Relations base;
    private final Map<TableName, Relation> replaced = new HashMap<>();

    Overlay(Relations base) {
        this.base = base;
    }

    Overlay with(TableName name, Relation relation) {
        replaced.put(name, relation);
        return this;
    }

    @Override
    public Optional<Relation> find(TableName name, List<Bound> bounds) {
        Relation relation = replaced.get(name);
        return relation != null ? Optional.of(relation) : base.find(name, bounds);
    }

    @Override
    public Collection<TableName> names() {
        return base.names();
    }
}
