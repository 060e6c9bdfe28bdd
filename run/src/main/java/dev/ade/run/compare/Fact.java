package dev.ade.run.compare;

import dev.ade.model.Assertion;
import dev.ade.model.CheckSpec;
import dev.ade.model.ColumnSpec;
import dev.ade.model.Fingerprint;
import dev.ade.model.Kind;
import dev.ade.model.Layout;
import dev.ade.model.LoadSpec;
import dev.ade.model.PrivacySpec;
import dev.ade.model.SnapshotSpec;
import dev.ade.model.Threshold;
import dev.ade.model.Treatment;
import dev.ade.model.Wording;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The words in which a declaration is kept and compared, by key. Keys are those of YAML where it has them.
final class Fact {
    static final String KIND = "kind";
    static final String EVENT_TIME = "event_time";
    static final String WHOLE_INPUTS = "whole_inputs";
    static final String UNDECLARED = "undeclared";
    static final String DRIFT = "drift";
    static final String PARTITION_BY = "partition_by";
    static final String SORT_BY = "sort_by";

    /// Before the name of a column with a declared type.
    static final String COLUMN = "column.";

    /// Before the name of a column with declared privacy.
    static final String PRIVACY = "privacy.";

    /// Before the name of a check.
    static final String CHECK = "check.";

    private Fact() {}

    static DatasetChange.Topic topic(String key) {
        if (key.startsWith(CHECK)) {
            return DatasetChange.Topic.CHECK;
        }
        if (key.startsWith(PRIVACY)) {
            return DatasetChange.Topic.PRIVACY;
        }
        return key.startsWith(COLUMN) ? DatasetChange.Topic.COLUMN : DatasetChange.Topic.CONFIG;
    }

    /// The key without what says its topic.
    static String name(DatasetChange.Topic topic, String key) {
        return switch (topic) {
            case CONFIG, INHERITED -> key;
            case CHECK -> key.substring(CHECK.length());
            case PRIVACY -> key.substring(PRIVACY.length());
            case COLUMN -> key.substring(COLUMN.length());
        };
    }

    static String word(Enum<?> constant) {
        return Wording.of(constant);
    }

    static Map<String, String> of(Kind kind) {
        Map<String, String> facts = new HashMap<>();
        facts.put(KIND, kind.word());
        switch (kind) {
            case Kind.View _, Kind.Table _ -> {}
            case Kind.Incremental incremental -> {
                facts.put("incremental_strategy", word(incremental.strategy()));
                put(facts, "unique_key", incremental.uniqueKey());
                facts.put("on_schema_change", word(incremental.onSchemaChange()));
            }
            case Kind.Custom custom -> {
                facts.put("macro", custom.macro().hex());
                put(facts, "unique_key", custom.uniqueKey());
                facts.put("on_schema_change", word(custom.onSchemaChange()));
            }
            case Kind.Dimension dimension -> {
                put(facts, "natural_key", dimension.naturalKey());
                facts.put("surrogate", dimension.surrogate());
                facts.put("history", word(dimension.history()));
            }
            case Kind.Fact fact -> {
                facts.put("grain", fact.grain().text());
                fact.begin().ifPresent(begin -> facts.put("begin", begin.toString()));
                facts.put("lookback", Integer.toString(fact.lookback()));
            }
            case Kind.Day day -> {
                put(facts, "entity", day.entity());
                day.begin().ifPresent(begin -> facts.put("begin", begin.toString()));
            }
            case Kind.Snapshot(SnapshotSpec spec) -> snapshot(facts, spec);
        }
        return facts;
    }

    private static void snapshot(Map<String, String> facts, SnapshotSpec spec) {
        put(facts, "unique_key", spec.uniqueKey());
        facts.put("hard_deletes", word(spec.hardDeletes()));
        spec.current().ifPresent(current -> facts.put("dbt_valid_to_current", current));
        put(facts, "snapshot_meta_column_names", spec.columns().names().toList());
        switch (spec.detection()) {
            case SnapshotSpec.Detection.Timestamp(String updatedAt) -> {
                facts.put("strategy", "timestamp");
                facts.put("updated_at", updatedAt);
            }
            case SnapshotSpec.Detection.Check check -> {
                facts.put("strategy", "check");
                put(facts, "check_cols", check.columns());
                check.updatedAt().ifPresent(updatedAt -> facts.put("updated_at", updatedAt));
            }
        }
    }

    static Map<String, String> of(LoadSpec load) {
        Map<String, String> facts = new HashMap<>();
        facts.put("mode", word(load.mode()));
        put(facts, "key", load.key());
        facts.put("reject_rows_max", Long.toString(load.rejectLimit().rowsMax()));
        facts.put("reject_share_max", Double.toString(load.rejectLimit().shareMax()));
        switch (load) {
            case LoadSpec.Files files -> {
                put(facts, "files", files.patterns());
                facts.put("format", word(files.format()));
                if (!files.options().isEmpty()) {
                    facts.put("options", new TreeMap<>(files.options()).toString());
                }
            }
            case LoadSpec.Outside outside ->
                    outside.settings()
                            .forEach((name, value) -> facts.put(name, String.valueOf(value)));
        }
        return facts;
    }

    static Map<String, String> of(Layout layout) {
        Map<String, String> facts = new HashMap<>();
        put(facts, PARTITION_BY, layout.partitions().stream().map(Layout.Partition::text).toList());
        put(facts, SORT_BY, layout.sortBy());
        return facts;
    }

