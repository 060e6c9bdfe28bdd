package dev.ade.project;

import dev.ade.jinja.Arguments;
import dev.ade.jinja.Attributes;
import dev.ade.jinja.Callable;
import dev.ade.jinja.Definition;
import dev.ade.jinja.Globals;
import dev.ade.jinja.Limits;
import dev.ade.jinja.None;
import dev.ade.jinja.Undefined;
import dev.ade.model.AdeException;
import dev.ade.model.TableName;
import dev.ade.project.Question.Kind;
import dev.ade.spi.Compiler.Situation;
import dev.ade.spi.Compiler.State;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One rendering of one template: the names it may use, and what it says about itself meanwhile.
///
/// A name is looked for among what the rendering itself set aside, the macros of the file's package and of the
/// project, dbt's context, ADE's own macros and last the packages, in this order, so that a project can put a macro of
/// its own in the place of anything.
final class Rendering implements Globals {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private static final Undefined MISSING = new Undefined("");

    /// Names that give the same whenever the questions of the trace have the same answers. A rendering that uses others
    /// (the time, the environment, words to the user) is not known next time.
    private static final Set<String> ALWAYS_THE_SAME =
            Set.of(
                    "adapter",
                    "ade",
                    "api",
                    "builtins",
                    "config",
                    "context",
                    "database",
                    "dbt_metadata_envs",
                    "dbt_version",
                    "execute",
                    "flags",
                    "is_incremental",
                    "load_result",
                    "model",
                    "post_hooks",
                    "pre_hooks",
                    "project_name",
                    "ref",
                    "render",
                    "return",
                    "run_query",
                    "schema",
                    "selected_resources",
                    "source",
                    "statement",
                    "store_raw_result",
                    "store_result",
                    "surrogate_key",
                    "target",
                    "this",
                    "thread_id",
                    "var");

    /// What people read; a template is rendered more than once, and speaks once.
    private static final Set<String> WORDS = Set.of("log", "print");

    private static final Callable SILENT = _ -> "";

    private final Map<String, Object> common;
    private final Macros macros;
    private final Setting setting;
    private final Map<String, Object> extra = new HashMap<>();
    private final Map<String, @Nullable Object> configured = new LinkedHashMap<>();
    private final Results results;

    /// What differs from one rendering to the next.
    ///
    /// @param place whose file it is
    /// @param self the dataset it makes; a check has none
    /// @param config known before the file is rendered
    /// @param node what templates call `model`
    record Setting(
            Place place,
            Optional<TableName> self,
            Config config,
            Situation situation,
            References references,
            Occasion occasion,
            Supplier<Map<Object, Object>> node,
            Supplier<Map<Object, Object>> graph) {}

    /// Whose a file is.
    ///
    /// @param owner the package, which may be the project itself
    /// @param domain of the project
    record Place(String owner, Optional<String> domain) {
        /// What `ref` prefers.
        Optional<String> nearest(String root) {
            return owner.equals(root) ? domain : Optional.of(owner);
        }
    }

    /// What names of datasets mean; before all are known, anything.
    interface References {
        RelationValue ref(Arguments arguments, Optional<String> domain);

        RelationValue source(Arguments arguments);
    }

    Rendering(Map<String, Object> common, Macros macros, Setting setting) {
        this.common = common;
        this.macros = macros;
        this.setting = setting;
        this.results = new Results(setting.occasion());
    }

    /// What `config(…)` said.
    Map<String, @Nullable Object> configured() {
        return configured;
    }

    Setting setting() {
        return setting;
    }

    Macros macros() {
        return macros;
    }

    String owner() {
        return setting.place().owner();
    }

    /// Puts a name before all others.
    ///
    /// @param name also `dbt_utils.star`, for a macro of a package
    void put(String name, Object value) {
        extra.put(name, value);
    }

    Callable bind(Definition macro) {
        Globals names =
                OwnMacros.has(macro)
                        ? with(Map.of("exceptions", CommonNames.ownExceptions()))
                        : this;
        return macro.bind(names, Limits.DEFAULT);
    }

