package dev.ade.project;

import dev.ade.project.ProjectFiles.Folders;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What `dbt_project.yml` says, of which nothing has to be there. Thread-safe.
final class DbtProject {
    private final Optional<Section> file;
    private final Map<String, Object> trees = new ConcurrentHashMap<>();

    DbtProject(Optional<Section> file) {
        this.file = file;
    }

    Optional<String> name() {
        return file.flatMap(section -> section.text("name"));
    }

    /// Where packages are installed.
    String packagesFolder() {
        return file.flatMap(section -> section.text("packages-install-path"))
                .orElse("dbt_packages");
    }

    /// The folder that dbt's files go to, relative to the project or absolute.
    String targetPath() {
        return file.flatMap(section -> section.text("target-path"))
                .filter(path -> !path.isBlank())
                .orElse("target");
    }

    /// Whether files are written for tools that read what dbt writes.
    boolean isWritingJson() {
        return file.flatMap(section -> section.section("flags"))
                .flatMap(flags -> flags.flag("write_json"))
                .orElse(true);
    }

    /// The profile of `profiles.yml` that it names.
    Optional<String> profile() {
        return file.flatMap(section -> section.text("profile"));
    }

    /// Packages to look into for macros dispatched in a namespace.
    Optional<List<String>> searchOrder(String namespace) {
        return file.stream()
                .flatMap(section -> section.sections("dispatch").stream())
                .filter(entry -> entry.requireText("macro_namespace").equals(namespace))
                .map(entry -> entry.texts("search_order"))
                .findFirst();
    }

    Optional<Section> file() {
        return file;
    }

    Folders folders() {
        Folders plain = Folders.DEFAULT;
        return new Folders(
                paths("model-paths", plain.models()),
                paths("seed-paths", plain.seeds()),
                paths("macro-paths", plain.macros()),
                paths("test-paths", plain.checks()),
                paths("snapshot-paths", plain.snapshots()),
                paths("analysis-paths", plain.analyses()));
    }

    private Set<String> paths(String key, Set<String> otherwise) {
        List<String> paths = file.map(section -> section.texts(key)).orElse(List.of());
        return paths.isEmpty() ? otherwise : Set.copyOf(paths);
    }

    Map<String, @Nullable Object> vars() {
        return vars(file, name());
    }

    /// Vars of a file; those under the name of the project win over those of all projects. As with dbt, templates in
    /// `dbt_project.yml` stay as they are written here: whoever reads the var may know names this file does not.
    static Map<String, @Nullable Object> vars(Optional<Section> file, Optional<String> project) {
        Map<String, @Nullable Object> vars = new HashMap<>();
        if (file.flatMap(DbtProject::writtenVars).orElse(Map.of()) instanceof Map<?, ?> all) {
            all.forEach((key, value) -> vars.put(String.valueOf(key), value));
            if (project.isPresent() && all.get(project.get()) instanceof Map<?, ?> own) {
                own.forEach((key, value) -> vars.put(String.valueOf(key), value));
            }
        }
        return vars;
    }

    private static Optional<Object> writtenVars(Section file) {
        return file.location().file().endsWith("dbt_project.yml")
                ? file.raw("vars")
                : file.plain("vars");
    }

    /// Config of a resource by the folders it lies in, inner folders winning.
    ///
    /// @param resources `models`, `seeds` or `tests`
    /// @param path name of the project, then folders, then the file's stem
    List<Map<String, @Nullable Object>> config(String resources, List<String> path) {
        List<Map<String, @Nullable Object>> found = new ArrayList<>();
        Object here = trees.computeIfAbsent(resources, this::tree);
        found.add(own(here));
        for (String folder : path) {
            Object inner = here instanceof Map<?, ?> map ? map.get(folder) : null;
            if (inner != null) {
                here = inner;
                found.add(own(here));
            }
        }
        return found;
    }

    private Object tree(String resources) {
        return file.flatMap(section -> section.plain(resources)).orElse(Map.of());
    }

    /// What runs before or after a run, as it is written.
    @Nullable Object hook(String key) {
        return file.flatMap(section -> section.value(key)).map(Yaml::plain).orElse(null);
    }

    /// What is said of all tests, under either of dbt's names.
    Map<String, @Nullable Object> testDefaults(String project) {
        Map<String, @Nullable Object> defaults = new HashMap<>();
        for (String key : List.of("tests", "data_tests")) {
            config(key, List.of(project)).forEach(defaults::putAll);
        }
        return defaults;
    }

    /// Keys with `+`, and those whose value cannot be a folder.
    private static Map<String, @Nullable Object> own(Object node) {
        Map<String, @Nullable Object> own = new HashMap<>();
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                String name = String.valueOf(key);
                if (name.startsWith("+")) {
                    own.put(name.substring(1), value);
                } else if (!(value instanceof Map<?, ?>)) {
                    own.put(name, value);
                }
            });
        }
        return own;
    }
}
