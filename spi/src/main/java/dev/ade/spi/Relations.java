package dev.ade.spi;

import dev.ade.model.TableName;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Datasets by name, as one consistent reader sees them.
public interface Relations {
    /// The dataset, with files left out that cannot hold a row within all of `bounds`. Leaving out is an
    /// optimisation: the reader still filters.
    Optional<Relation> find(TableName name, List<Bound> bounds);

    default Optional<Relation> find(TableName name) {
        return find(name, List.of());
    }

    /// All names, for completion and error messages.
    Collection<TableName> names();

    /// Nothing at all.
    static Relations none() {
        return new Relations() {
            @Override
            public Optional<Relation> find(TableName name, List<Bound> bounds) {
                return Optional.empty();
            }

            @Override
            public Collection<TableName> names() {
                return Set.of();
            }
        };
    }
}