    @Override
    public Object find(String name) {
        Object put = extra.get(name);
        if (put != null) {
            return put;
        }
        Optional<Definition> macro = macros.plain(owner(), name);
        if (macro.isPresent()) {
            trace().add(Kind.NAME, owner(), name);
            return bind(macro.get());
        }
        return builtIn(name);
    }

    Trace trace() {
        return setting.occasion().trace();
    }

    /// What dbt's context has under the name, whatever macros are called that.
    Object builtIn(String name) {
        trace().add(Kind.NAME, owner(), name);
        Object value = own(name);
        if (!isMissing(value)) {
            noteUse(name);
            return value;
        }
        if (WORDS.contains(name) && !setting.occasion().isHeard()) {
            noteUse(name);
            return SILENT;
        }
        return shared(name);
    }

    @SuppressWarnings(
            "ReferenceEquality") // this very object says that the name is not one of these
    private static boolean isMissing(Object value) {
        return value == MISSING;
    }

    private Object shared(String name) {
        Object value = common.get(name);
        if (value != null) {
            noteUse(name);
            return traced(name, value);
        }
        Optional<Definition> macro = macros.in(Macros.OWN, name);
        if (macro.isPresent()) {
            return bind(macro.get());
        }
        return macros.isPackage(name) ? new PackageValue(this, name) : new Undefined(name);
    }

    private void noteUse(String name) {
        if (!ALWAYS_THE_SAME.contains(name) && !Functions.ALL.containsKey(name)) {
            trace().lose();
        }
    }

    private Object traced(String name, Object value) {
        return switch (name) {
            case "var" ->
                    new TracedVar(
                            value instanceof CommonNames.Var var ? rich(var) : value,
                            trace(),
                            owner());
            case "target" -> target();
            default -> value;
        };
    }

    /// Vars that call macros are not known next time; what others say is an answer that can be compared.
    private Callable rich(CommonNames.Var var) {
        return new RichVar(
                var,
                arguments -> {
                    trace().lose();
                    return var.in(this).call(arguments);
                });
    }

    private record RichVar(CommonNames.Var var, Callable withMacros)
            implements Callable, Attributes {
        @Override
        public Object call(Arguments arguments) {
            try {
                return var.call(arguments);
            } catch (AdeException e) {
                return withMacros.call(arguments);
            }
        }

        @Override
        public Object attribute(String name) {
            return var.attribute(name);
        }
    }

    /// `var`, which notes what is asked of it.
    private record TracedVar(Object var, Trace trace, String owner)
            implements Callable, Attributes {
        @Override
        public Object call(Arguments arguments) {
            note(arguments);
            return ((Callable) var).call(arguments);
        }

        private void note(Arguments arguments) {
            trace.add(Kind.VAR, owner, String.valueOf(arguments.require(0, "name")));
        }

        @Override
        public Object attribute(String name) {
            Object value = ((Attributes) var).attribute(name);
            return value instanceof Callable callable
                    ? (Callable)
                            arguments -> {
                                note(arguments);
                                return callable.call(arguments);
                            }
                    : value;
        }
    }

    private Object target() {
        trace().add(Kind.TARGET, owner());
        return Objects.requireNonNullElse(common.get("target"), None.NONE);
    }

    private Map<Object, Object> node() {
        setting.self()
                .ifPresentOrElse(
                        self -> trace().add(Kind.NODE, self.toString()), () -> trace().lose());
        return setting.node().get();
    }

