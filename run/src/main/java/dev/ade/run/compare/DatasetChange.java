package dev.ade.run.compare;

import dev.ade.model.TableName;
import java.util.List;
import java.util.Optional;

/// What a plan would make of one dataset that does not stay as it is.
///
/// @param kind its kind's word, as the project has it, or as it was published where the project has it no longer
/// @param former what it is published as, where the project calls it otherwise now
/// @param nature of the change of what is said about it; empty unless `sort` is `CHANGED`
/// @param facts what is said otherwise: configuration, checks, privacy, declared columns
/// @param columns of its data, as far as that can be told before anything runs
/// @param diff of its queries, unified; empty where they are the same or the former are not known
/// @param impact whom it reaches
/// @param problems why it would fail, as far as that can be told before anything runs
public record DatasetChange(
        TableName dataset,
        String kind,
        Sort sort,
        Optional<TableName> former,
        Optional<Nature> nature,
        List<FactChange> facts,
        List<ColumnChange> columns,
        List<String> diff,
        Impact impact,
        List<String> problems) {
    public DatasetChange {
        facts = List.copyOf(facts);
        columns = List.copyOf(columns);
        diff = List.copyOf(diff);
        problems = List.copyOf(problems);
    }

    public enum Sort {
        /// It is not published yet.
        ADDED,
        /// What the project says about it is another.
        CHANGED,
        /// It has another name, and nothing else is another.
        RENAMED,
        /// Only something that it is made from changed.
        AFFECTED,
        /// It is published, but the project no longer has it. It stays as it is.
        REMOVED
    }

    /// How deep a change goes, the deeper the later.
    public enum Nature {
        /// Blanks, comments, case: the parse trees are alike.
        FORMATTING,
        /// What is checked or described; the data is the same.
        CHECKS,
        /// Columns come; rows and the columns there were stay.
        ADDITIVE,
        /// How it is kept or loaded: kind, layout, files, treatment.
        CONFIG,
        /// Anything else.
        BREAKING,
        /// It changed, but what it was is not known: it was published by an ADE that did not keep that.
        UNKNOWN
    }

    /// @param before empty where it comes
    /// @param after empty where it goes
    public record FactChange(
            Topic topic, String name, Optional<String> before, Optional<String> after) {}

    public enum Topic {
        CONFIG,
        CHECK,
        PRIVACY,
        /// What a column of a model inherits of the personal columns that it is made from.
        INHERITED,
        /// The declared type of a column, or that it is not NULL.
        COLUMN
    }

    /// @param before its type; empty where the column comes
    /// @param after its type; empty where it goes
    public record ColumnChange(String name, Optional<String> before, Optional<String> after) {}
}
