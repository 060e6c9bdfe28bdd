package dev.ade.project;

import dev.ade.model.AdeException;
import dev.ade.model.DriftPolicy;
import dev.ade.model.Layout;
import dev.ade.model.LoadSpec;
import dev.ade.model.LoadSpec.Format;
import dev.ade.model.LoadSpec.Mode;
import dev.ade.model.LoadSpec.RejectLimit;
import dev.ade.model.PrivacyPolicy;
import dev.ade.model.Retention;
import dev.ade.model.Settings;
import dev.ade.model.SourceTable;
import dev.ade.model.VaultSpec;
import dev.ade.model.Wording;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads dbt's `sources:` with ADE's `load:`.
final class SourcesReader {
    /// Of `load:`, whatever the system.
    private static final Set<String> COMMON_KEYS = Set.of("mode", "key", "reject_limit");

    /// @param kept how long something of it is
    record Declared(SourceItem item, SourceTable loaded, Keeping kept) {}

    /// @param retention of its rows
    /// @param archive when they go to the archive
    /// @param vault of the originals
    record Keeping(
            Optional<Retention> retention,
            Optional<Retention> archive,
            Optional<VaultSpec> vault) {}

    /// A table without `load:`: a seed or model of the project makes it, or it is a name and nothing more.
    record Unloaded(SourceItem item) {
        void warn() {
            Section properties = item.properties();
            properties
                    .context()
                    .warn(
                            "%s: source %s says nothing of where it comes from (load: {files: …})"
                                    .formatted(properties.location(), item));
        }
    }

    /// The tables of one item under `sources:`.
    record Tables(List<Declared> loaded, List<Unloaded> unloaded) {}

    /// Where tables go, and what is done with personal columns nobody declared.
    private record Kept(Tables tables, PrivacyPolicy undeclared) {}

    private SourcesReader() {}

    /// @param settings of the project, which say what becomes of personal columns nobody declared, and name connections
    static Tables read(Section source, Settings settings) {
        source.requireText("name");
        Tables tables = new Tables(new ArrayList<>(), new ArrayList<>());
        if (!isEnabled(source)) {
            return tables;
        }
        PrivacyPolicy own = undeclared(source, settings.undeclaredPersonalData());
        for (Section table : source.sections("tables")) {
            Optional<LoadSpec> load =
                    isEnabled(table)
                            ? load(source, table, settings.connections())
                            : Optional.empty();
            table(SourceItem.of(source, table), load, new Kept(tables, own));
        }
        source.ignore(
                "description",
                "database",
                "meta",
                "loader",
                "quoting",
                "overrides",
                "config",
                "loaded_at_field",
                "freshness",
                "tags",
                "version");
        source.requireSpelt("privacy", "a source");
        source.done("a source");
        return tables;
    }

    private static void table(SourceItem item, Optional<LoadSpec> load, Kept kept) {
        Section table = item.properties();
        if (!isEnabled(table)) {
            return;
        }
        table.ignore("meta", "quoting", "external", "loader", "data_tests", "tests", "monitors");
        if (load.isEmpty()) {
            kept.tables().unloaded().add(new Unloaded(item));
            return;
        }
        Section config = table.section("config").orElse(table);
        SourceTable loaded =
                new SourceTable(
                        item.name(),
                        SourceTable.Origin.SOURCE,
                        load.get(),
                        ColumnsReader.ofSource(table),
                        undeclared(table, kept.undeclared()),
                        drift(table),
                        table.text("event_time").or(() -> config.text("event_time")),
                        layout(table),
                        item.freshness().limits(),
                        item.description(),
                        item.tags(),
                        table.location());
        Keeping keeping = keeping(table);
        table.requireSpelt("privacy", "a source table");
        table.done("a source table");
        kept.tables().loaded().add(new Declared(item, loaded, keeping));
    }

    private static Keeping keeping(Section table) {
        return new Keeping(
                stay(table, RetentionReader.RETENTION),
                stay(table, RetentionReader.ARCHIVE),
                either(table, section -> section.plain("vault"))
                        .map(written -> VaultReader.read(written, table.location())));
    }

    private static Optional<Retention> stay(Section table, RetentionReader reader) {
        return either(table, section -> section.plain(reader.property()))
                .map(written -> reader.read(written, table.location()));
    }

    private static boolean isEnabled(Section section) {
        return either(section, one -> one.flag("enabled")).orElse(true);
    }

    private static Optional<LoadSpec> load(
            Section source, Section table, Map<String, Map<String, Object>> connections) {
        Optional<Section> load = table.section("load").or(() -> source.section("load"));
        return load.map(section -> section.here(() -> load(section, connections)))
                .or(() -> ExternalLocation.of(source, table));
    }

    private static LoadSpec load(Section load, Map<String, Map<String, Object>> connections) {
        if (load.has(Connections.KEY)) {
            return outside(load, Connections.system(load, connections), connections);
        }
        for (LoadSpec.SystemKind system : LoadSpec.SystemKind.values()) {
            if (load.has(system.word())) {
                return outside(load, system, Map.of());
            }
        }
        return files(load);
    }

