package dev.ade.project;

import dev.ade.jinja.Arguments;
import dev.ade.jinja.Attributes;
import dev.ade.jinja.Callable;
import dev.ade.jinja.Globals;
import dev.ade.jinja.Limits;
import dev.ade.jinja.Python;
import dev.ade.jinja.Return;
import dev.ade.jinja.Template;
import dev.ade.jinja.Undefined;
import dev.ade.model.AdeException;
import dev.ade.model.SurrogateKey;
import dev.ade.project.python.DateTimeValue;
import dev.ade.project.python.Modules;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Names that every template and YAML file of a project may use: the part of dbt's context that asks nobody.
final class CommonNames {
    /// The version of dbt whose context this is; packages ask for a range of it.
    static final String DBT_VERSION = "1.10.0";

    private static final List<String> SECRETS = List.of("ADE_MASTER_KEY", "DBT_ENV_SECRET");

    private final Map<String, @Nullable Object> vars;
    private final Function<String, @Nullable String> environment;
    private final Invocation invocation;

    CommonNames(
            Map<String, @Nullable Object> vars,
            Function<String, @Nullable String> environment,
            Invocation invocation) {
        this.vars = vars;
        this.environment = environment;
        this.invocation = invocation;
    }

    /// What the project is called and where it runs.
    ///
    /// @param namespace of datasets in no domain
    /// @param target name of the environment
    /// @param profile what `profiles.yml` says of the target
    record Facts(String project, String namespace, String target, Map<String, Object> profile) {}

    /// @param notes where `exceptions.warn` writes
    Map<String, Object> map(Facts facts, List<String> notes) {
        Map<String, Object> names = new HashMap<>();
        names.put("var", new Var(name -> names.getOrDefault(name, new Undefined(name))));
        names.put("env_var", (Callable) this::environmentVariable);
        names.put("return", Return.RETURN);
        names.put("surrogate_key", (Callable) CommonNames::surrogateKey);
        names.put("project_name", facts.project());
        names.put("target", target(facts));
        names.put("flags", new Flags());
        names.put(
                "exceptions",
                new Exceptions(notes, "A macro of the project or of a package says so"));
        names.put("log", (Callable) this::log);
        names.put("print", (Callable) this::print);
        names.put("modules", new Modules(invocation::startedAt));
        names.put(
                "api",
                Map.of(
                        "Column", new ColumnValue.Maker(),
                        "Relation", new AdapterValue.RelationClass()));
        names.put("dbt_version", DBT_VERSION);
        names.put("invocation_id", invocation.id());
        names.put("run_started_at", DateTimeValue.of(invocation.startedAt(), ZoneOffset.UTC));
        names.put("invocation_args_dict", invocationArguments(facts));
        names.put("thread_id", "Thread-1");
        names.put("selected_resources", List.of());
        names.put("dbt_metadata_envs", Map.of());
        names.put("pre_hooks", List.of());
        names.put("post_hooks", List.of());
        names.putAll(Functions.ALL);
        return names;
    }

    private static Map<Object, Object> target(Facts facts) {
        Map<Object, Object> target = new LinkedHashMap<>(facts.profile());
        target.putIfAbsent("threads", 1L);
        target.putIfAbsent("profile_name", facts.project());
        target.put("name", facts.target());
        target.put("target_name", facts.target());
        target.put("schema", facts.namespace());
        target.put("database", RelationValue.DATABASE);
        target.put("dbname", RelationValue.DATABASE);
        target.put("type", "duckdb");
        return target;
    }

    private Map<Object, Object> invocationArguments(Facts facts) {
        Map<Object, Object> arguments = new LinkedHashMap<>();
        arguments.put("target", facts.target());
        arguments.put("vars", Values.jinja(vars));
        arguments.put("which", "run");
        arguments.put("full_refresh", false);
        arguments.put("invocation_command", "ade run");
        return arguments;
    }

    private Object log(Arguments arguments) {
        arguments.allow("msg", "info");
        if (Python.isTrue(arguments.get(1, "info", false))) {
            invocation.says().accept(Python.text(arguments.require(0, "msg")));
        }
        return "";
    }

    private Object print(Arguments arguments) {
        invocation.says().accept(Python.text(arguments.require(0, "msg")));
        return "";
    }

    /// dbt's flags, with the values that hold here; others are false.
    private static final class Flags implements Attributes {
        @Override
        public Object attribute(String name) {
            return switch (name.toUpperCase(java.util.Locale.ROOT)) {
                case "WHICH" -> "run";
                case "PARTIAL_PARSE", "USE_COLORS", "POPULATE_CACHE", "VERSION_CHECK" -> true;
                case "INDIRECT_SELECTION" -> "eager";
                case "LOG_FORMAT" -> "default";
                case "GET" ->
                        (Callable)
                                arguments -> attribute(Python.text(arguments.require(0, "name")));
                default -> false;
            };
        }
    }

