package dev.ade.run.artifacts;

import dev.ade.run.Discreet;
import dev.ade.run.SourceAges;
import dev.ade.spi.Manifest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The `results` of `sources.json`: how old the newest rows of sources are.
final class SourcesJson {
    private final Manifest manifest;

    SourcesJson(Manifest manifest) {
        this.manifest = manifest;
    }

    List<Object> of(List<SourceAges.Age> ages, Instant now) {
        List<Object> results = new ArrayList<>();
        for (SourceAges.Age age : ages) {
            manifest.id(age.source().name()).ifPresent(id -> results.add(result(id, age, now)));
        }
        return results;
    }

    private Map<String, @Nullable Object> result(String id, SourceAges.Age age, Instant now) {
        Optional<Duration> old = age.age(now);
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("unique_id", id);
        if (old.isEmpty()) {
            json.put("error", Discreet.message(age.message()));
            json.put("status", "runtime error");
            return json;
        }
        json.put("max_loaded_at", Artifacts.text(age.newest().orElseThrow()));
        json.put("snapshotted_at", Artifacts.text(now));
        json.put("max_loaded_at_time_ago_in_s", old.get().toMillis() / 1000.0);
        json.put("status", status(age.status()));
        json.put("criteria", manifest.criteria(age.source().freshness().orElseThrow()));
        json.put("adapter_response", Map.of());
        json.put("timing", List.of());
        json.put("thread_id", "main");
        json.put("execution_time", 0.0);
        return json;
    }

    private static String status(SourceAges.Status status) {
        return switch (status) {
            case PASS -> "pass";
            case WARN -> "warn";
            case ERROR -> "error";
            case UNKNOWN -> "runtime error";
        };
    }
}
