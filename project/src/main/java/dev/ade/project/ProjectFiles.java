package dev.ade.project;

import dev.ade.model.AdeException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Finds the files of a project. Only folders that can belong to it are looked into, so a landing folder of a
/// million files costs nothing.
final class ProjectFiles {
    static final int FILES_MAX = 100_000;
    private static final long BYTES_MAX = 16 << 20;
    private static final int DEPTH_MAX = 20;
    private static final Set<String> NOT_DOMAINS =
            Set.of(
                    "target",
                    "logs",
                    "dbt_packages",
                    "dbt_modules",
                    "node_modules",
                    "venv",
                    "landing");

    private final Path root;
    private final Folders folders;
    private final List<ProjectFile> found = new ArrayList<>();
    private final List<String> strays = new ArrayList<>();
    private Ignored ignored = Ignored.of("");

    /// Names of the folders that hold each kind of file.
    record Folders(
            Set<String> models,
            Set<String> seeds,
            Set<String> macros,
            Set<String> checks,
            Set<String> snapshots,
            Set<String> analyses) {
        private List<String> all() {
            return Stream.of(models, seeds, macros, checks, snapshots, analyses)
                    .flatMap(Set::stream)
                    .sorted()
                    .toList();
        }

        static final Folders DEFAULT =
                new Folders(
                        Set.of("models"),
                        Set.of("seeds"),
                        Set.of("macros"),
                        Set.of("checks", "tests"),
                        Set.of("snapshots"),
                        Set.of("analyses"));
    }

    enum Role {
        PROPERTIES,
        MODEL,
        SEED,
        MACRO,
        CHECK,
        SNAPSHOT,
        /// A query that is compiled and never run.
        ANALYSIS,
        DOCS
    }

    /// @param owner name of the package it belongs to; empty for the project itself
    /// @param domain top-level folder; empty where the file belongs to the whole project
    /// @param path relative to the project, with `/`
    /// @param within path relative to the folder of its role
    record ProjectFile(
            Optional<String> owner,
            Role role,
            Optional<String> domain,
            String path,
            String within) {
        ProjectFile(Role role, Optional<String> domain, String path, String within) {
            this(Optional.empty(), role, domain, path, within);
        }

        private ProjectFile of(String installed) {
            return new ProjectFile(Optional.of(installed), role, domain, path, within);
        }

        /// What properties of files in the same place are for: the package, or the domain.
        Optional<String> place() {
            return owner.map(name -> "package " + name).or(() -> domain);
        }

        String stem() {
            String file = within.substring(within.lastIndexOf('/') + 1);
            int dot = file.lastIndexOf('.');
            String stem = dot < 0 ? file : file.substring(0, dot);
            return isCode() ? plain(stem) : stem;
        }

        /// True for models that are written in Java.
        boolean isCode() {
            return role == Role.MODEL && within.endsWith(CodeBody.SUFFIX);
        }

        /// Classes are `OrderSize`, datasets `order_size`.
        private static String plain(String stem) {
            return stem.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
        }

        /// Folders between that of the role and the file.
        List<String> folders() {
            List<String> parts = List.of(within.split("/", -1));
            return parts.subList(0, parts.size() - 1);
        }
    }

    ProjectFiles(Path root, Folders folders) {
        this.root = root;
        this.folders = folders;
    }

    List<ProjectFile> find() {
        ignored = readIfThere(".dbtignore").map(Ignored::of).orElse(ignored);
        folder(root, Optional.empty());
        nested();
        for (Path child : children(root)) {
            String name = child.getFileName().toString();
            if (Files.isDirectory(child) && mayBeDomain(name) && !isProject(child)) {
                domain(child, name.toLowerCase(Locale.ROOT));
            }
        }
        return List.copyOf(found);
    }

    /// What looks as if it were meant to be found and was not, in words.
    List<String> strays() {
        return List.copyOf(strays);
    }

    private void domain(Path folder, String name) {
        int before = found.size();
        folder(folder, Optional.of(name));
        boolean isDomain = found.size() > before;
        for (Path child : isDomain ? children(folder) : List.<Path>of()) {
            stray(child).filter(_ -> !ignored.contains(path(child))).ifPresent(strays::add);
        }
    }

    /// A query beside the folders of a domain, or a folder that lacks the last letter.
    private Optional<String> stray(Path child) {
        String name = child.getFileName().toString();
        if (role(name).isEmpty() && role(name + "s").isPresent() && Files.isDirectory(child)) {
            return Optional.of(
                    "%s/ is not read: its files belong into %1$ss/".formatted(path(child)));
        }
        return name.endsWith(".sql") && Files.isRegularFile(child)
                ? Optional.of(
                        "%s is not read: models belong into %s/"
                                .formatted(path(child), path(child.resolveSibling(models()))))
                : Optional.empty();
    }

    /// Where a domain's models lie.
    private String models() {
        return folders.models().stream()
                .filter(path -> !path.contains("/"))
                .sorted()
                .findFirst()
                .orElse("models");
    }

    /// Folders deeper in the project, such as `transform/models`, which belong to no domain.
    private void nested() {
        for (String path : folders.all()) {
            String plain = path.replaceAll("^\\./|/+$", "");
            Optional<Role> role = role(path);
            Path folder = root.resolve(plain);
            if (plain.contains("/") && role.isPresent() && Files.isDirectory(folder)) {
                inside(folder, role.get(), Optional.empty());
            }
        }
    }

