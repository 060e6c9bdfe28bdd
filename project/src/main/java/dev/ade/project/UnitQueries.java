package dev.ade.project;

import dev.ade.jinja.Arguments;
import dev.ade.jinja.Attributes;
import dev.ade.jinja.Callable;
import dev.ade.jinja.Undefined;
import dev.ade.model.AdeException;
import dev.ade.model.TableName;
import dev.ade.model.UnitTest;
import dev.ade.spi.Compiler.Situation;
import dev.ade.spi.Compiler.State;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Compiles models as unit tests want them: with overrides, and reading nothing but what is given.
final class UnitQueries {
    private final Queries queries;

    UnitQueries(Queries queries) {
        this.queries = queries;
    }

    String sql(ModelFile model, UnitTest test) {
        Set<TableName> given = new HashSet<>();
        test.given().forEach(one -> given.add(one.input()));
        State state = test.overrides().isIncremental() ? State.EXISTING : State.NEW;
        Situation situation =
                new Situation(
                        state,
                        KindReader.kind(model.name(), model.config())
                                .intervalGrain()
                                .map(_ -> Situation.CANONICAL));
        Queries told = queries.with(common -> names(common, test.overrides()), given);
        String sql = told.sql(model, situation);
        Set<TableName> missing = new TreeSet<>(queries.read(model, sql, test.location()));
        missing.removeAll(given);
        if (!missing.isEmpty()) {
            throw AdeException.user(
                            "Cannot run unit test %s: it gives nothing for %s, which %s reads"
                                    .formatted(test.name(), joined(missing), test.model()),
                            "Add it to given, with rows: [] where it is empty")
                    .at(test.location());
        }
        return sql;
    }

    private static String joined(Set<TableName> names) {
        return names.stream().map(TableName::toString).collect(Collectors.joining(", "));
    }

    private static Map<String, Object> names(
            Map<String, Object> common, UnitTest.Overrides overrides) {
        Map<String, Object> names = new HashMap<>(common);
        overrides
                .macros()
                .forEach((name, value) -> {
                    Object given = Values.jinja(value);
                    names.put(name, (Callable) _ -> given);
                });
        names.put("var", new Told(common.get("var"), overrides.vars()));
        names.put("env_var", new Told(common.get("env_var"), overrides.environment()));
        return names;
    }

    /// A function of a name that answers itself for some names.
    private record Told(@Nullable Object otherwise, Map<String, @Nullable Object> values)
            implements Callable, Attributes {
        @Override
        public Object call(Arguments arguments) {
            String name = String.valueOf(arguments.require(0, "name"));
            if (values.containsKey(name)) {
                return Values.jinja(values.get(name));
            }
            return otherwise instanceof Callable callable
                    ? callable.call(arguments)
                    : new Undefined(name);
        }

        @Override
        public Object attribute(String name) {
            return Optional.ofNullable(otherwise)
                    .filter(Attributes.class::isInstance)
                    .map(Attributes.class::cast)
                    .map(attributes -> attributes.attribute(name))
                    .orElseGet(() -> new Undefined(name));
        }
    }
}
