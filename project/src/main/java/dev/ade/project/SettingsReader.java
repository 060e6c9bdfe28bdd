package dev.ade.project;

import dev.ade.model.AdeException;
import dev.ade.model.EnvironmentName;
import dev.ade.model.MavenCoordinate;
import dev.ade.model.PrivacyPolicy;
import dev.ade.model.Settings;
import dev.ade.model.Settings.EngineSettings;
import dev.ade.model.Settings.MaintenanceSettings;
import dev.ade.model.Settings.OpenLineageSettings;
import dev.ade.model.Settings.OpenLineageSettings.Target;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads `ade.yml`; whatever it does not say has a default that works on a laptop.
final class SettingsReader {
    private static final double MEMORY_SHARE = 0.6;
    private static final long SPILL_BYTES_MAX = 200L << 30;
    private static final long FILE_BYTES_TARGET = 128L << 20;
    private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(10);
    private static final long QUERY_ROWS_MAX = 10_000_000;
    private static final Pattern SECRET_PROPERTY =
            Pattern.compile("password|jaas|secret|token|\\.key$");

    private final Path root;
    private final Machine machine;
    private final YamlContext context;

    SettingsReader(Path root, Machine machine, YamlContext context) {
        this.root = root;
        this.machine = machine;
        this.context = context;
    }

    Settings read(Section file) {
        Path state = file.text("state").map(this::path).orElseGet(() -> root.resolve(".ade"));
        Section privacy = section(file, "privacy");
        Settings settings =
                new Settings(
                        state,
                        file.text("storage").map(this::path).orElseGet(() -> state.resolve("lake")),
                        file.text("catalog")
                                .map(this::catalog)
                                .orElseGet(() -> sqlite(state.resolve("ade.db"))),
                        privacy.text("keys")
                                .map(this::path)
                                .orElseGet(() -> state.resolve("keys.json")),
                        privacy.text("master_key_file").map(this::path),
                        file.text("environment")
                                .map(EnvironmentName::new)
                                .orElse(EnvironmentName.PROD),
                        policy(privacy),
                        engine(section(file, "engine"), state),
                        maintenance(
                                section(file, "maintenance"), file.text("archive").map(this::path)),
                        file.section("openlineage").map(this::openLineage),
                        libraries(file),
                        Connections.read(file));
        privacy.requireDone("privacy settings");
        file.ignore("name", "vars", "version");
        file.requireSpelt("privacy", "ade.yml");
        file.done("ade.yml");
        return settings;
    }

    private static List<MavenCoordinate> libraries(Section file) {
        try {
            return file.texts("libraries").stream().map(MavenCoordinate::of).toList();
        } catch (AdeException e) {
            throw e.location() != null
                    ? e
                    : e.at(file.value("libraries").map(Yaml::location).orElse(file.location()));
        }
    }

    private EngineSettings engine(Section engine, Path state) {
        int threads = count(engine, "threads", machine.cores());
        EngineSettings settings =
                new EngineSettings(
                        threads,
                        memory(engine),
                        engine.text("spill")
                                .map(this::path)
                                .orElseGet(() -> state.resolve("spill")),
                        bytes(engine, "spill_max", SPILL_BYTES_MAX),
                        count(engine, "parallel_steps", Math.max(2, threads)),
                        bytes(engine, "file_size", FILE_BYTES_TARGET),
                        duration(engine, "query_timeout", QUERY_TIMEOUT),
                        queryRows(engine));
        engine.done("engine settings");
        return settings;
    }

    private long memory(Section engine) {
        long all = machine.memoryBytes();
        Optional<String> text = engine.text("memory");
        long bytes =
                engine.here(() ->
                        text.map(it -> Amounts.bytes(it, all)).orElse((long) (MEMORY_SHARE * all)));
        boolean isShare = text.filter(it -> it.contains("%")).isPresent();
        if (bytes < 1 || (isShare && bytes > all)) {
            throw engine.wrong("memory", "a size such as 512MB or 4GB, or a share of 100% at most");
        }
        return bytes;
    }

    private static long queryRows(Section engine) {
        long rows = engine.integer("query_rows").orElse(QUERY_ROWS_MAX);
        if (rows < 1) {
            throw engine.wrong("query_rows", "a number of rows, 1 or more");
        }
        return rows;
    }