    private static LoadSpec outside(
            Section load,
            LoadSpec.SystemKind system,
            Map<String, Map<String, Object>> connections) {
        Map<String, Object> settings = new HashMap<>();
        for (String key : load.keys()) {
            if (!COMMON_KEYS.contains(key) && !key.equals(Connections.KEY)) {
                load.plain(key).ifPresent(value -> settings.put(key, value));
            }
        }
        LoadSpec outside =
                new LoadSpec.Outside(
                        system,
                        load.has(Connections.KEY)
                                ? Connections.join(load, connections, settings)
                                : settings,
                        constant(load, "mode", Mode.values(), system.mode()),
                        load.texts("key"),
                        rejectLimit(load, system));
        load.requireDone("load");
        return outside;
    }

    private static LoadSpec files(Section load) {
        List<String> patterns = load.texts("files");
        if (patterns.isEmpty()) {
            throw nowhere(load);
        }
        LoadSpec files =
                new LoadSpec.Files(
                        patterns,
                        constant(load, "format", Format.values(), Format.AUTO),
                        constant(load, "mode", Mode.values(), Mode.APPEND),
                        load.texts("key"),
                        settings(load, "options"),
                        rejectLimit(load),
                        settings(load, "sftp"));
        load.requireDone("load");
        return files;
    }

    private static AdeException nowhere(Section load) {
        List<String> words = new ArrayList<>(List.of("files", Connections.KEY));
        for (LoadSpec.SystemKind system : LoadSpec.SystemKind.values()) {
            words.add(system.word());
        }
        String nextStep =
                load.keys().stream()
                        .flatMap(key -> Near.of(key, words).stream())
                        .filter(word -> !load.has(word))
                        .findFirst()
                        .map("Did you mean '%s'?"::formatted)
                        .orElse("Add one of " + String.join(", ", words));
        return AdeException.user("Cannot read 'load': it does not say what to load", nextStep)
                .at(load.location());
    }

    private static Map<String, Object> settings(Section load, String key) {
        Map<String, Object> settings = new HashMap<>();
        if (load.plain(key).orElse(Map.of()) instanceof Map<?, ?> map) {
            map.forEach((name, value) -> settings.put(String.valueOf(name), orEmpty(value)));
        }
        return settings;
    }

    private static Object orEmpty(@Nullable Object value) {
        return value == null ? "" : value;
    }

    /// A change that cannot land would hold up all that come after it.
    private static RejectLimit rejectLimit(Section load, LoadSpec.SystemKind system) {
        return system == LoadSpec.SystemKind.CDC && load.value("reject_limit").isEmpty()
                ? RejectLimit.NONE
                : rejectLimit(load);
    }

    private static RejectLimit rejectLimit(Section load) {
        Optional<Yaml> limit = load.value("reject_limit");
        if (limit.isEmpty()) {
            return RejectLimit.DEFAULT;
        }
        if (limit.get() instanceof Yaml.Scalar) {
            String text = load.requireText("reject_limit");
            if (text.endsWith("%")) {
                return new RejectLimit(
                        Long.MAX_VALUE, percent(load, text.substring(0, text.length() - 1)));
            }
            return new RejectLimit(load.integer("reject_limit").orElseThrow(), 1);
        }
        Section parts = load.section("reject_limit").orElseThrow();
        RejectLimit both =
                new RejectLimit(
                        parts.integer("rows").orElse(Long.MAX_VALUE),
                        parts.number("share").orElse(1.0));
        parts.requireDone("reject_limit");
        return both;
    }

    private static double percent(Section load, String text) {
        try {
            return Double.parseDouble(text.strip()) / 100;
        } catch (NumberFormatException e) {
            throw load.wrong("reject_limit", "a number of rows, a share such as 5%, or both");
        }
    }

    /// `privacy: {undeclared: keep}` of a source, a table or a seed.
    static PrivacyPolicy undeclared(Section section, PrivacyPolicy otherwise) {
        Optional<Section> privacy = section.section("privacy");
        if (privacy.isEmpty()) {
            return otherwise;
        }
        PrivacyPolicy policy =
                constant(privacy.get(), "undeclared", PrivacyPolicy.values(), otherwise);
        privacy.get().requireDone("privacy");
        return policy;
    }

    private static DriftPolicy drift(Section table) {
        return constant(table, "drift", DriftPolicy.values(), DriftPolicy.EVOLVE);
    }

    static Layout layout(Section table) {
        return table.here(() ->
                new Layout(
                        table.texts("partition_by").stream().map(Layout.Partition::parse).toList(),
                        table.texts("sort_by")));
    }

    /// What `config:` says, else what is said beside it.
    private static <T> Optional<T> either(Section section, Function<Section, Optional<T>> read) {
        Optional<T> beside = read.apply(section);
        return section.section("config").flatMap(read).or(() -> beside);
    }

    static <E extends Enum<E>> E constant(Section section, String key, E[] all, E otherwise) {
        Optional<String> word = section.text(key);
        if (word.isEmpty()) {
            return otherwise;
        }
        for (E one : all) {
            if (one.name().equalsIgnoreCase(word.get())) {
                return one;
            }
        }
        List<String> words = new ArrayList<>();
        for (E one : all) {
            words.add(Wording.of(one));
        }
        throw section.wrong(key, "one of " + String.join(", ", words));
    }
}
