package dev.ade.project;

import dev.ade.model.AdeException;
import dev.ade.project.ProjectFiles.ProjectFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// What the YAML files of a project say about its resources. Added to by one thread, then asked by any.
final class Properties {
    record Resource(ProjectFile file, Section section) {
        /// The domain, or the package.
        Optional<String> domain() {
            return file.place();
        }
    }

    private static final String[] OTHERS_OF_DBT = {
        "version", "macros", "metrics", "semantic_models", "saved_queries", "anchors"
    };

    /// Resources that files are looked up among, by name.
    private static final class Named {
        private final List<Resource> all = new ArrayList<>();
        private final Map<Optional<String>, Map<String, Section>> byPlace = new HashMap<>();

        void add(Resource resource) {
            all.add(resource);
            String name = resource.section().requireText("name");
            Section other =
                    byPlace.computeIfAbsent(resource.domain(), _ -> new HashMap<>())
                            .putIfAbsent(key(name), resource.section());
            if (other != null) {
                throw AdeException.user(
                                "Cannot describe '%s' twice: %s describes it too"
                                        .formatted(name, other.location()),
                                "Join both")
                        .at(resource.section().location());
            }
        }

        Optional<Section> find(Optional<String> place, String name) {
            return Optional.ofNullable(byPlace.getOrDefault(place, Map.of()).get(key(name)));
        }

        private static String key(String name) {
            return name.toLowerCase(Locale.ROOT);
        }
    }

    private final List<Resource> sources = new ArrayList<>();
    private final Named models = new Named();
    private final Named seeds = new Named();
    private final Named snapshots = new Named();
    private final List<Resource> versioned = new ArrayList<>();
    private final List<Resource> unitTests = new ArrayList<>();
    private final List<Resource> tests = new ArrayList<>();
    private final Named analyses = new Named();
    private final List<Resource> exposures = new ArrayList<>();
    private final List<Resource> groups = new ArrayList<>();
    private final Map<Section, List<ModelVersions.Version>> versions = new ConcurrentHashMap<>();
    private final Set<Section> used = ConcurrentHashMap.newKeySet();

    void add(ProjectFile file, Yaml yaml, YamlContext context) {
        Section section = Section.of(yaml, context, file.path());
        collect(file, section, "sources", sources::add);
        collect(file, section, "models", this::model);
        collect(file, section, "seeds", seeds::add);
        collect(file, section, "snapshots", snapshots::add);
        collect(file, section, "unit_tests", unitTests::add);
        collect(file, section, "data_tests", tests::add);
        collect(file, section, "tests", tests::add);
        collect(file, section, "analyses", analyses::add);
        collect(file, section, "exposures", exposures::add);
        collect(file, section, "groups", groups::add);
        section.ignore(OTHERS_OF_DBT);
        section.done("a properties file");
    }

    private static void collect(
            ProjectFile file, Section section, String key, Consumer<Resource> into) {
        section.sections(key).forEach(one -> into.accept(new Resource(file, one)));
    }

    private void model(Resource resource) {
        models.add(resource);
        if (resource.section().has("versions")) {
            versioned.add(resource);
        }
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
        for (Resource resource : versioned) {
            Section section = resource.section();
            if (!resource.domain().equals(domain) && resource.domain().isPresent()) {
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

    Optional<Section> analysis(ProjectFile file) {
        return find(analyses, file.place(), file.stem());
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
        return snapshots.all;
    }

    Optional<Section> snapshot(Optional<String> domain, String name) {
        return find(snapshots, domain, name);
    }

    /// Properties in files of the same domain come before those of the project's own.
    private Optional<Section> find(Named all, Optional<String> domain, String name) {
        Optional<Section> found = all.find(domain, name).or(() -> all.find(Optional.empty(), name));
        found.ifPresent(used::add);
        return found;
    }

    /// Warns of descriptions of what is not there.
    void done(YamlContext context) {
        done(models, "model", context);
        done(seeds, "seed", context);
        done(snapshots, "snapshot", context);
    }

    private void done(Named named, String what, YamlContext context) {
        named.all.stream()
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
