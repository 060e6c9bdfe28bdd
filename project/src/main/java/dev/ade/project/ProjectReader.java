package dev.ade.project;

import dev.ade.model.Settings;
import dev.ade.model.TableName;
import dev.ade.spi.Compiler;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads project folders: dbt's format and ADE's additions.
public final class ProjectReader implements Compiler {
    private final Machine machine;
    private final Function<String, Set<TableName>> references;
    private final Function<String, @Nullable String> environment;

    private final Invocation invocation;

    /// For those whom it does not matter to when they are.
    public ProjectReader(
            Machine machine,
            Function<String, Set<TableName>> references,
            Function<String, @Nullable String> environment) {
        this(machine, references, environment, Invocation.at(Instant.EPOCH, _ -> {}));
    }

    /// @param references datasets that a query names, as `Engine.references` finds them
    /// @param environment variables of the process, for `env_var`
    /// @param invocation what templates learn of the time and where they may print
    public ProjectReader(
            Machine machine,
            Function<String, Set<TableName>> references,
            Function<String, @Nullable String> environment,
            Invocation invocation) {
        this.machine = machine;
        this.references = references;
        this.environment = environment;
        this.invocation = invocation;
    }

    @Override
    public CompiledProject read(Path root, String target, Map<String, Object> vars) {
        return open(root, target, vars).read();
    }

    /// Reads the settings of a project, and the rest of it when it is asked for.
    public Opened open(Path root, String target, Map<String, Object> vars) {
        return new Opened(
                Basics.read(
                        root.toAbsolutePath().normalize(),
                        machine,
                        new Basics.Asked(target, vars, environment, invocation)));
    }

    /// A project of which only the settings have been read.
    public final class Opened {
        private final Basics basics;

        private Opened(Basics basics) {
            this.basics = basics;
        }

        public Settings settings() {
            return basics.settings();
        }

        /// Reads its sources and models. To be called once: what is odd about them is collected on the way.
        public CompiledProject read() {
            return new Reading(basics, references).read();
        }
    }
}