    private Object own(String name) {
        return switch (name) {
            case "ref" ->
                    (Callable)
                            arguments ->
                                    setting.references()
                                            .ref(arguments, setting.place().nearest(macros.root()));
            case "source" -> (Callable) arguments -> setting.references().source(arguments);
            case "config" -> new ConfigValue(setting.config(), configured);
            case "is_incremental" -> (Callable) _ -> setting.situation().state() == State.EXISTING;
            case "adapter" -> new AdapterValue(this, results);
            case "statement" -> (Callable) results::statement;
            case "run_query" -> (Callable) results::runQuery;
            case "load_result" -> (Callable) results::load;
            case "store_result" -> (Callable) results::store;
            case "store_raw_result" -> (Callable) results::store;
            case "execute" -> setting.occasion().isExecuting();
            case "ade" -> Map.of("interval", interval(setting.situation()));
            case "this" -> setting.self().<Object>map(RelationValue::of).orElse(MISSING);
            case "schema" ->
                    setting.self().<Object>map(TableName::namespace).orElseGet(() -> target(name));
            case "database" -> RelationValue.DATABASE;
            case "model" -> node();
            case "graph" -> graph();
            case "builtins" -> new Builtins(this);
            case "context" -> new Context(this);
            case "render" ->
                    (Callable)
                            arguments ->
                                    Texts.render(
                                            String.valueOf(arguments.require(0, "string")), this);
            default -> MISSING;
        };
    }

    private Object target(String name) {
        return target() instanceof Map<?, ?> target && target.get(name) != null
                ? target.get(name)
                : None.NONE;
    }

    /// What the whole project is like is only known once all of it is read.
    private Object graph() {
        setting.occasion().waitForStep("look at graph");
        return setting.occasion().isExecuting()
                ? setting.graph().get()
                : Map.of(
                        "nodes",
                        Map.of(),
                        "sources",
                        Map.of(),
                        "exposures",
                        Map.of(),
                        "metrics",
                        Map.of(),
                        "groups",
                        Map.of(),
                        "semantic_models",
                        Map.of(),
                        "saved_queries",
                        Map.of());
    }

    private static Object interval(Situation situation) {
        return situation
                .interval()
                .<Object>map(interval ->
                        Map.of("from", text(interval.from()), "to", text(interval.to())))
                .orElseGet(() ->
                        new Undefined(
                                "ade.interval",
                                "ade.interval is only there in models of kind fact and day"));
    }

    /// As a timestamp literal of SQL reads it, in UTC.
    private static String text(Instant instant) {
        return TIME.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
    }

    /// The context as dbt made it: `builtins.ref(…)` within a project's own macro `ref`.
    private record Builtins(Rendering rendering) implements Attributes {
        @Override
        public Object attribute(String name) {
            return name.equals("get")
                    ? (Callable) arguments -> find(rendering::builtIn, arguments)
                    : rendering.builtIn(name);
        }
    }

    /// All names there are: `context['my_macro']`.
    private record Context(Rendering rendering) implements Attributes {
        @Override
        public Object attribute(String name) {
            return name.equals("get")
                    ? (Callable) arguments -> find(rendering::find, arguments)
                    : rendering.find(name);
        }
    }

    private static Object find(
            java.util.function.Function<String, Object> names, Arguments arguments) {
        Object found = names.apply(String.valueOf(arguments.require(0, "name")));
        return found instanceof Undefined ? arguments.get(1, "default", None.NONE) : found;
    }

    /// A package of macros: `dbt_utils.star(…)`.
    private record PackageValue(Rendering rendering, String name) implements Attributes {
        @Override
        public Object attribute(String macro) {
            Object put = rendering.extra.get(name + "." + macro);
            if (put != null) {
                return put;
            }
            rendering.trace().add(Kind.MACRO, name, macro);
            Optional<Definition> found = rendering.macros.in(name, macro);
            return found.<Object>map(rendering::bind).orElseGet(() -> otherwise(macro));
        }

        /// dbt counts parts of the context among its own package's macros.
        private Object otherwise(String macro) {
            Object value = name.equals(Macros.OWN) ? rendering.builtIn(macro) : MISSING;
            return value instanceof Undefined
                    ? new Undefined(
                            macro, "the package %s has no macro '%s'".formatted(name, macro))
                    : value;
        }
    }
}