    private MaintenanceSettings maintenance(Section maintenance, Optional<Path> archive) {
        MaintenanceSettings settings =
                new MaintenanceSettings(
                        count(maintenance, "small_files", 50),
                        duration(maintenance, "snapshot_age", Duration.ofDays(5)),
                        count(maintenance, "snapshots_min", 5),
                        duration(maintenance, "grace", Duration.ofDays(1)),
                        archive);
        maintenance.done("maintenance settings");
        return settings;
    }

    private OpenLineageSettings openLineage(Section section) {
        List<Target> targets = new ArrayList<>();
        section.text("file").ifPresent(file -> targets.add(new Target.ToFile(path(file))));
        Optional<String> key = section.text("api_key_env");
        section.text("url").ifPresent(url -> targets.add(new Target.ToUrl(url(section, url), key)));
        section.section("kafka").ifPresent(kafka -> targets.add(kafka(kafka)));
        Optional<String> namespace = section.text("namespace");
        section.done("openlineage settings");
        if (targets.size() != 1) {
            throw AdeException.user(
                            "Cannot send OpenLineage events: it needs one of file, url and kafka",
                            "Write openlineage: {file: events.ndjson}, {url: …, api_key_env: …} or"
                                    + " {kafka: {bootstrap: …, topic: …}}")
                    .at(section.location());
        }
        return new OpenLineageSettings(targets.getFirst(), namespace);
    }

    private static Target kafka(Section kafka) {
        Map<String, String> properties = new HashMap<>();
        kafka.section("properties")
                .ifPresent(section ->
                        section.keys().forEach(key -> properties.put(key, property(section, key))));
        Target target =
                new Target.ToKafka(
                        kafka.requireText("bootstrap"),
                        kafka.text("topic").orElse("openlineage"),
                        properties);
        kafka.done("openlineage settings of kafka");
        return target;
    }

    private static String property(Section properties, String key) {
        String value = properties.requireText(key);
        if (SECRET_PROPERTY.matcher(key).find() && !value.contains("${")) {
            throw properties.wrong(key, "a secret, and so the name of a variable: ${ITS_NAME}");
        }
        return value;
    }

    private static URI url(Section section, String text) {
        try {
            URI url = new URI(text);
            if (Set.of("http", "https").contains(String.valueOf(url.getScheme()))
                    && url.getHost() != null) {
                return url;
            }
        } catch (URISyntaxException e) {
            throw section.wrong("url", "a URL that begins with http:// or https://").causedBy(e);
        }
        throw section.wrong("url", "a URL that begins with http:// or https://");
    }

    private static PrivacyPolicy policy(Section privacy) {
        return SourcesReader.constant(
                privacy, "undeclared", PrivacyPolicy.values(), PrivacyPolicy.PSEUDONYM);
    }

    private static int count(Section section, String key, int otherwise) {
        long count = section.integer(key).orElse((long) otherwise);
        if (count < 1 || count > 1_000_000) {
            throw section.wrong(key, "a number from 1 to 1,000,000");
        }
        return (int) count;
    }

    private long bytes(Section section, String key, long otherwise) {
        long bytes =
                section.here(() ->
                        section.text(key)
                                .map(text -> Amounts.bytes(text, otherwise))
                                .orElse(otherwise));
        if (bytes < 1) {
            throw section.wrong(key, "a size such as 512MB, above 0");
        }
        return bytes;
    }

    private static Duration duration(Section section, String key, Duration otherwise) {
        return section.here(() -> section.text(key).map(Amounts::duration).orElse(otherwise));
    }

    private Section section(Section file, String key) {
        return file.section(key)
                .orElseGet(() -> new Section(new Yaml.Entries(Map.of(), file.location()), context));
    }

    private Path path(String text) {
        if (text.contains("://")) {
            throw AdeException.user(
                    "Cannot use '%s': ADE keeps data in folders of this machine so far"
                            .formatted(text),
                    "Write a path");
        }
        return root.resolve(text).normalize();
    }

    private String catalog(String text) {
        if (text.startsWith("jdbc:sqlite:")) {
            return sqlite(root.resolve(text.substring("jdbc:sqlite:".length())).normalize());
        }
        if (text.contains(":")) {
            throw AdeException.user(
                    "Cannot keep the catalog in %s: only SQLite is there so far"
                            .formatted(text.split(":", 3)[0] + ":" + text.split(":", 3)[1] + ":…"),
                    "Write the path of a SQLite file, or jdbc:sqlite:PATH");
        }
        return sqlite(path(text));
    }

    private static String sqlite(Path file) {
        return "jdbc:sqlite:" + file;
    }

    static List<String> names() {
        return List.of("ade.yml", "ade.yaml");
    }
}
