package dev.ade.project;

import dev.ade.jinja.Arguments;
import dev.ade.jinja.Attributes;
import dev.ade.jinja.Callable;
import dev.ade.jinja.Return;
import dev.ade.jinja.Undefined;
import dev.ade.model.AdeException;
import dev.ade.model.SurrogateKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Names that every template and YAML file of a project may use.
final class CommonNames {
    private static final List<String> SECRETS = List.of("ADE_MASTER_KEY", "DBT_ENV_SECRET");

    private final Map<String, @Nullable Object> vars;
    private final Function<String, @Nullable String> environment;

    CommonNames(
            Map<String, @Nullable Object> vars, Function<String, @Nullable String> environment) {
        this.vars = vars;
        this.environment = environment;
    }

    /// @param target name of the environment
    Map<String, Object> map(String project, String target, List<String> notes) {
        Map<String, Object> names = new HashMap<>();
        names.put("var", new Var());
        names.put("env_var", (Callable) this::environmentVariable);
        names.put("return", Return.RETURN);
        names.put("surrogate_key", (Callable) CommonNames::surrogateKey);
        names.put("execute", true);
        names.put("project_name", project);
        names.put("flags", Map.of("FULL_REFRESH", false));
        names.put(
                "target",
                Map.of(
                        "name",
                        target,
                        "schema",
                        project,
                        "database",
                        RelationValue.DATABASE,
                        "type",
                        "duckdb",
                        "profile_name",
                        project,
                        "threads",
                        1L));
        names.put("exceptions", new Exceptions(notes));
        names.put("log", (Callable) _ -> "");
        names.put("print", (Callable) _ -> "");
        return names;
    }

    private final class Var implements Callable, Attributes {
        @Override
        public Object call(Arguments arguments) {
            arguments.allow("name", "default");
            String name = String.valueOf(arguments.require(0, "name"));
            if (vars.containsKey(name)) {
                return Values.jinja(vars.get(name));
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

    private record Exceptions(List<String> notes) implements Attributes {
        @Override
        public Object attribute(String name) {
            return switch (name) {
                case "raise_compiler_error" ->
                        (Callable)
                                arguments -> {
                                    throw AdeException.user(
                                            String.valueOf(arguments.require(0, "msg")),
                                            "The project's own macro says so");
                                };
                case "warn" ->
                        (Callable)
                                arguments -> {
                                    notes.add(String.valueOf(arguments.require(0, "msg")));
                                    return "";
                                };
                default -> new Undefined(name);
            };
        }
    }
}
