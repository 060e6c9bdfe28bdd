package dev.ade.project;

import dev.ade.model.Settings;
import dev.ade.model.TableName;
import dev.ade.spi.Compiler;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads project folders: dbt's format and ADE's additions.
public final class ProjectReader implements Compiler {
    private final Machine machine;
    private final Function<String, Set<TableName>> references;
    private final Function<String, @Nullable String> environment;

    /// @param references datasets that a query names, as `Engine.references` finds them
    /// @param environment variables of the process, for `env_var`
    public ProjectReader(
            Machine machine,
            Function<String, Set<TableName>> references,
            Function<String, @Nullable String> environment) {
        this.machine = machine;
        this.references = references;
        this.environment = environment;
    }

    @Override
    public CompiledProject read(Path root, String target, Map<String, Object> vars) {
        return new Reading(basics(root, target, vars), references).read();
    }

    /// What can be known without looking at sources and models: name, settings, vars.
    Basics basics(Path root, String target, Map<String, Object> vars) {
        return Basics.read(
                root.toAbsolutePath().normalize(),
                machine,
                new Basics.Asked(target, vars, environment));
    }

    /// The settings of a project, without reading the rest of it.
    public Settings settings(Path root, String target, Map<String, Object> vars) {
        return basics(root, target, vars).settings();
    }
}
