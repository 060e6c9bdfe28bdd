package dev.ade.model;

import java.util.Optional;
import java.util.Set;

/// A statement about a dataset that must hold.
///
/// @param name unique in the project, as dbt would name it (`not_null_orders_order_id`)
/// @param dataset whose publication depends on it
/// @param inputs datasets it reads, with `dataset` among them
/// @param assertion what must hold
/// @param options how it is judged
/// @param tags for selection
/// @param location where it is declared
public record CheckSpec(
        String name,
        TableName dataset,
        Set<TableName> inputs,
        Assertion assertion,
        Options options,
        Set<String> tags,
        Location location) {
    public CheckSpec {
        inputs = Set.copyOf(inputs);
        tags = Set.copyOf(tags);
    }

    /// The same check, judged otherwise.
    public CheckSpec with(Options other) {
        return new CheckSpec(name, dataset, inputs, assertion, other, tags, location);
    }

    public enum Severity {
        WARN,
        /// Keeps the dataset and everything below it from being published.
        ERROR
    }

    public enum FailureStorage {
        NONE,
        /// Failing rows are kept in `ade.failures`.
        STORED
    }

    /// dbt's test configuration.
    ///
    /// @param where rows the check is about, as SQL
    /// @param warnIf and `errorIf`: a comparison with the number of failing rows, such as `> 10`
    /// @param limit failing rows looked at
    /// @param failCalc an aggregate over the failing rows that counts instead of their number, as SQL
    public record Options(
            Severity severity,
            Optional<String> where,
            Threshold warnIf,
            Threshold errorIf,
            Optional<Long> limit,
            FailureStorage failureStorage,
            Optional<String> failCalc) {
        public Options(
                Severity severity,
                Optional<String> where,
                Threshold warnIf,
                Threshold errorIf,
                Optional<Long> limit,
                FailureStorage failureStorage) {
            this(severity, where, warnIf, errorIf, limit, failureStorage, Optional.empty());
        }

        /// The same, keeping the rows that fail.
        public Options storingFailures() {
            return new Options(
                    severity, where, warnIf, errorIf, limit, FailureStorage.STORED, failCalc);
        }

        public static final Options DEFAULT =
                new Options(
                        Severity.ERROR,
                        Optional.empty(),
                        Threshold.NOT_ZERO,
                        Threshold.NOT_ZERO,
                        Optional.empty(),
                        FailureStorage.NONE);
    }
}
