package dev.ade.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a check says must hold.
public sealed interface Assertion {
    record NotNull(String column) implements Assertion {}

    record Unique(String column) implements Assertion {}

    /// @param values allowed values as text; NULL is always allowed
    record AcceptedValues(String column, List<String> values, Quoting quoting)
            implements Assertion {
        public AcceptedValues {
            values = List.copyOf(values);
        }
    }

    /// Whether accepted values are written into SQL as text or as they are.
    enum Quoting {
        QUOTED,
        PLAIN
    }

    /// Every value that is not NULL is found in `field` of `to`.
    record Relationships(String column, TableName to, String field) implements Assertion {}

    /// Every combination of values of `columns` stands in `k` rows or more, so that none singles out few people.
    /// NULL counts as a value.
    record KAnonymity(List<String> columns, int k) implements Assertion {
        /// Above this the groups would be the whole dataset.
        public static final int K_MAX = 1_000_000;

        public KAnonymity {
            columns = List.copyOf(columns);
            if (columns.isEmpty()) {
                throw AdeException.user(
                        "Cannot check k-anonymity: no columns are given",
                        "Write k_anonymity: {columns: [zip3, birth_year], k: 5}");
            }
            if (k < 2 || k > K_MAX) {
                throw AdeException.user(
                        "Cannot check k-anonymity: k is 2 to %,d, was %,d".formatted(K_MAX, k),
                        "Write how many people at least must look alike, such as k: 5");
            }
        }
    }

    /// A query that gives the failing rows; compiled by `Compiler`.
    ///
    /// @param definition hash of what it says
    record Query(Fingerprint definition) implements Assertion {}

    /// The columns of a contract are there, with their types.
    record Contract(List<ColumnSpec> columns) implements Assertion {
        public Contract {
            columns = List.copyOf(columns);
        }
    }

    /// A watch over profiles: it reads `ade.profiles` and nothing else.
    ///
    /// @param metric what is watched
    /// @param column the column it is watched of; empty for metrics of the whole dataset. Freshness may be that of a
    ///     column of times
    /// @param expectation when a value is right
    record Monitor(Metric metric, Optional<String> column, Expectation expectation)
            implements Assertion {}

    enum Metric {
        /// Time since the newest event-time value.
        FRESHNESS,
        /// Rows in the interval under test.
        VOLUME,
        NULL_RATE,
        DISTINCT,
        MEAN
    }

    sealed interface Expectation {
        /// Between bounds that somebody wrote down.
        record Between(Optional<Double> min, Optional<Double> max) implements Expectation {}

        /// Not older than.
        record WithinAge(Duration age) implements Expectation {}

        /// Within `deviations` standard deviations of the mean of the last `points` comparable values;
        /// the value under test is never among them. With fewer than `pointsMin` it passes and says so.
        ///
        /// @param tolerance how far from that mean a value may always lie, as a share of it
        record WithinDeviations(
                double deviations, int points, int pointsMin, Season season, double tolerance)
                implements Expectation {}
    }

    /// Which earlier days are comparable.
    enum Season {
        NONE,
        SAME_WEEKDAY,
        SAME_DAY_OF_MONTH
    }
}
