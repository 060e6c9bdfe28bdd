package dev.ade.project;

import dev.ade.model.AdeException;
import dev.ade.model.Location;
import dev.ade.model.TableName;
import dev.ade.spi.Compiler.Situation;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What templates come to, as far as a manifest tells it.
sealed interface ManifestSql {
    Queries queries();

    Optional<String> of(ModelFile model, Situation situation);

    Optional<String> of(ChecksReader.Call call, Optional<String> where);

    Told of(ReadProject.Singular file, Location location);

    /// A file that is a query of its own.
    ///
    /// @param sql empty where it is not known without a database
    /// @param config what the file says of itself
    /// @param inputs what it reads by `ref` and `source`
    record Told(Optional<String> sql, Map<String, @Nullable Object> config, Set<TableName> inputs) {
        private static Told unsaid(Queries queries, ReadProject.Singular file, Location location) {
            try {
                Queries.CheckQuery query = queries.singular(file, location, Occasion.reading());
                return new Told(Optional.empty(), query.config(), query.inputs());
            } catch (AdeException _) {
                return new Told(Optional.empty(), Map.of(), Set.of());
            }
        }
    }

    /// All that is known without a database is compiled.
    record Compiled(Queries queries) implements ManifestSql {
        @Override
        public Optional<String> of(ModelFile model, Situation situation) {
            return queries.compiled(model, situation);
        }

        @Override
        public Optional<String> of(ChecksReader.Call call, Optional<String> where) {
            return queries.compiled(call, where);
        }

        @Override
        public Told of(ReadProject.Singular file, Location location) {
            return queries.compiled(file, location)
                    .map(it -> new Told(Optional.of(it.sql()), it.config(), it.inputs()))
                    .orElseGet(() -> Told.unsaid(queries, file, location));
        }
    }

    /// Nothing is compiled, as in dbt's `graph`, which templates see while they are compiled themselves.
    record Parsed(Queries queries) implements ManifestSql {
        @Override
        public Optional<String> of(ModelFile model, Situation situation) {
            return Optional.empty();
        }

        @Override
        public Optional<String> of(ChecksReader.Call call, Optional<String> where) {
            return Optional.empty();
        }

        @Override
        public Told of(ReadProject.Singular file, Location location) {
            return Told.unsaid(queries, file, location);
        }
    }
}
