package dev.ade.run.artifacts;

import dev.ade.run.JsonText;
import dev.ade.run.RunReport;
import dev.ade.run.RunRequest;
import dev.ade.run.SourceAges;
import dev.ade.spi.Compiler.CompiledProject;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The files that dbt writes, written for a project of dbt's. Each is replaced whole.
public final class Artifacts {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    /// Beside the manifest: what it was made from, so that it is not made again from the same.
    private static final String STAMP = ".manifest.ade";

    private final CompiledProject compiled;
    private final Manifest manifest;
    private final Clock clock;

    /// dbt's word for what was done.
    public enum Which {
        BUILD,
        TEST;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Artifacts(CompiledProject compiled, Manifest manifest, Clock clock) {
        this.compiled = compiled;
        this.manifest = manifest;
        this.clock = clock;
    }

    /// Writes `manifest.json` and the compiled SQL of what is in it, if the project is another than it was when they
    /// were written last.
    public void manifest() throws IOException {
        Path file = manifest.folder().resolve("manifest.json");
        Path stamp = manifest.folder().resolve(STAMP);
        String made = manifest.fingerprint().hex() + " " + stampOf(file);
        if (Files.isRegularFile(stamp) && Files.readString(stamp).equals(made)) {
            return;
        }
        manifest(tree());
    }

    /// `manifest.json`, which is not written by this.
    public Map<String, @Nullable Object> tree() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>(manifest.tree(clock.instant()));
        Map<String, @Nullable Object> metadata = metadata("manifest/v12");
        if (tree.get("metadata") instanceof Map<?, ?> project) {
            project.forEach((key, value) -> metadata.put(String.valueOf(key), value));
        }
        tree.put("metadata", metadata);
        return tree;
    }

    /// Writes `manifest.json` and the compiled SQL of what is in it.
    ///
    /// @param tree what `tree` gave
    public void manifest(Map<String, @Nullable Object> tree) throws IOException {
        Path file = manifest.folder().resolve("manifest.json");
        ArtifactFile.write(file, JsonText.of(tree));
        if (tree.get("nodes") instanceof Map<?, ?> nodes) {
            for (Object node : nodes.values()) {
                code(node);
            }
        }
        ArtifactFile.write(
                manifest.folder().resolve(STAMP),
                manifest.fingerprint().hex() + " " + stampOf(file));
    }

    /// Somebody else may have written it meanwhile, dbt itself for one.
    private static String stampOf(Path file) throws IOException {
        return Files.isRegularFile(file)
                ? Files.size(file) + " " + Files.getLastModifiedTime(file).toMillis()
                : "";
    }

    private void code(@Nullable Object node) throws IOException {
        if (node instanceof Map<?, ?> json
                && json.get("compiled_code") instanceof String sql
                && json.get("compiled_path") instanceof String path) {
            ArtifactFile.writeIfOther(compiled.project().root().resolve(path), sql + "\n");
        }
    }

    /// The results of `run_results.json`, of a run that is not over: without when each step ran.
    public static List<Map<String, @Nullable Object>> results(
            RunReport report, CompiledProject compiled, Manifest manifest) {
        return new RunResultsJson(compiled, manifest, _ -> Optional.empty()).of(report);
    }

    /// Writes `run_results.json`.
    ///
    /// @param times when its steps ran
    public void runResults(RunReport report, RunRequest request, Which which, TimedListener times)
            throws IOException {
        List<Map<String, @Nullable Object>> results =
                new RunResultsJson(compiled, manifest, times::window).of(report);
        Map<String, Object> args = new LinkedHashMap<>();
        args.put("which", which.word());
        args.put("select", request.select());
        args.put("exclude", request.exclude());
        args.put("full_refresh", request.refresh() == RunRequest.Refresh.FULL);
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("metadata", metadata("run-results/v6"));
        json.put("results", results);
        json.put("elapsed_time", seconds(report.took()));
        json.put("args", args);
        write("run_results.json", json);
    }

    /// Writes `catalog.json`.
    ///
    /// @param states what is published
    public void catalog(List<DatasetState> states) throws IOException {
        catalog(catalogTree(states));
    }

    /// `catalog.json`, which is not written by this.
    public Map<String, @Nullable Object> catalogTree(List<DatasetState> states) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("metadata", metadata("catalog/v1"));
        json.putAll(new CatalogJson(compiled.project(), manifest).of(states));
        return json;
    }

    /// Writes `catalog.json`.
    ///
    /// @param tree what `catalogTree` gave
    public void catalog(Map<String, @Nullable Object> tree) throws IOException {
        write("catalog.json", tree);
    }

    /// Writes a page of documentation beside them.
    public Path page(String name, String html) throws IOException {
        Path file = manifest.folder().resolve(name);
        ArtifactFile.write(file, html);
        return file;
    }

    public boolean hasCatalog() {
        return Files.isRegularFile(manifest.folder().resolve("catalog.json"));
    }

    /// Writes `sources.json`.
    ///
    /// @param now when it was asked
    public void sources(List<SourceAges.Age> ages, Instant now) throws IOException {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("metadata", metadata("sources/v3"));
        json.put("results", new SourcesJson(manifest).of(ages, now));
        json.put("elapsed_time", seconds(Duration.between(now, clock.instant())));
        write("sources.json", json);
    }

    private void write(String name, Map<String, @Nullable Object> json) throws IOException {
        ArtifactFile.write(manifest.folder().resolve(name), JsonText.of(json));
    }

    private Map<String, @Nullable Object> metadata(String schema) {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        metadata.put("dbt_schema_version", "https://schemas.getdbt.com/dbt/" + schema + ".json");
        metadata.putAll(manifest.metadata());
        metadata.put("generated_at", text(clock.instant()));
        return metadata;
    }

    private static double seconds(Duration took) {
        return took.toNanos() / 1e9;
    }

    /// An instant as dbt writes it.
    static String text(Instant at) {
        return TIME.format(at);
    }
}
