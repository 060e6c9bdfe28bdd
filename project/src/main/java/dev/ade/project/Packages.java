package dev.ade.project;

import dev.ade.model.AdeException;
import dev.ade.model.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds the packages of a project: folders in `dbt_packages`, and those that `packages.yml` or `dependencies.yml`
/// name with `local:`, packages of packages too.
final class Packages {
    static final List<String> FILES = List.of("packages.yml", "dependencies.yml");
    private static final int PACKAGES_MAX = 200;

    private final Path root;
    private final YamlContext context;
    private final Map<String, Found> found = new LinkedHashMap<>();

    /// @param file its dbt_project.yml
    record Found(String name, Path folder, Section file) {}

    Packages(Path root, YamlContext context) {
        this.root = root;
        this.context = context;
    }

    /// @param folder where packages are installed, relative to the project: `packages-install-path`
    List<Found> find(String folder) {
        Path installed = root.resolve(folder);
        if (Files.isDirectory(installed)) {
            children(installed).stream()
                    .filter(child -> Files.isRegularFile(child.resolve("dbt_project.yml")))
                    .forEach(this::add);
        }
        local(new FetchedPackages(root, installed));
        required(folder);
        return List.copyOf(found.values());
    }

    private void local(FetchedPackages fetched) {
        Deque<Path> open = new ArrayDeque<>(List.of(root));
        found.values().forEach(one -> open.add(one.folder()));
        while (!open.isEmpty()) {
            Path owner = open.pop();
            for (Section wanted : declared(owner)) {
                Optional<String> local = wanted.text("local");
                if (local.isPresent()) {
                    Path folder = owner.resolve(local.get()).normalize();
                    if (!fetched.mayName(owner, folder)) {
                        throw AdeException.user(
                                        "Cannot use package %s: the package that names it was fetched, and it is outside of that"
                                                .formatted(local.get()),
                                        "Ask who keeps that package, and do not use it until then")
                                .at(wanted.location());
                    }
                    if (!Files.isRegularFile(folder.resolve("dbt_project.yml"))) {
                        throw AdeException.user(
                                        "Cannot find package %s: there is no dbt_project.yml in it"
                                                .formatted(local.get()),
                                        "Correct the path; it is relative to the project")
                                .at(wanted.location());
                    }
                    if (add(folder)) {
                        open.add(folder);
                    }
                }
            }
        }
    }

    /// Packages from outside must be there; those of a hub are known by name, of others only that there are some.
    private void required(String folder) {
        for (Section wanted : declared(root)) {
            Optional<String> hub = wanted.text("package");
            boolean isMissing =
                    hub.isPresent()
                            ? !found.containsKey(hub.get().substring(hub.get().indexOf('/') + 1))
                            : !wanted.has("local") && found.isEmpty();
            if (isMissing) {
                throw AdeException.user(
                                "Cannot use package %s: it is not in %s/"
                                        .formatted(
                                                hub.or(() -> wanted.text("git"))
                                                        .or(() -> wanted.text("tarball"))
                                                        .orElse("of an unknown kind"),
                                                folder),
                                "Fetch it: ade deps")
                        .at(wanted.location());
            }
        }
    }

    private List<Section> declared(Path owner) {
        return declared(root, owner, context);
    }

    /// What the files of a folder ask for.
    static List<Section> declared(Path root, Path owner, YamlContext context) {
        return FILES.stream()
                .map(file -> section(root, owner.resolve(file), context))
                .flatMap(Optional::stream)
                .flatMap(file -> file.sections("packages").stream())
                .toList();
    }

    private boolean add(Path folder) {
        Section file =
                section(root, folder.resolve("dbt_project.yml"), context)
                        .orElseThrow(() ->
                                AdeException.user(
                                        "Cannot use package %s: its dbt_project.yml is empty"
                                                .formatted(folder),
                                        "Give it a name at least"));
        String name = file.requireText("name");
        if (found.size() >= PACKAGES_MAX) {
            throw AdeException.user(
                            "Cannot use more than %d packages".formatted(PACKAGES_MAX),
                            "Leave out those that nothing needs")
                    .at(file.location());
        }
        return found.putIfAbsent(name, new Found(name, folder, file)) == null;
    }

    static Optional<Section> section(Path root, Path file, YamlContext context) {
        String path = ProjectFiles.text(root.relativize(file));
        ProjectFiles files = new ProjectFiles(root, ProjectFiles.Folders.DEFAULT);
        return files.readIfThere(path)
                .flatMap(text -> Yaml.parse(path, text))
                .map(yaml -> Section.of(yaml, context, path));
    }

    private static List<Path> children(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().toList();
        } catch (IOException e) {
            throw AdeException.resource(
                            "Cannot read packages: " + e.getMessage(),
                            "Make the folder readable for the user that runs ADE")
                    .at(Location.of(folder.toString()))
                    .causedBy(e);
        }
    }
}
