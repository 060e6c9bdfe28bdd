package dev.ade.project;

import dev.ade.jinja.Globals;
import dev.ade.model.AdeException;
import dev.ade.model.Fingerprint;
import dev.ade.model.Location;
import dev.ade.model.Settings;
import dev.ade.project.ProjectFiles.ProjectFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What `ade.yml` and `dbt_project.yml` say, and those of the packages.
///
/// @param own the project itself
/// @param packages that it installs, by name
/// @param warnings grows while the project is read
/// @param threads that may read it
/// @param outline another one where any file of the project or its packages says something else
record Basics(
        Path root,
        Settings settings,
        ProjectPackage own,
        Map<String, ProjectPackage> packages,
        Warnings warnings,
        int threads,
        Supplier<String> outline) {

    /// What the caller says.
    ///
    /// @param target name of the environment of datasets
    record Asked(
            String target,
            Map<String, Object> vars,
            Function<String, @Nullable String> environment,
            Invocation invocation) {}

    String name() {
        return own.name();
    }

    DbtProject dbt() {
        return own.dbt();
    }

    YamlContext context() {
        return own.context();
    }

    /// Names that every template of a package may use.
    Map<String, Object> common(String owner) {
        ProjectPackage installed = packages.get(owner);
        return installed == null ? own.common() : installed.common();
    }

    /// The package that a file belongs to.
    ProjectPackage owner(ProjectFile file) {
        return file.owner().map(packages::get).orElse(own);
    }

    /// A path within its package, as dbt tells it.
    String within(String path) {
        return installed(path).map(it -> path.substring(folder(it).length())).orElse(path);
    }

    FetchedPackages fetched() {
        return new FetchedPackages(root, root.resolve(dbt().packagesFolder()).normalize());
    }

    /// The package that a path lies in; empty for the project itself.
    Optional<ProjectPackage> installed(String path) {
        return packages.values().stream().filter(it -> path.startsWith(folder(it))).findFirst();
    }

    private String folder(ProjectPackage installed) {
        return ProjectFiles.text(root.relativize(installed.folder())) + "/";
    }

    /// What a file says.
    String text(ProjectFile file) {
        return new ProjectFiles(root, ProjectFiles.Folders.DEFAULT).read(file.path());
    }

    static Basics read(Path root, Machine machine, Asked asked) {
        if (!Files.isDirectory(root)) {
            throw AdeException.user(
                    "Cannot open project %s: it is not a folder".formatted(root),
                    "Give a project's folder with -p, or make one: ade init DIR");
        }
        Warnings warnings = new Warnings();
        Contexts contexts = new Contexts(asked, warnings);
        ProjectFiles files = new ProjectFiles(root, ProjectFiles.Folders.DEFAULT);
        YamlContext early = contexts.yaml(contexts.names(asked.vars(), "", Map.of()));
        Optional<Yaml> file = yaml(files, SettingsReader.names());
        Optional<Section> ade = file.map(yaml -> section(yaml, early));
        DbtProject dbt =
                new DbtProject(
                        yaml(files, List.of("dbt_project.yml")).map(yaml -> section(yaml, early)));
        String name = name(root, ade, dbt);

        Map<String, Optional<Section>> installed = new LinkedHashMap<>();
        List<Packages.Found> found = new Packages(root, early).find(dbt.packagesFolder());
        found.forEach(one -> installed.put(one.name(), Optional.of(one.file())));
        Vars vars = new Vars(asked.vars(), List.of(ade, dbt.file()), installed);
        Map<String, Object> profile =
                Profile.target(
                        yaml(files, List.of("profiles.yml")).map(yaml -> section(yaml, early)),
                        dbt,
                        asked.target(),
                        warnings);
        Map<String, Object> common = contexts.names(vars.of(name), name, profile);
        ProjectPackage own = new ProjectPackage(name, root, dbt, common, contexts.yaml(common));
        Map<String, ProjectPackage> packages = new LinkedHashMap<>();
        for (Packages.Found one : found) {
            Map<String, Object> names = new LinkedHashMap<>(common);
            names.put("var", contexts.names(vars.of(one.name()), name, profile).get("var"));
            packages.put(
                    one.name(),
                    new ProjectPackage(
                            one.name(),
                            one.folder(),
                            new DbtProject(Optional.of(one.file())),
                            names,
                            contexts.yaml(names)));
        }
        Section settings =
                file.map(yaml -> section(yaml, own.context()))
                        .orElseGet(() ->
                                new Section(
                                        new Yaml.Entries(Map.of(), Location.of("ade.yml")),
                                        own.context()));
        return new Basics(
                root,
                new SettingsReader(root, machine, own.context()).read(settings),
                own,
                packages,
                warnings,
                machine.cores(),
                new Once<>(() -> outline(root, own, packages.values())));
    }

    private static String outline(
            Path root, ProjectPackage own, Collection<ProjectPackage> packages) {
        ProjectFiles files = new ProjectFiles(root, own.dbt().folders());
        List<ProjectFile> found = new ArrayList<>(files.find());
        packages.forEach(one -> found.addAll(files.find(one)));
        List<String> texts = new ArrayList<>();
        found.forEach(file -> texts.add(file.path() + "\n" + files.read(file.path())));
        files.readIfThere("dbt_project.yml").ifPresent(texts::add);
        return Fingerprint.of(texts).hex();
    }

    /// Makes what templates and YAML are read with.
    private record Contexts(Asked asked, Warnings warnings) {
        Map<String, Object> names(
                Map<String, ? extends @Nullable Object> vars,
                String project,
                Map<String, Object> profile) {
            Map<String, @Nullable Object> known = new LinkedHashMap<>(vars);
            return new CommonNames(known, asked.environment(), asked.invocation())
                    .map(
                            new CommonNames.Facts(
                                    project, namespace(project), asked.target(), profile),
                            warnings);
        }

        YamlContext yaml(Map<String, Object> names) {
            return new YamlContext(Globals.of(names), warnings);
        }
    }

    /// The first of some files that says anything.
    private static Optional<Yaml> yaml(ProjectFiles files, List<String> names) {
        return names.stream()
                .flatMap(name ->
                        files.readIfThere(name).flatMap(text -> Yaml.parse(name, text)).stream())
                .findFirst();
    }

    private static Section section(Yaml yaml, YamlContext context) {
        return Section.of(yaml, context, yaml.location().file());
    }

    private static String name(Path root, Optional<Section> ade, DbtProject dbt) {
        return ade.flatMap(section -> section.text("name"))
                .or(dbt::name)
                .orElseGet(
                        () -> root.getFileName() == null ? "ade" : root.getFileName().toString());
    }

    /// The namespace of datasets that belong to no domain.
    String namespace() {
        return namespace(name());
    }

    private static String namespace(String name) {
        String plain = name.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
        return plain.matches("[a-z_].*") ? plain : "p_" + plain;
    }
}
