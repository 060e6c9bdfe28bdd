package dev.ade.project;

import dev.ade.model.AdeException;
import dev.ade.model.Fingerprint;
import dev.ade.model.Grain;
import dev.ade.model.Kind;
import dev.ade.model.Kind.History;
import dev.ade.model.Kind.SchemaChange;
import dev.ade.model.Kind.Strategy;
import dev.ade.model.Layout;
import dev.ade.model.OnChange;
import dev.ade.model.TableName;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Reads from a model's config how it is kept.
final class KindReader {
    /// What decides how rows are kept. Config may have keys of anybody's, but none that could be meant for these.
    private static final Set<String> DECISIVE =
            Set.of(
                    "materialized",
                    "incremental_strategy",
                    "unique_key",
                    "on_schema_change",
                    "full_refresh",
                    "natural_key",
                    "event_time",
                    "lookback",
                    "whole_inputs");

    private KindReader() {}

    private static void requireSpelt(Config config) {
        for (String key : config.values().keySet()) {
            Optional<String> meant =
                    DECISIVE.contains(key) ? Optional.empty() : Near.of(key, DECISIVE);
            if (meant.isPresent() && !config.values().containsKey(meant.get())) {
                throw AdeException.user(
                        "Cannot use config %s: it is not something ADE knows of a model"
                                .formatted(key),
                        "Did you mean '%s'?".formatted(meant.get()));
            }
        }
    }

    static boolean isEphemeral(Config config) {
        return config.word("materialized", "view").equals("ephemeral");
    }

    static Kind kind(TableName name, Config config) {
        try {
            requireSpelt(config);
            return read(name, config);
        } catch (AdeException e) {
            throw e.location() == null ? e.at(config.location()) : e;
        }
    }

    private static Kind read(TableName name, Config config) {
        return switch (config.word("materialized", "view")) {
            case "view" -> new Kind.View();
            case "table" -> new Kind.Table();
            case "incremental" -> incremental(config);
            case "dimension" ->
                    new Kind.Dimension(
                            config.texts("natural_key"),
                            config.text("surrogate").orElseGet(() -> surrogate(name.name())),
                            history(config));
            case "snapshot" -> SnapshotReader.kind(config);
            case "fact" -> new Kind.Fact(grain(config, "grain"), begin(config), lookback(config));
            case "day" -> new Kind.Day(config.texts("entity"), begin(config));
            default ->
                    throw config.wrong(
                            "materialized",
                            "view, table, incremental, ephemeral, dimension, fact, day or a materialization of the project or its packages");
        };
    }

    private static Kind incremental(Config config) {
        List<String> key = config.texts("unique_key");
        String usual = key.isEmpty() ? "append" : "delete+insert";
        String said = config.word("incremental_strategy", usual);
        String strategy = said.equals("default") ? usual : said;
        return switch (strategy) {
            case "microbatch" -> microbatch(config);
            case "append" -> incremental(Strategy.APPEND, config);
            case "merge" -> incremental(Strategy.MERGE, config);
            case "delete+insert" -> incremental(Strategy.DELETE_INSERT, config);
            default ->
                    throw config.wrong(
                            "incremental_strategy",
                            "append, merge, delete+insert, insert_overwrite, microbatch, or x where there is a macro get_incremental_x_sql");
        };
    }

    /// dbt fills so many batches again, for rows that came late, each from its own rows; those that late rows touch are known
    /// here.
    private static Kind microbatch(Config config) {
        lookback(config);
        return new Kind.Fact(grain(config, "batch_size"), begin(config), 0);
    }

    /// @param inputs among which they have to be
    static Set<TableName> wholeInputs(Config config, Set<TableName> inputs) {
        Set<TableName> whole = new TreeSet<>();
        for (String text : config.texts("whole_inputs")) {
            whole.add(
                    inputs.stream()
                            .filter(input -> input.toString().equalsIgnoreCase(text))
                            .findFirst()
                            .orElseThrow(() ->
                                    config.wrong(
                                            "whole_inputs",
                                            "datasets that its query reads, as domain.name")));
        }
        return whole;
    }

