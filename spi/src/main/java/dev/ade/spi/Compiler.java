package dev.ade.spi;

import dev.ade.model.CheckSpec;
import dev.ade.model.Fingerprint;
import dev.ade.model.Interval;
import dev.ade.model.Kind;
import dev.ade.model.Model;
import dev.ade.model.Project;
import dev.ade.model.SourceTable;
import dev.ade.model.TableName;
import dev.ade.model.UnitTest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads project folders and compiles what is in them.
public interface Compiler {
    /// Reads and understands the whole folder; compiles every model and query check in its canonical situation, so
    /// that errors in any of them show at once.
    ///
    /// @param vars from the command line; they win over the project's
    CompiledProject read(Path root, String environment, Map<String, Object> vars);

    interface CompiledProject {
        Project project();

        /// The same, with other definitions of some of its models: what is compiled stays as it is.
        CompiledProject withDefinitions(Map<TableName, Fingerprint> definitions);

        /// Datasets that dbt's node selection names; with nothing in `select`, all of them.
        ///
        /// @throws dev.ade.model.AdeException USER where a selector names nothing
        default Set<TableName> select(List<String> select, List<String> exclude) {
            return select(select, exclude, Past.NONE);
        }

        /// The same, for selectors that compare with what was before: `state:` and `result:`.
        Set<TableName> select(List<String> select, List<String> exclude, Past past);

        /// Names of checks and unit tests that dbt's node selection names, by themselves or through the datasets they
        /// are about; with nothing in `select`, all of them.
        Set<String> selectChecks(Tests tests, Past past);

        /// Everything that dbt's node selection names, of any type, checks that belong to it with it; ordered by type
        /// and path. With nothing in `select`, all there is.
        List<Resource> resources(Tests tests, Past past);

        /// The model's query as plain SQL that names datasets as `"namespace"."name"`. Of a model that asks, in a
        /// situation without a database: a text to compare it by, which is no SQL.
        String compile(Model model, Situation situation);

        /// The query of a resource that has one of its own in the project: a model, an ephemeral one too, a snapshot, a
        /// check that is a query. Empty for others.
        Optional<String> compile(Resource resource, Situation situation);

        /// The query that a template of no file makes: what somebody types who wants to see rows.
        String compileInline(String template, Database database);

        /// Calls a macro for what it prints.
        ///
        /// @throws dev.ade.model.AdeException USER where there is no such macro, or it would change something
        void call(Call call, Database database);

        /// Runs the macro that a model's materialization is.
        ///
        /// @return what it made, as a query of the workbench's session
        /// @throws dev.ade.model.AdeException USER where the macro fails, or leaves nothing that could be the dataset
        String materialize(Model model, Workbench workbench);

        /// What dbt's `pre-hook` and `post-hook` of a model say.
        ///
        /// @throws dev.ade.model.AdeException USER where one would change data outside of what a run publishes
        Hooks hooks(Model model);

        /// The same of a seed; other sources have none.
        Hooks hooks(SourceTable source);

        /// What dbt's `on-run-start` and `on-run-end` say. What asks how the run went is left out.
        Hooks hooks();

        /// What `on-run-end` says of a run that went so, where it asks.
        ///
        /// @throws dev.ade.model.AdeException USER where it would change data outside of what a run publishes
        List<Hook> hooks(Supplier<RunEnd> ended);

        /// The query of a unit test's model as the test's overrides make it, reading its given inputs by their names.
        ///
        /// @throws dev.ade.model.AdeException USER where it reads something that is not given
        String compile(UnitTest test);

        /// The query that gives a query check's failing rows.
        String compile(CheckSpec check);

        /// The same, for checks that ask the database while they are compiled.
        default String compile(CheckSpec check, Database database) {
            return compile(check);
        }

        /// What makes the rows of a model that is no SQL; `compile` then gives a query that reads them from the table
        /// `TableCode.name`.
        default Optional<TableCode> code(Model model) {
            return Optional.empty();
        }

        /// True where the model's template asks the database, so that its query is only known where one is at
        /// hand.
        default boolean asks(Model model) {
            return false;
        }

        /// Checks by the names under which dbt would store their failing rows.
        default Map<TableName, CheckSpec> failureTables() {
            return Map.of();
        }

        /// The project in dbt's words, where it is one of dbt's and asks for its files.
        default Optional<Manifest> manifest() {
            return Optional.empty();
        }

        /// The project in dbt's words, whatever project it is: for who asks for its documentation.
        default Optional<Manifest> documentation() {
            return manifest();
        }
    }