    /// Text of `vars:` may have Jinja of its own, which is rendered where the var is asked for.
    final class Var implements Callable, Attributes {
        private final Globals names;

        private Var(Globals names) {
            this.names = names;
        }

        /// The same for a template that knows other names.
        Var in(Globals other) {
            return new Var(other);
        }

        private Object rendered(Object value) {
            return value instanceof String text && (text.contains("{{") || text.contains("{%"))
                    ? Template.parse("vars", text).render(names, Limits.DEFAULT)
                    : value;
        }

        @Override
        public Object call(Arguments arguments) {
            arguments.allow("name", "default");
            String name = String.valueOf(arguments.require(0, "name"));
            if (vars.containsKey(name)) {
                return rendered(Values.jinja(vars.get(name)));
            }
            Object otherwise = arguments.get(1, "default", new Undefined(name));
            if (otherwise instanceof Undefined) {
                throw AdeException.user(
                        "Cannot use var('%s'): it has no value".formatted(name),
                        "Set it in vars of ade.yml or dbt_project.yml, or with --var %s=…, or give a default"
                                .formatted(name));
            }
            return otherwise;
        }

        @Override
        public Object attribute(String name) {
            return name.equals("has_var")
                    ? (Callable)
                            arguments ->
                                    vars.containsKey(String.valueOf(arguments.require(0, "name")))
                    : new Undefined(name);
        }
    }

    private Object environmentVariable(Arguments arguments) {
        arguments.allow("name", "default");
        String name = String.valueOf(arguments.require(0, "name"));
        if (SECRETS.stream().anyMatch(name::startsWith)) {
            throw AdeException.user(
                    "Cannot use env_var('%s'): secrets do not belong into SQL".formatted(name),
                    "Name settings that are not secret otherwise");
        }
        String value = environment.apply(name);
        if (value != null) {
            return value;
        }
        Object otherwise = arguments.get(1, "default", new Undefined(name));
        if (otherwise instanceof Undefined) {
            throw AdeException.user(
                    "Cannot use env_var('%s'): it is not set".formatted(name),
                    "Set it, or give a default: env_var('%s', '…')".formatted(name));
        }
        return otherwise;
    }

    private static Object surrogateKey(Arguments arguments) {
        List<String> parts = new ArrayList<>();
        for (Object argument : arguments.positional()) {
            if (argument instanceof List<?> many) {
                many.forEach(one -> parts.add(String.valueOf(one)));
            } else {
                parts.add(String.valueOf(argument));
            }
        }
        if (parts.isEmpty()) {
            throw AdeException.user(
                    "Cannot make a surrogate key of nothing",
                    "Give the columns of the natural key: surrogate_key('customer_id')");
        }
        return SurrogateKey.sql(parts);
    }

    /// `exceptions` of ADE's own macros, which raise nothing but what their caller can mend.
    static Attributes ownExceptions() {
        return new Exceptions(
                new ArrayList<>(), "Correct what the macro is given, or the model's configuration");
    }

    /// `exceptions.raise_compiler_error(…)` and its kin.
    ///
    /// @param notes where warnings go
    /// @param nextStep of what is raised
    private record Exceptions(List<String> notes, String nextStep) implements Attributes {
        @Override
        public Object attribute(String name) {
            return switch (name) {
                case "warn" ->
                        (Callable)
                                arguments -> {
                                    notes.add(Python.text(arguments.require(0, "msg")));
                                    return "";
                                };
                case "raise_compiler_error",
                        "raise_database_error",
                        "raise_parsing_error",
                        "raise_dependency_error",
                        "raise_not_implemented" ->
                        (Callable)
                                arguments -> {
                                    throw raised(Python.text(arguments.require(0, "msg")));
                                };
                case "missing_config" ->
                        (Callable)
                                arguments -> {
                                    throw raised(
                                            "Model is missing required config '%s'"
                                                    .formatted(arguments.require(1, "name")));
                                };
                case "missing_materialization" ->
                        (Callable)
                                _ -> {
                                    throw raised("No materialization of that name was found");
                                };
                case "missing_relation", "relation_wrong_type" ->
                        (Callable)
                                arguments -> {
                                    throw raised(
                                            "Relation %s is missing or of another type"
                                                    .formatted(arguments.require(0, "relation")));
                                };
                case "column_type_missing", "raise_contract_error" ->
                        (Callable)
                                _ -> {
                                    throw raised("The columns do not meet the contract");
                                };
                default -> new Undefined(name, "exceptions has no '" + name + "'");
            };
        }

        private AdeException raised(String message) {
            return AdeException.user(message, nextStep);
        }
    }
}
