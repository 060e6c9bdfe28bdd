package dev.ade.jinja;

import dev.ade.jinja.Node.MacroSpec;
import dev.ade.model.AdeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A macro with the names around its definition.
final class Macro implements Callable, Attributes {
    private final MacroSpec spec;
    private final Evaluator evaluator;
    private final Scope scope;

    Macro(MacroSpec spec, Evaluator evaluator, Scope scope) {
        this.spec = spec;
        this.evaluator = evaluator;
        this.scope = scope;
    }

    @Override
    public Object call(Arguments arguments) {
        Scope inner = scope.inner();
        evaluator.budget().enter();
        try {
            bind(arguments, inner);
            return evaluator.text(spec.body(), inner);
        } catch (Return result) {
            if (spec.name().equals("caller")) {
                throw result;
            }
            return result.value();
        } catch (AdeException e) {
            throw e.location() == null || spec.name().equals("caller")
                    ? e
                    : e.within("macro " + spec.name());
        } finally {
            evaluator.budget().leave();
        }
    }

    private void bind(Arguments arguments, Scope inner) {
        List<Object> given = arguments.positional();
        Map<String, Object> named = new LinkedHashMap<>(arguments.named());
        List<Node.Parameter> parameters = spec.parameters();
        for (int i = 0; i < parameters.size(); i++) {
            Node.Parameter parameter = parameters.get(i);
            Object value = i < given.size() ? given.get(i) : named.remove(parameter.name());
            inner.set(parameter.name(), value == null ? fallback(parameter, inner) : value);
        }
        bindSpecial(given, named, inner);
    }

    private Object fallback(Node.Parameter parameter, Scope inner) {
        return parameter
                .fallback()
                .map(expr -> evaluator.value(expr, inner))
                .orElseGet(() ->
                        new Undefined(
                                parameter.name(),
                                "parameter '" + parameter.name() + "' was not provided"));
    }

    private void bindSpecial(List<Object> given, Map<String, Object> named, Scope inner) {
        int count = spec.parameters().size();
        if (uses("caller")) {
            Object caller = named.remove("caller");
            inner.set(
                    "caller",
                    caller == null ? new Undefined("caller", "No caller defined") : caller);
        }
        if (uses("kwargs")) {
            inner.set("kwargs", new LinkedHashMap<Object, Object>(named));
        } else if (!named.isEmpty()) {
            throw new Problem(
                    "macro '%s' takes no keyword argument '%s'"
                            .formatted(spec.name(), named.keySet().iterator().next()));
        }
        if (uses("varargs")) {
            List<Object> rest = given.subList(Math.min(count, given.size()), given.size());
            inner.set("varargs", new Tuple(new ArrayList<>(rest)));
        } else if (given.size() > count) {
            throw new Problem(
                    "macro '%s' takes not more than %d argument(s)".formatted(spec.name(), count));
        }
    }

    private boolean uses(String special) {
        return spec.uses().contains(special)
                && spec.parameters().stream().noneMatch(p -> p.name().equals(special));
    }

    @Override
    public Object attribute(String name) {
        return attribute(spec, name);
    }

    static Object attribute(MacroSpec spec, String name) {
        return switch (name) {
            case "name" -> spec.name();
            case "arguments" ->
                    new Tuple(
                            spec.parameters().stream()
                                    .map(parameter -> (Object) parameter.name())
                                    .toList());
            case "catch_varargs" -> spec.uses().contains("varargs");
            case "catch_kwargs" -> spec.uses().contains("kwargs");
            case "caller" -> spec.uses().contains("caller");
            default -> new Undefined(name, "'Macro object' has no attribute '" + name + "'");
        };
    }

    @Override
    public String toString() {
        return "<Macro '" + spec.name() + "'>";
    }
}