    /// What a materialization works with.
    ///
    /// @param query what the model's template gave
    /// @param situation in which it did
    /// @param refresh whether somebody asked for it to start over
    /// @param session a scratch: what is there of the model's dataset is a table in it, by its name
    /// @param datasets what else there is
    record Workbench(
            String query, Situation situation, Refresh refresh, Session session, LakeView datasets)
            implements Database {}

    /// dbt's flag `full_refresh`.
    enum Refresh {
        ASKED,
        NOT_ASKED
    }

    /// A macro to call.
    ///
    /// @param macro its name, or that of its package, a point and its name
    record Call(String macro, Map<String, Object> arguments) {
        public Call {
            arguments = Map.copyOf(arguments);
        }
    }

    /// Statements before and after something is made.
    record Hooks(List<Hook> before, List<Hook> after) {
        public static final Hooks NONE = new Hooks(List.of(), List.of());

        public Hooks {
            before = List.copyOf(before);
            after = List.copyOf(after);
        }
    }

    /// How a run went, in dbt's words.
    ///
    /// @param results one a model, seed, snapshot and test, as `run_results.json` tells them
    /// @param schemas namespaces of what was made
    record RunEnd(List<Map<String, @Nullable Object>> results, List<String> schemas) {
        public RunEnd {
            results = List.copyOf(results);
            schemas = List.copyOf(schemas);
        }
    }

    /// One statement of a hook.
    record Hook(String sql, Effect effect) {
        public enum Effect {
            /// It reads, and what it gives is not looked at.
            READS,
            /// It prepares a session: macros, temporary tables, variables.
            PREPARES,
            /// It has no meaning in a lake.
            NOTHING
        }
    }

    /// What was before, as far as selectors ask for it.
    interface Past {
        /// Nothing was before.
        Past NONE =
                new Past() {
                    @Override
                    public Optional<Fingerprint> definition(TableName dataset) {
                        return Optional.empty();
                    }

                    @Override
                    public Optional<String> result(String name) {
                        return Optional.empty();
                    }
                };

        /// What a published dataset is defined as; empty where none is published.
        Optional<Fingerprint> definition(TableName dataset);

        /// How the last run went for a dataset, by its name: dbt's `success`, `error`, `skipped`.
        Optional<String> result(String name);

        /// A folder of dbt's files, which is what was before instead.
        default Optional<Path> artifacts() {
            return Optional.empty();
        }
    }

    /// Tests to select.
    record Tests(List<String> select, List<String> exclude, Indirect indirect) {
        public Tests {
            select = List.copyOf(select);
            exclude = List.copyOf(exclude);
        }
    }

    /// Whether a test belongs to what is selected, by what it reads: dbt's indirect selection.
    enum Indirect {
        /// Any of it is selected.
        EAGER,
        /// All of it is selected.
        CAUTIOUS,
        /// Some is selected, and all of it is selected or above what is.
        BUILDABLE,
        /// Never: tests are selected by themselves.
        EMPTY
    }

    /// What a model may ask while it is compiled.
    ///
    /// @param state whether its dataset is already there and to be added to (`is_incremental()`)
    /// @param interval the interval being filled: in Jinja `ade.interval.from` and `.to`
    /// @param database what `run_query` and its kin ask; empty where there is none at hand
    record Situation(State state, Optional<Interval> interval, Optional<Database> database) {
        public static final Situation FROM_SCRATCH = new Situation(State.NEW, Optional.empty());

        /// The interval that stands for all when queries are compared.
        public static final Interval CANONICAL =
                new Interval(
                        Instant.parse("2000-01-01T00:00:00Z"),
                        Instant.parse("2000-01-02T00:00:00Z"));

        /// The situations that together show all that a model's text says, whatever there is to build.
        public static List<Situation> canonical(Kind kind) {
            Situation first = new Situation(State.NEW, kind.intervalGrain().map(_ -> CANONICAL));
            return kind instanceof Kind.Incremental || isIncremental(kind)
                    ? List.of(first, new Situation(State.EXISTING, Optional.empty()))
                    : List.of(first);
        }

        private static boolean isIncremental(Kind kind) {
            return kind instanceof Kind.Custom custom && custom.isIncremental();
        }

        public Situation(State state, Optional<Interval> interval) {
            this(state, interval, Optional.empty());
        }

        public Situation with(Database asked) {
            return new Situation(state, interval, Optional.of(asked));
        }
    }

    /// What templates may ask while they are compiled: datasets as the step sees them.
    interface Database {
        LakeView datasets();

        /// A session over them, opened when it is first asked for; whoever handed this in closes it.
        Session session();
    }

    enum State {
        NEW,
        EXISTING
    }
}
