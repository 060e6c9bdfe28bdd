package dev.ade.project;

import dev.ade.jinja.Globals;
import dev.ade.model.AdeException;
import dev.ade.model.Location;
import dev.ade.model.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What `ade.yml` and `dbt_project.yml` say.
///
/// @param common names that every template may use
/// @param context for reading YAML
/// @param warnings grows while the project is read
record Basics(
        Path root,
        String name,
        Settings settings,
        DbtProject dbt,
        Map<String, Object> common,
        YamlContext context,
        List<String> warnings) {

    /// What the caller says.
    ///
    /// @param target name of the environment of datasets
    record Asked(
            String target,
            Map<String, Object> vars,
            Function<String, @Nullable String> environment) {}

    static Basics read(Path root, Machine machine, Asked asked) {
        if (!Files.isDirectory(root)) {
            throw AdeException.user(
                    "Cannot open project %s: it is not a folder".formatted(root),
                    "Give a project's folder with -p, or make one: ade init DIR");
        }
        List<String> warnings = new ArrayList<>();
        ProjectFiles files = new ProjectFiles(root, ProjectFiles.Folders.DEFAULT);
        YamlContext early = context(asked, Map.of(), "", warnings);
        Optional<Yaml> file = yaml(files, SettingsReader.names());
        Optional<Section> ade = file.map(yaml -> section(yaml, early));
        DbtProject dbt =
                new DbtProject(
                        yaml(files, List.of("dbt_project.yml")).map(yaml -> section(yaml, early)));
        String name = name(root, ade, dbt);

        Map<String, @Nullable Object> vars = new HashMap<>(DbtProject.vars(ade, Optional.of(name)));
        vars.putAll(dbt.vars());
        vars.putAll(asked.vars());
        YamlContext context = context(asked, vars, name, warnings);
        Section settings =
                file.map(yaml -> section(yaml, context))
                        .orElseGet(() ->
                                new Section(
                                        new Yaml.Entries(Map.of(), Location.of("ade.yml")),
                                        context));
        return new Basics(
                root,
                name,
                new SettingsReader(root, machine, context).read(settings),
                dbt,
                new CommonNames(vars, asked.environment()).map(name, asked.target(), warnings),
                context,
                warnings);
    }

    private static YamlContext context(
            Asked asked,
            Map<String, @Nullable Object> vars,
            String project,
            List<String> warnings) {
        CommonNames names = new CommonNames(vars, asked.environment());
        return new YamlContext(Globals.of(names.map(project, asked.target(), warnings)), warnings);
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
        String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
        return plain.matches("[a-z_].*") ? plain : "p_" + plain;
    }
}
