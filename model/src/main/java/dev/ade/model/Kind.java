package dev.ade.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How a model's dataset is kept.
public sealed interface Kind {
    /// A stored query.
    record View() implements Kind {}

    /// Rebuilt whole.
    record Table() implements Kind {}

    /// Rows are added or replaced by what one run of the query gives.
    ///
    /// @param fullRefresh whether it may ever start over
    record Incremental(
            Strategy strategy,
            List<String> uniqueKey,
            SchemaChange onSchemaChange,
            FullRefresh fullRefresh)
            implements Kind {
        public Incremental(Strategy strategy, List<String> uniqueKey, SchemaChange onSchemaChange) {
            this(strategy, uniqueKey, onSchemaChange, FullRefresh.ALLOWED);
        }

        public Incremental {
            uniqueKey = List.copyOf(uniqueKey);
            if (uniqueKey.isEmpty()
                    && (strategy == Strategy.MERGE || strategy == Strategy.DELETE_INSERT)) {
                throw AdeException.user(
                        "Cannot build incrementally by %s: no unique_key is given"
                                .formatted(strategy == Strategy.MERGE ? "merge" : "delete+insert"),
                        "Add unique_key to config, or use strategy append");
            }
        }

        /// Where the project says what becomes of new columns, or that there is no starting over, a changed
        /// definition goes on from what is there. Elsewhere it starts over.
        @Override
        public boolean goesOn() {
            return fullRefresh == FullRefresh.NEVER || onSchemaChange != SchemaChange.IGNORE;
        }
    }

    /// Made by a macro of the project: dbt's custom materialization, or a way to build incrementally of its own.
    ///
    /// @param materialization the name of the macro's block
    /// @param macro hash of its text and of what the config tells it
    /// @param uniqueKey columns that the config calls so; what they mean is up to the macro
    record Custom(
            String materialization,
            Fingerprint macro,
            List<String> uniqueKey,
            SchemaChange onSchemaChange,
            FullRefresh fullRefresh)
            implements Kind {
        public Custom {
            uniqueKey = List.copyOf(uniqueKey);
        }

        /// As of what is built incrementally.
        @Override
        public boolean goesOn() {
            return fullRefresh == FullRefresh.NEVER || onSchemaChange != SchemaChange.IGNORE;
        }

        /// Whether `is_incremental()` can be true in its model.
        public boolean isIncremental() {
            return materialization.equals("incremental");
        }
    }

    enum Strategy {
        APPEND,
        DELETE_INSERT,
        MERGE
    }

    /// dbt's `full_refresh`.
    enum FullRefresh {
        /// When it is asked for, or the definition changed.
        ALLOWED,
        /// What is there stays, whatever is asked for.
        NEVER
    }

    /// dbt's `on_schema_change`.
    enum SchemaChange {
        IGNORE,
        FAIL,
        APPEND_NEW_COLUMNS,
        SYNC_ALL_COLUMNS
    }

    /// Complete replacement; a UUIDv5 surrogate of the natural key is its first column, so that facts can
    /// compute it without a join and it never changes.
    ///
    /// @param naturalKey columns that identify a member
    /// @param surrogate name of the surrogate column
    /// @param history with `SLOWLY_CHANGING`, each change of a member closes a row and opens one
    record Dimension(List<String> naturalKey, String surrogate, History history) implements Kind {
        public Dimension {
            naturalKey = List.copyOf(naturalKey);
            if (naturalKey.isEmpty()) {
                throw AdeException.user(
                        "Cannot build a dimension: no natural_key is given",
                        "Add natural_key to config");
            }
        }
    }

    enum History {
        CURRENT,
        /// Type 2: `valid_from`, `valid_to` (NULL while current), `is_current`.
        SLOWLY_CHANGING
    }

    /// What its query gave whenever it ran: a row for each state that a row was seen in. Nothing that it once
    /// recorded is ever lost, whatever of its definition changes.
    record Snapshot(SnapshotSpec spec) implements Kind {}

    /// Filled by intervals of event time: each interval is replaced whole, so running it again changes nothing.
    ///
    /// @param grain size of the intervals
    /// @param begin where event time starts; what lies before is not built. Empty: where the inputs start
    /// @param lookback whole grains before an interval that its query may read too; 0 for none
    record Fact(Grain grain, Optional<Instant> begin, int lookback) implements Kind {}

    /// The hybrid of fact and dimension: one row an entity a day, filled by intervals of a day.
    record Day(List<String> entity, Optional<Instant> begin) implements Kind {
        public Day {
            entity = List.copyOf(entity);
            if (entity.isEmpty()) {
                throw AdeException.user(
                        "Cannot build a day model: no entity is given", "Add entity to config");
            }
        }
    }

    /// The word for this kind in config and in reports.
    default String word() {
        return switch (this) {
            case View _ -> "view";
            case Table _ -> "table";
            case Incremental _ -> "incremental";
            case Custom custom -> custom.materialization();
            case Dimension _ -> "dimension";
            case Snapshot _ -> "snapshot";
            case Fact _ -> "fact";
            case Day _ -> "day";
        };
    }

    /// The grain of kinds that are filled by intervals.
    default Optional<Grain> intervalGrain() {
        return switch (this) {
            case Fact fact -> Optional.of(fact.grain());
            case Day _ -> Optional.of(Grain.DAY);
            case View _, Table _, Incremental _, Custom _, Dimension _, Snapshot _ ->
                    Optional.empty();
        };
    }

    /// Whether a changed definition goes on from the rows that are there.
    default boolean goesOn() {
        return false;
    }

    /// Where event time starts, for kinds that say so: at the beginning of the interval that it lies in.
    default Optional<Instant> begin() {
        return Optional.empty();
    }
}
