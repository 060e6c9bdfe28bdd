package dev.ade.project;

import dev.ade.model.AdeException;
import dev.ade.model.CheckSpec.FailureStorage;
import dev.ade.model.CheckSpec.Options;
import dev.ade.model.CheckSpec.Severity;
import dev.ade.model.Threshold;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads what dbt calls the config of a test.
final class CheckOptions {
    private CheckOptions() {}

    /// What a test says beside its arguments, `config:` winning.
    static Config config(Section test, Map<String, ? extends @Nullable Object> defaults) {
        Map<String, @Nullable Object> beside = new HashMap<>();
        for (String key : ChecksReader.CONFIG) {
            test.plain(key).ifPresent(value -> beside.put(key, value));
        }
        Config config = new Config(test.location(), defaults).with(beside);
        Map<String, @Nullable Object> inner = new HashMap<>();
        if (test.plain("config").orElse(Map.of()) instanceof Map<?, ?> own) {
            own.forEach((key, value) -> inner.put(String.valueOf(key), value));
        }
        return config.with(inner);
    }

    /// Anybody may add keys of his own, but not by a slip.
    static void warnOfSlips(Section test) {
        if (!(test.plain("config").orElse(Map.of()) instanceof Map<?, ?> own)) {
            return;
        }
        for (Object key : own.keySet()) {
            String word = String.valueOf(key);
            if (!ChecksReader.CONFIG.contains(word)) {
                Near.of(word, ChecksReader.CONFIG)
                        .ifPresent(meant ->
                                test.context()
                                        .warn(
                                                "%s: '%s' is not something ADE knows of a test's config; did you mean '%s'?"
                                                        .formatted(test.location(), word, meant)));
            }
        }
    }

    static Options of(Config config) {
        return new Options(
                severity(config),
                config.text("where"),
                threshold(config, "warn_if"),
                threshold(config, "error_if"),
                limit(config),
                storage(config),
                config.text("fail_calc").filter(text -> !text.strip().equals("count(*)")));
    }

    /// `store_failures_as` comes before `store_failures`, as with dbt; a table and a view are the same here.
    private static FailureStorage storage(Config config) {
        boolean isStored =
                switch (config.word("store_failures_as", "")) {
                    case "" -> config.isOn("store_failures", false);
                    case "table", "view" -> true;
                    case "ephemeral" -> false;
                    default -> throw config.wrong("store_failures_as", "table, view or ephemeral");
                };
        return isStored ? FailureStorage.STORED : FailureStorage.NONE;
    }

    private static Severity severity(Config config) {
        return switch (config.word("severity", "error")) {
            case "warn" -> Severity.WARN;
            case "error" -> Severity.ERROR;
            default -> throw config.wrong("severity", "warn or error");
        };
    }

    private static Threshold threshold(Config config, String key) {
        try {
            return config.text(key).map(Threshold::parse).orElse(Threshold.NOT_ZERO);
        } catch (AdeException e) {
            throw e.location() == null ? e.at(config.location()) : e;
        }
    }

    private static Optional<Long> limit(Config config) {
        return config.text("limit")
                .map(text -> {
                    if (!text.strip().matches("[1-9]\\d{0,17}")) {
                        throw config.wrong("limit", "a number of rows, 1 or more");
                    }
                    return Long.valueOf(text.strip());
                });
    }
}