    private static void put(Map<String, String> facts, String key, List<String> values) {
        if (!values.isEmpty()) {
            facts.put(key, String.join(", ", values));
        }
    }

    /// The type and NOT NULL of a column; empty where neither is said.
    static Optional<String> declared(ColumnSpec column) {
        List<String> words = new ArrayList<>();
        column.type().ifPresent(type -> words.add(type.text()));
        if (column.nullability() == ColumnSpec.Nullability.NOT_NULL) {
            words.add("not null");
        }
        List<String> texts = new ArrayList<>();
        if (!words.isEmpty()) {
            texts.add(String.join(" ", words));
        }
        if (!column.aliases().isEmpty()) {
            texts.add("also called " + String.join(", ", column.aliases()));
        }
        return texts.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", texts));
    }

    /// `email, pseudonym`.
    static String text(PrivacySpec privacy) {
        List<String> words = new ArrayList<>();
        privacy.dataClass().ifPresent(words::add);
        privacy.treatment().ifPresent(treatment -> words.add(text(treatment)));
        return words.isEmpty() ? "personal" : String.join(", ", words);
    }

    private static String text(Treatment treatment) {
        List<String> words = new ArrayList<>(List.of(treatment.word()));
        switch (treatment) {
            case Treatment.Keep _, Treatment.Drop _ -> {}
            case Treatment.Pseudonym pseudonym -> realm(words, pseudonym.realm());
            case Treatment.Token token -> realm(words, token.realm());
            case Treatment.FormatPreserving preserving -> {
                words.add(word(preserving.alphabet()));
                realm(words, preserving.realm());
            }
            case Treatment.Mask mask ->
                    words.add("%d first, %d last".formatted(mask.keepFirst(), mask.keepLast()));
            case Treatment.Generalise generalise -> words.add(text(generalise.to()));
        }
        return words.size() == 1
                ? words.getFirst()
                : words.getFirst() + " (" + String.join(", ", words.subList(1, words.size())) + ")";
    }

    private static void realm(List<String> words, String realm) {
        if (!realm.equals(Treatment.DEFAULT_REALM)) {
            words.add("realm " + realm);
        }
    }

    private static String text(Treatment.Coarsening to) {
        return switch (to) {
            case Treatment.Coarsening.ToGrain grain -> grain.grain().text();
            case Treatment.Coarsening.ToBucket bucket -> "buckets of " + bucket.width();
            case Treatment.Coarsening.ToPrefix prefix -> prefix.characters() + " characters";
            case Treatment.Coarsening.ToNetwork network ->
                    "/%d, /%d".formatted(network.ipv4Bits(), network.ipv6Bits());
        };
    }

    /// What a check says, shortly: equal texts mean that it holds and fails alike.
    ///
    /// @param query of a query check
    static String text(CheckSpec check, Optional<String> query) {
        List<String> words = new ArrayList<>(List.of(text(check.assertion(), query)));
        CheckSpec.Options options = check.options();
        if (options.severity() == CheckSpec.Severity.WARN) {
            words.add("warns");
        }
        options.where().ifPresent(where -> words.add("where " + where));
        threshold("warn_if", options.warnIf()).ifPresent(words::add);
        threshold("error_if", options.errorIf()).ifPresent(words::add);
        options.limit().ifPresent(limit -> words.add("limit " + limit));
        return String.join(", ", words);
    }

    private static Optional<String> threshold(String name, Threshold threshold) {
        return threshold.equals(Threshold.NOT_ZERO)
                ? Optional.empty()
                : Optional.of(name + " " + word(threshold.comparison()) + " " + threshold.value());
    }

    private static String text(Assertion assertion, Optional<String> query) {
        return switch (assertion) {
            case Assertion.NotNull(String column) -> column + " is not null";
            case Assertion.Unique(String column) -> column + " is unique";
            case Assertion.AcceptedValues accepted ->
                    accepted.column() + " is one of " + String.join(", ", accepted.values());
            case Assertion.Relationships relation ->
                    "%s is a %s of %s"
                            .formatted(relation.column(), relation.field(), relation.to());
            case Assertion.KAnonymity group ->
                    "%d rows or more look alike in %s"
                            .formatted(group.k(), String.join(", ", group.columns()));
            case Assertion.Query _ ->
                    "query " + query.map(sql -> Fingerprint.of(sql).brief()).orElse("");
            case Assertion.Contract contract -> "contract of " + columns(contract.columns());
            case Assertion.Monitor monitor -> monitor(monitor);
        };
    }

    private static String columns(List<ColumnSpec> columns) {
        return String.join(
                ", ",
                columns.stream()
                        .map(column ->
                                declared(column)
                                        .map(text -> column.name() + " " + text)
                                        .orElse(column.name()))
                        .toList());
    }

    private static String monitor(Assertion.Monitor monitor) {
        String what =
                monitor.column()
                        .map(column -> word(monitor.metric()) + " of " + column)
                        .orElse(word(monitor.metric()));
        return what
                + switch (monitor.expectation()) {
                    case Assertion.Expectation.Between between ->
                            " between %s and %s"
                                    .formatted(
                                            between.min().map(Object::toString).orElse("anything"),
                                            between.max().map(Object::toString).orElse("anything"));
                    case Assertion.Expectation.WithinAge age -> " within " + age.age();
                    case Assertion.Expectation.WithinDeviations deviations ->
                            " within %s deviations of %d points (at least %d, %s)"
                                    .formatted(
                                            deviations.deviations(),
                                            deviations.points(),
                                            deviations.pointsMin(),
                                            word(deviations.season()));
                };
    }
}