    /// The files of a package, which has no domains.
    List<ProjectFile> find(ProjectPackage installed) {
        ProjectFiles inside = new ProjectFiles(root, installed.dbt().folders());
        inside.folder(installed.folder(), Optional.empty());
        return inside.found.stream().map(file -> file.of(installed.name())).toList();
    }

    /// Such as a local package, or a package's own `integration_tests`.
    private static boolean isProject(Path folder) {
        return Files.exists(folder.resolve("dbt_project.yml"));
    }

    private boolean mayBeDomain(String name) {
        boolean isAbove = folders.all().stream().anyMatch(path -> path.startsWith(name + "/"));
        return !name.startsWith(".")
                && !NOT_DOMAINS.contains(name)
                && role(name).isEmpty()
                && !isAbove;
    }

    /// The project's own folder, or a domain.
    private void folder(Path folder, Optional<String> domain) {
        for (Path child : children(folder)) {
            String name = child.getFileName().toString();
            Optional<Role> role = role(name);
            if (Files.isDirectory(child)) {
                role.ifPresent(some -> inside(child, some, domain));
            } else if (isYaml(name) && !(domain.isEmpty() && isSetting(name))) {
                add(new ProjectFile(Role.PROPERTIES, domain, path(child), name));
            }
        }
    }

    private void inside(Path folder, Role role, Optional<String> domain) {
        try (Stream<Path> files =
                Files.find(
                        folder,
                        DEPTH_MAX,
                        (_, file) -> file.isRegularFile(),
                        FileVisitOption.FOLLOW_LINKS)) {
            int start = folder.toString().length() + 1;
            String before = path(folder) + "/";
            files.sorted()
                    .forEach(file -> {
                        String within = text(file.toString().substring(start));
                        String name = within.substring(within.lastIndexOf('/') + 1);
                        if (isYaml(name)) {
                            add(new ProjectFile(Role.PROPERTIES, domain, before + within, within));
                        } else if (name.endsWith(".md")) {
                            add(new ProjectFile(Role.DOCS, domain, before + within, within));
                        } else if (isWanted(role, name)) {
                            add(new ProjectFile(role, domain, before + within, within));
                        }
                    });
        } catch (IOException | java.io.UncheckedIOException e) {
            throw unreadable(folder, e);
        }
    }

    /// Fixtures of unit tests, among the tests, are CSV too.
    private static boolean isWanted(Role role, String name) {
        return switch (role) {
            case SEED -> name.endsWith(".csv");
            case CHECK -> name.endsWith(".sql") || name.endsWith(".csv");
            case MODEL -> name.endsWith(".sql") || name.endsWith(CodeBody.SUFFIX);
            case PROPERTIES, MACRO, SNAPSHOT, ANALYSIS, DOCS -> name.endsWith(".sql");
        };
    }

    private void add(ProjectFile file) {
        if (ignored.contains(file.path())) {
            return;
        }
        found.add(file);
        if (found.size() > FILES_MAX) {
            throw AdeException.user(
                    "Cannot read project %s: it has more than %,d files".formatted(root, FILES_MAX),
                    "Split it into several projects");
        }
    }

    private Optional<Role> role(String folder) {
        if (folders.models().contains(folder)) {
            return Optional.of(Role.MODEL);
        } else if (folders.seeds().contains(folder)) {
            return Optional.of(Role.SEED);
        } else if (folders.macros().contains(folder)) {
            return Optional.of(Role.MACRO);
        }
        if (folders.snapshots().contains(folder)) {
            return Optional.of(Role.SNAPSHOT);
        } else if (folders.analyses().contains(folder)) {
            return Optional.of(Role.ANALYSIS);
        }
        return folders.checks().contains(folder) ? Optional.of(Role.CHECK) : Optional.empty();
    }

    private static boolean isYaml(String name) {
        return name.endsWith(".yml") || name.endsWith(".yaml");
    }

    private static boolean isSetting(String name) {
        return SettingsReader.names().contains(name)
                || Set.of(
                                "dbt_project.yml",
                                "packages.yml",
                                "dependencies.yml",
                                "profiles.yml",
                                "selectors.yml",
                                "package-lock.yml")
                        .contains(name)
                || name.startsWith(".");
    }

    private static List<Path> children(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().limit(FILES_MAX).toList();
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    /// The text of a file of the project.
    String read(String path) {
        Path file = root.resolve(path);
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw AdeException.user(
                        "Cannot read %s: it is larger than %d MiB".formatted(path, BYTES_MAX >> 20),
                        "Keep data in landing folders, not among models");
            }
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw AdeException.user(
                            "Cannot read %s: it is not UTF-8 text".formatted(path),
                            "Save it as UTF-8")
                    .causedBy(e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    Optional<String> readIfThere(String path) {
        return Files.isRegularFile(root.resolve(path)) ? Optional.of(read(path)) : Optional.empty();
    }

    private String path(Path file) {
        return text(root.relativize(file));
    }

    static String text(Path path) {
        return text(path.toString());
    }

    private static String text(String path) {
        return path.replace('\\', '/');
    }

    private static AdeException unreadable(Path path, Exception e) {
        String reason =
                e instanceof AccessDeniedException ? "permission is denied" : e.getMessage();
        return AdeException.resource(
                        "Cannot read %s: %s".formatted(path, reason),
                        "Make it readable for the user that runs ADE")
                .causedBy(e);
    }
}
