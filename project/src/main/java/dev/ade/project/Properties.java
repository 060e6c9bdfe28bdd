package dev.ade.project;

import dev.ade.project.ProjectFiles.ProjectFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the YAML files of a project say about its resources.
final class Properties {
    record Resource(ProjectFile file, Section section) {
        /// The domain, or the package.
        Optional<String> domain() {
            return file.place();
        }
    }

    private static final String[] OTHERS_OF_DBT = {
        "version", "macros", "metrics", "semantic_models", "analyses", "saved_queries", "anchors"
    };

    private final List<Resource> sources = new ArrayList<>();
    private final List<Resource> models = new ArrayList<>();
    private final List<Resource> seeds = new ArrayList<>();
    private final List<Resource> snapshots = new ArrayList<>();
    private final List<Resource> unitTests = new ArrayList<>();
    private final List<Resource> tests = new ArrayList<>();
    private final List<Resource> exposures = new ArrayList<>();
    private final List<Resource> groups = new ArrayList<>();
    private final Map<Section, List<ModelVersions.Version>> versions = new HashMap<>();
    private final Set<Section> used = new HashSet<>();

    void add(ProjectFile file, String text, YamlContext context) {
        Optional<Yaml> yaml = Yaml.parse(file.path(), text);
        if (yaml.isEmpty()) {
            return;
        }
        Section section = Section.of(yaml.get(), context, file.path());
        collect(file, section, "sources", sources);
        collect(file, section, "models", models);
        collect(file, section, "seeds", seeds);
        collect(file, section, "snapshots", snapshots);
        collect(file, section, "unit_tests", unitTests);
        collect(file, section, "data_tests", tests);
        collect(file, section, "tests", tests);
        collect(file, section, "exposures", exposures);
        collect(file, section, "groups", groups);
        section.ignore(OTHERS_OF_DBT);
        section.done("a properties file");
    }

    private static void collect(
            ProjectFile file, Section section, String key, List<Resource> into) {
        section.sections(key).forEach(one -> into.add(new Resource(file, one)));
    }

    List<Resource> sources() {
        return sources;
    }

    List<Resource> groups() {
        return groups;
    }

    /// What describes the model in a file.
    Optional<Section> model(Optional<String> domain, String stem) {
        return version(domain, stem)
                .map(ModelVersions.Version::section)
                .or(() -> find(models, domain, stem));
    }

    /// The version of a model that a file is.
    Optional<ModelVersions.Version> version(Optional<String> domain, String stem) {
        for (Resource resource : models) {
            Section section = resource.section();
            if (!section.has("versions")
                    || !(resource.domain().equals(domain) || resource.domain().isEmpty())) {
                continue;
            }
            Optional<ModelVersions.Version> found =
                    versions.computeIfAbsent(section, ModelVersions::of).stream()
                            .filter(version -> version.stem().equalsIgnoreCase(stem))
                            .findFirst();
            if (found.isPresent()) {
                used.add(section);
                return found;
            }
        }
        return Optional.empty();
    }

    Optional<Section> seed(Optional<String> domain, String name) {
        return find(seeds, domain, name);
    }

    /// What describes a test that is a file.
    Optional<Section> test(String name) {
        return tests.stream()
                .map(Resource::section)
                .filter(section -> section.text("name").filter(name::equals).isPresent())
                .findFirst();
    }

    List<Resource> unitTests() {
        return unitTests;
    }

    List<Resource> exposures() {
        return exposures;
    }

    List<Resource> snapshots() {
        return snapshots;
    }

    Optional<Section> snapshot(Optional<String> domain, String name) {
        return find(snapshots, domain, name);
    }

    /// Properties in files of the same domain come before those of the project's own.
    private Optional<Section> find(List<Resource> all, Optional<String> domain, String name) {
        Optional<Section> own = find(all, name, domain);
        Optional<Section> found =
                own.isPresent() || domain.isEmpty() ? own : find(all, name, Optional.empty());
        found.ifPresent(used::add);
        return found;
    }

    private static Optional<Section> find(
            List<Resource> all, String name, Optional<String> domain) {
        return all.stream()
                .filter(resource -> resource.domain().equals(domain))
                .map(Resource::section)
                .filter(section -> section.requireText("name").equalsIgnoreCase(name))
                .findFirst();
    }

    /// Warns of descriptions of what is not there.
    void done(YamlContext context) {
        done(models, "model", context);
        done(seeds, "seed", context);
        done(snapshots, "snapshot", context);
    }

    private void done(List<Resource> all, String what, YamlContext context) {
        all.stream()
                .map(Resource::section)
                .filter(section -> !used.contains(section))
                .forEach(section ->
                        context.warn(
                                "%s: there is no %s '%s'"
                                        .formatted(
                                                section.location(),
                                                what,
                                                section.requireText("name"))));
    }
}
