package dev.ade.project;

import dev.ade.model.AdeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A folder with dbt's files of an earlier run, of ADE or of dbt, for selectors that compare with it. Each file is read
/// when it is first asked for. Used by one thread.
final class StateFolder {
    private static final long BYTES_MAX = 1L << 30;

    private final Path folder;
    private final Path current;
    private final Supplier<Map<String, @Nullable Object>> now;
    private @Nullable StateChanges changes;
    private @Nullable Map<String, String> results;
    private @Nullable Map<String, String> ages;

    /// @param folder where the earlier files lie
    /// @param current where this project's own do
    /// @param now what a manifest would say now
    StateFolder(Path folder, Path current, Supplier<Map<String, @Nullable Object>> now) {
        this.folder = folder;
        this.current = current;
        this.now = now;
    }

    /// Whether a node is in a state: `new`, `old`, `modified`, `modified.body` and so on, `unmodified`.
    boolean is(String id, String state) {
        if (changes == null) {
            changes = new StateChanges(read(folder, "manifest.json"), now.get());
        }
        return changes.is(id, state);
    }

    /// dbt's word for how the earlier run went for a node.
    Optional<String> result(String id) {
        if (results == null) {
            results = texts(read(folder, "run_results.json"), "status");
        }
        return Optional.ofNullable(results.get(id));
    }

    /// Whether a source has newer rows than it had then, by the last `source freshness` of this project.
    boolean isFresher(String id) {
        if (ages == null) {
            ages = texts(read(folder, "sources.json"), "max_loaded_at");
        }
        String then = ages.get(id);
        String loaded = texts(read(current, "sources.json"), "max_loaded_at").get(id);
        return loaded != null
                && (then == null
                        || OffsetDateTime.parse(loaded).isAfter(OffsetDateTime.parse(then)));
    }

    /// One value of each of the results in a file, by the id of its node.
    private static Map<String, String> texts(Map<?, ?> file, String key) {
        Map<String, String> texts = new HashMap<>();
        if (file.get("results") instanceof List<?> results) {
            for (Object one : results) {
                if (one instanceof Map<?, ?> result && result.get(key) instanceof String text) {
                    texts.put(String.valueOf(result.get("unique_id")), text);
                }
            }
        }
        return texts;
    }

    private static Map<?, ?> read(Path folder, String name) {
        Path file = folder.resolve(name);
        try {
            if (!Files.isRegularFile(file)) {
                throw wrong(file, "there is no such file");
            }
            if (Files.size(file) > BYTES_MAX) {
                throw wrong(file, "it is larger than 1 GiB");
            }
            return JsonText.parse(Files.readString(file)) instanceof Map<?, ?> map ? map : Map.of();
        } catch (IllegalArgumentException e) {
            throw wrong(file, "it is no JSON: " + e.getMessage());
        } catch (IOException e) {
            throw wrong(file, e.getClass().getSimpleName());
        }
    }

    private static AdeException wrong(Path file, String reason) {
        return AdeException.user(
                "Cannot compare with %s: %s".formatted(file, reason),
                "Name a folder that dbt or ade wrote with --state: its manifest.json is what state: reads, run_results.json what result: and sources.json what source_status: reads");
    }
}
