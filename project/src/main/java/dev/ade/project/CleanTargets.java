package dev.ade.project;

import dev.ade.jinja.Globals;
import dev.ade.model.AdeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The folders that `clean-targets` of `dbt_project.yml` says can be made again; `target` where it says nothing.
public final class CleanTargets {
    private static final String FILE = "dbt_project.yml";

    private CleanTargets() {}

    /// Those that are there.
    ///
    /// @throws AdeException USER where one is not below the project, or holds what cannot be made again
    public static List<Path> of(Path root) {
        Section file =
                new ProjectFiles(root, ProjectFiles.Folders.DEFAULT)
                        .readIfThere(FILE)
                        .flatMap(text -> Yaml.parse(FILE, text))
                        .map(yaml ->
                                Section.of(
                                        yaml,
                                        new YamlContext(Globals.of(Map.of()), new ArrayList<>()),
                                        FILE))
                        .orElseThrow(() ->
                                AdeException.user(
                                        "Cannot clean %s: it has no %s".formatted(root, FILE),
                                        "Give the folder of a dbt project with -p"));
        List<String> named = file.texts("clean-targets");
        List<String> targets =
                named.isEmpty() ? List.of(file.text("target-path").orElse("target")) : named;
        Set<Path> kept = kept(root, file);
        return targets.stream()
                .map(target -> target(root, target, kept))
                .distinct()
                .filter(path -> Files.isDirectory(path))
                .toList();
    }

    /// What nothing could make again: storage and the project's own files.
    private static Set<Path> kept(Path root, Section file) {
        ProjectFiles.Folders folders = new DbtProject(java.util.Optional.of(file)).folders();
        Set<Path> kept = new HashSet<>(Set.of(root, root.resolve(".ade"), root.resolve(".git")));
        List.of(
                        folders.models(),
                        folders.seeds(),
                        folders.macros(),
                        folders.checks(),
                        folders.snapshots())
                .forEach(paths -> paths.forEach(path -> kept.add(root.resolve(path).normalize())));
        return kept;
    }

    private static Path target(Path root, String name, Set<Path> kept) {
        Path path = root.resolve(name).normalize();
        boolean isHarmful =
                !path.startsWith(root)
                        || kept.stream()
                                .anyMatch(one ->
                                        one.startsWith(path)
                                                || (!one.equals(root) && path.startsWith(one)));
        if (isHarmful) {
            throw AdeException.user(
                            "Cannot clean %s: it is not a folder that can be made again"
                                    .formatted(name),
                            "Take it out of clean-targets")
                    .at(dev.ade.model.Location.of(FILE));
        }
        return path;
    }
}
