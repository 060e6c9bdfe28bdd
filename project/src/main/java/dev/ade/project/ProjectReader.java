package dev.ade.project;

import dev.ade.jinja.Template;
import dev.ade.model.AdeException;
import dev.ade.model.Fingerprint;
import dev.ade.model.Settings;
import dev.ade.model.TableName;
import dev.ade.project.cache.Build;
import dev.ade.project.cache.ContentCache;
import dev.ade.spi.CodeReader;
import dev.ade.spi.Compiler;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads project folders: dbt's format and ADE's additions.
public final class ProjectReader implements Compiler {
    private final Machine machine;
    private final Function<String, Set<TableName>> references;
    private final Function<String, @Nullable String> environment;

    private final Invocation invocation;
    private final Optional<String> build;
    private final Codes codes;

    /// Makes what understands models that are code.
    public interface Codes {
        /// Where no such models are understood.
        Codes NONE =
                (_, _) ->
                        (file, _) -> {
                            throw AdeException.user(
                                    "Cannot read %s: models in Java are not understood here"
                                            .formatted(file),
                                    "Write it in SQL");
                        };

        /// @param root the project's folder
        /// @param state folder of everything that is kept for the project
        CodeReader reader(Path root, Path state);
    }

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
        this(machine, references, environment, invocation, Optional.empty(), Codes.NONE);
    }

    private ProjectReader(
            Machine machine,
            Function<String, Set<TableName>> references,
            Function<String, @Nullable String> environment,
            Invocation invocation,
            Optional<String> build,
            Codes codes) {
        this.codes = codes;
        this.machine = machine;
        this.references = references;
        this.environment = environment;
        this.invocation = invocation;
        this.build = build;
    }

    /// The same, which understands models that are code.
    public ProjectReader understanding(Codes others) {
        return new ProjectReader(machine, references, environment, invocation, build, others);
    }

    /// The same, which keeps in the project's state folder what it finds out about files, and renders only what
    /// changed since.
    ///
    /// @param engine a class of the engine that finds references: another build of it may find others
    public ProjectReader remembering(Class<?> engine) {
        List<Class<?>> parts =
                List.of(ProjectReader.class, Template.class, AdeException.class, engine);
        return new ProjectReader(
                machine, references, environment, invocation, Build.of(parts), codes);
    }

    @Override
    public CompiledProject read(Path root, String target, Map<String, Object> vars) {
        return open(root, target, vars).read();
    }

    /// Reads the settings of a project, and the rest of it when it is asked for.
    public Opened open(Path root, String target, Map<String, Object> vars) {
        Confidential confidential = new Confidential();
        confidential.note(vars);
        Basics basics =
                Basics.read(
                        root.toAbsolutePath().normalize(),
                        machine,
                        new Basics.Asked(
                                target, vars, confidential.noting(environment), invocation));
        return new Opened(
                basics, confidential, Fingerprint.of(target, String.valueOf(new TreeMap<>(vars))));
    }

    /// A project of which only the settings have been read.
    public final class Opened {
        private final Basics basics;
        private final Confidential confidential;
        private final Fingerprint scope;

        private Opened(Basics basics, Confidential confidential, Fingerprint scope) {
            this.basics = basics;
            this.confidential = confidential;
            this.scope = scope;
        }

        public Settings settings() {
            return basics.settings();
        }

        /// Reads its sources and models. To be called once: what is odd about them is collected on the way.
        public CompiledProject read() {
            CodeReader reader = codes.reader(basics.root(), settings().state());
            return new Reading(basics, references, this::recall, reader).read();
        }

        private Recall recall(Answers answers) {
            Path folder = settings().state().resolve("cache");
            return new Recall(
                    build.map(id -> ContentCache.open(folder, scope, id)), answers, confidential);
        }
    }
}