    private static int lookback(Config config) {
        int grains = config.number("lookback", 0);
        if (grains < 0) {
            throw config.wrong("lookback", "a whole number of 0 or more");
        }
        return grains;
    }

    private static Kind incremental(Strategy strategy, Config config) {
        return new Kind.Incremental(
                strategy,
                config.texts("unique_key"),
                onSchemaChange(config),
                config.isOn("full_refresh", true)
                        ? Kind.FullRefresh.ALLOWED
                        : Kind.FullRefresh.NEVER);
    }

    /// Of a model that a macro makes.
    static Kind custom(String materialization, Fingerprint macro, Config config) {
        try {
            return new Kind.Custom(
                    materialization,
                    macro,
                    config.texts("unique_key"),
                    onSchemaChange(config),
                    config.isOn("full_refresh", true)
                            ? Kind.FullRefresh.ALLOWED
                            : Kind.FullRefresh.NEVER);
        } catch (AdeException e) {
            throw e.location() == null ? e.at(config.location()) : e;
        }
    }

    private static SchemaChange onSchemaChange(Config config) {
        return switch (config.word("on_schema_change", "ignore")) {
            case "ignore" -> SchemaChange.IGNORE;
            case "fail" -> SchemaChange.FAIL;
            case "append_new_columns" -> SchemaChange.APPEND_NEW_COLUMNS;
            case "sync_all_columns" -> SchemaChange.SYNC_ALL_COLUMNS;
            default ->
                    throw config.wrong(
                            "on_schema_change",
                            "ignore, fail, append_new_columns or sync_all_columns");
        };
    }

    /// `customer_d`, `dim_customer` and `customer` all have a `customer_key`.
    static String surrogate(String dimension) {
        String entity = dimension.replaceFirst("^dim_", "").replaceFirst("_(d|dim|dimension)$", "");
        return entity + "_key";
    }

    /// What becomes of rows that are there when the query changes.
    static Optional<OnChange> onChange(Config config) {
        return config.text("on_change")
                .map(text ->
                        switch (text) {
                            case "restate" -> OnChange.RESTATE;
                            case "forward" -> OnChange.FORWARD;
                            default -> throw config.wrong("on_change", "restate or forward");
                        });
    }

    private static History history(Config config) {
        return switch (config.word("history", "current")) {
            case "current", "none", "scd1" -> History.CURRENT;
            case "scd2" -> History.SLOWLY_CHANGING;
            default -> throw config.wrong("history", "current or scd2");
        };
    }

    private static Grain grain(Config config, String key) {
        return Grain.parse(config.word(key, "day"));
    }

    private static Optional<Instant> begin(Config config) {
        return config.text("begin")
                .map(text -> {
                    try {
                        return instant(text.strip());
                    } catch (DateTimeParseException e) {
                        throw config.wrong(
                                "begin",
                                "a date or time such as 2026-01-01 or 2026-01-01T00:00:00Z");
                    }
                });
    }

    private static Instant instant(String text) {
        if (text.length() == "2026-01-01".length()) {
            return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        String iso = text.replace(' ', 'T').toUpperCase(Locale.ROOT);
        return iso.matches(".*(Z|[+-]\\d\\d:?\\d\\d)")
                ? OffsetDateTime.parse(iso).toInstant()
                : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
    }

    static Optional<String> eventTime(Kind kind, Config config) {
        return config.text("event_time")
                .or(() -> kind instanceof Kind.Day ? Optional.of("day") : Optional.empty());
    }

    static Layout layout(Config config) {
        try {
            return new Layout(partitions(config), config.texts("sort_by"));
        } catch (AdeException e) {
            throw e.location() == null ? e.at(config.location()) : e;
        }
    }

    private static List<Layout.Partition> partitions(Config config) {
        List<Layout.Partition> partitions = new ArrayList<>();
        for (String text : config.texts("partition_by")) {
            partitions.add(Layout.Partition.parse(text));
        }
        return partitions;
    }
}
