package dev.ade.spi;

import dev.ade.model.CheckSpec;
import dev.ade.model.Fingerprint;
import dev.ade.model.Freshness;
import dev.ade.model.TableName;
import dev.ade.model.UnitTest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A dbt project in dbt's own words, for tools that read what dbt writes. Thread-safe.
public interface Manifest {
    /// The folder that such tools look into. It need not be there yet.
    Path folder();

    /// What every one of its files says of the invocation, as far as it does not depend on the file.
    Map<String, @Nullable Object> metadata();

    /// Another one as soon as `tree` would say something else. Cheap.
    Fingerprint fingerprint();

    /// `manifest.json` without its metadata: maps, lists, texts, numbers, truth values and null. Costly: it
    /// compiles everything that can be compiled without a database.
    ///
    /// @param at when its nodes were made
    Map<String, @Nullable Object> tree(Instant at);

    /// dbt's `unique_id` of a model, seed, snapshot or source.
    Optional<String> id(TableName dataset);

    /// dbt's `unique_id` of a test, a unit test too; empty where it is a check that dbt does not know of.
    Optional<String> id(CheckSpec check);

    Optional<String> id(UnitTest test);

    /// The same of anything that selectors find.
    Optional<String> id(Resource resource);

    /// dbt's `freshness` of a source.
    Map<String, @Nullable Object> criteria(Freshness freshness);
}
