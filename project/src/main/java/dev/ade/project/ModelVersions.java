package dev.ade.project;

import dev.ade.model.AdeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The versions of a model that YAML declares: each is a file of its own, described by what all have in common and
/// what it says itself.
final class ModelVersions {
    private static final String LATEST = "latest";

    private ModelVersions() {}

    /// @param model the name that all versions share
    /// @param version as it is written
    /// @param stem of its file
    /// @param status what dbt's selectors call it: `latest`, which is what the name means without a version, `old` or
    ///     `prerelease`
    /// @param section its description
    record Version(String model, String version, String stem, String status, Section section) {
        boolean isLatest() {
            return status.equals(LATEST);
        }
    }

    static List<Version> of(Section model) {
        List<Section> declared = model.sections("versions");
        if (declared.isEmpty()) {
            return List.of();
        }
        String name = model.requireText("name");
        String latest = latest(model, declared);
        List<Version> versions = new ArrayList<>();
        for (Section one : declared) {
            String version = one.requireText("v");
            versions.add(
                    new Version(
                            name,
                            version,
                            one.text("defined_in").orElse(name + "_v" + version),
                            status(version, latest),
                            merged(model, one)));
        }
        return versions;
    }

    private static String status(String version, String latest) {
        return version.equals(latest)
                ? LATEST
                : compare(version, latest) < 0 ? "old" : "prerelease";
    }

    static String latest(Section model, List<Section> declared) {
        Optional<String> said = model.text("latest_version");
        List<String> all = declared.stream().map(one -> one.requireText("v")).toList();
        if (said.isPresent() && !all.contains(said.get())) {
            throw AdeException.user(
                            "Cannot use version %s of %s as the latest: there are %s"
                                    .formatted(
                                            said.get(),
                                            model.requireText("name"),
                                            String.join(", ", all)),
                            "Mend latest_version")
                    .at(model.location());
        }
        return said.orElseGet(() -> all.stream().max(ModelVersions::compare).orElseThrow());
    }

    /// Numbers by size, before texts.
    private static int compare(String one, String other) {
        boolean areNumbers = (one + other).matches("[0-9.]+");
        return areNumbers
                ? Double.compare(Double.parseDouble(one), Double.parseDouble(other))
                : one.compareTo(other);
    }

    private static Section merged(Section model, Section version) {
        Map<String, Yaml> entries = new LinkedHashMap<>();
        for (String key : model.keys()) {
            if (!Set.of("versions", "latest_version", "columns").contains(key)) {
                model.value(key).ifPresent(value -> entries.put(key, value));
            }
        }
        for (String key : version.keys()) {
            boolean isOfAll = Set.of("v", "defined_in", "columns", "config").contains(key);
            if (!isOfAll) {
                version.value(key).ifPresent(value -> entries.put(key, value));
            }
        }
        config(model, version).ifPresent(config -> entries.put("config", config));
        columns(model, version).ifPresent(columns -> entries.put("columns", columns));
        return new Section(new Yaml.Entries(entries, version.location()), model.context());
    }

    private static Optional<Yaml> config(Section model, Section version) {
        Map<String, Yaml> both = new LinkedHashMap<>();
        for (Section section : List.of(model, version)) {
            if (section.value("config").orElse(null) instanceof Yaml.Entries own) {
                both.putAll(own.entries());
            }
        }
        return both.isEmpty()
                ? Optional.empty()
                : Optional.of(new Yaml.Entries(both, version.location()));
    }

    /// Those of the model that the version includes, but for what it excludes or says itself.
    private static Optional<Yaml> columns(Section model, Section version) {
        Map<String, Yaml> columns = new LinkedHashMap<>();
        List<Section> common = model.sections("columns");
        List<Section> own = version.sections("columns");
        Optional<Section> choice = own.stream().filter(one -> one.has("include")).findFirst();
        for (int i = 0; i < common.size(); i++) {
            String name = common.get(i).requireText("name");
            if (choice.map(it -> isChosen(it, name)).orElse(true)) {
                columns.put(name, model.items("columns").get(i));
            }
        }
        for (int i = 0; i < own.size(); i++) {
            if (!own.get(i).has("include")) {
                columns.put(own.get(i).requireText("name"), version.items("columns").get(i));
            }
        }
        return columns.isEmpty()
                ? Optional.empty()
                : Optional.of(new Yaml.Items(List.copyOf(columns.values()), version.location()));
    }

    private static boolean isChosen(Section choice, String column) {
        List<String> included = choice.texts("include");
        boolean isAll = included.contains("*") || included.contains("all");
        return (isAll || included.contains(column)) && !choice.texts("exclude").contains(column);
    }
}
