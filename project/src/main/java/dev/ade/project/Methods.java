package dev.ade.project;

import dev.ade.model.AdeException;
import dev.ade.model.Fingerprint;
import dev.ade.spi.Compiler.Past;
import dev.ade.spi.Resource;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds nodes by dbt's selector methods.
final class Methods {
    private final Graph graph;
    private final Past past;
    private final Function<Node, Optional<Fingerprint>> definitions;
    private final Optional<States> states;

    /// What a folder of dbt's files says of nodes.
    interface States {
        boolean is(Node node, String state);

        Optional<String> result(Node node);

        boolean isFresher(Node node);
    }

    /// @param definitions what nodes are defined as now
    /// @param states what is compared with instead of what is published
    Methods(
            Graph graph,
            Past past,
            Function<Node, Optional<Fingerprint>> definitions,
            Optional<States> states) {
        this.graph = graph;
        this.past = past;
        this.definitions = definitions;
        this.states = states;
    }

    /// @throws AdeException where there is no such method
    Set<String> find(String method, String value) {
        Predicate<String> matches = glob(value);
        if (method.startsWith("config.")) {
            List<String> keys = List.of(method.substring("config.".length()).split("\\.", -1));
            return graph.where(node -> holds(node.config(), keys, matches));
        }
        return switch (method) {
            case "fqn" -> graph.where(node -> isNamed(node, value, matches));
            case "path" -> graph.where(node -> isIn(node.file(), value, matches));
            case "file" -> graph.where(node -> isFile(node.file(), matches));
            case "tag" -> graph.where(node -> node.tags().stream().anyMatch(matches));
            case "source" -> graph.where(node -> isSource(node, value));
            case "exposure" -> typed(Resource.Type.EXPOSURE, matches);
            case "unit_test" -> typed(Resource.Type.UNIT_TEST, matches);
            case "package" ->
                    graph.where(node ->
                            value.equals("this")
                                    ? node.owner().equals(own())
                                    : matches.test(node.owner()));
            case "resource_type" -> graph.where(node -> matches.test(node.type().word()));
            case "test_name" -> graph.where(node -> matches.test(node.fact("test_name")));
            case "test_type" -> graph.where(node -> isTest(node, value));
            case "group" -> graph.where(node -> matches.test(node.fact("group")));
            case "access" -> graph.where(node -> matches.test(node.fact("access")));
            case "version" ->
                    graph.where(node ->
                            node.type() == Resource.Type.MODEL
                                    && matches.test(orNone(node.fact(Node.VERSION_STATUS))));
            case "domain" ->
                    graph.where(node ->
                            node.dataset().stream().anyMatch(it -> matches.test(it.namespace())));
            case "kind" -> graph.where(node -> matches.test(node.fact("kind")));
            case "state" -> graph.where(node -> isInState(node, value));
            case "result" -> graph.where(node -> result(node).filter(matches).isPresent());
            case "source_status" -> {
                requireFresher(value);
                yield graph.where(node ->
                        node.type() == Resource.Type.SOURCE
                                && states.orElseThrow().isFresher(node));
            }
            default ->
                    throw AdeException.user(
                            "Cannot select by '%s'".formatted(method),
                            "Use fqn, path, file, tag, config.…, source, exposure, package, resource_type,"
                                    + " test_name, test_type, unit_test, group, access, version, state, result, source_status,"
                                    + " domain, kind or selector");
        };
    }

    private String own() {
        return graph.nodes().stream().findFirst().map(Node::owner).orElse("");
    }

    private static String orNone(String text) {
        return text.isEmpty() ? "none" : text;
    }

    private Set<String> typed(Resource.Type type, Predicate<String> matches) {
        return graph.where(node ->
                node.type() == type
                        && (matches.test(node.name())
                                || matches.test(node.owner() + "." + node.name())
                                || matches.test(String.join(".", node.path()))));
    }

    /// By its name, by `domain.name`, by a domain, or by the beginning of its path.
    private static boolean isNamed(Node node, String value, Predicate<String> matches) {
        if (matches.test(node.name()) || isVersion(node, value)) {
            return true;
        }
        boolean isDataset =
                node.dataset()
                        .filter(it ->
                                matches.test(it.toString())
                                        || matches.test(it.name())
                                        || matches.test(it.namespace()))
                        .isPresent();
        return isDataset || isPath(node.path(), value) || isPath(tail(node.path()), value);
    }

    /// One version of a model: `orders.v2` or `orders_v2`.
    private static boolean isVersion(Node node, String value) {
        String own = node.name() + "_v" + node.version().orElse("");
        return node.version().isPresent() && value.replace('.', '_').equalsIgnoreCase(own);
    }

    private static List<String> tail(List<String> path) {
        return path.subList(1, path.size());
    }

    private static boolean isPath(List<String> path, String value) {
        List<String> wanted = List.of(value.split("\\.", -1));
        if (wanted.size() > path.size() && !wanted.getLast().equals("*")) {
            return false;
        }
        for (int i = 0; i < wanted.size(); i++) {
            boolean isRest = i == wanted.size() - 1 && wanted.get(i).equals("*");
            if (isRest) {
                return true;
            }
            if (i >= path.size() || !glob(wanted.get(i)).test(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isIn(String file, String path, Predicate<String> matches) {
        String folder = path.startsWith("./") ? path.substring(2) : path;
        String open = folder.endsWith("/") ? folder : folder + "/";
        return matches.test(file)
                || file.startsWith(open)
                || file.equals(folder)
                || file.endsWith("/" + folder)
                || glob(open + "*").test(file);
    }

    private static boolean isFile(String file, Predicate<String> matches) {
        String name = file.substring(file.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        return matches.test(name) || matches.test(dot < 0 ? name : name.substring(0, dot));
    }

    /// `source`, `source.table`, or `package.source.table`, of loaded tables also by the names they have in SQL. A seed or
    /// model that a source names is it.
    private static boolean isSource(Node node, String value) {
        return (node.type() == Resource.Type.SOURCE
                        && node.dataset().stream()
                                .map(it -> List.of(node.owner(), it.namespace(), it.name()))
                                .anyMatch(path -> isCalled(path, value)))
                || Stream.of(node.fact(Node.SOURCES).split(" "))
                        .filter(name -> !name.isEmpty())
                        .anyMatch(name ->
                                isCalled(
                                        List.of((node.owner() + "." + name).split("\\.", -1)),
                                        value));
    }

    private static boolean isCalled(List<String> path, String value) {
        List<String> wanted = List.of(value.split("\\.", -1));
        int from = wanted.size() > 2 ? 0 : 1;
        for (int i = 0; i < wanted.size(); i++) {
            if (i + from >= path.size() || !glob(wanted.get(i)).test(path.get(i + from))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isTest(Node node, String value) {
        String type = node.fact("test_type");
        return switch (value) {
            case "data" -> node.type() == Resource.Type.TEST;
            case "generic", "singular", "unit" -> value.equals(type);
            case "schema" -> type.equals("generic");
            default ->
                    throw AdeException.user(
                            "Cannot select tests of type '%s'".formatted(value),
                            "Use data, unit, generic or singular");
        };
    }

    private Optional<String> result(Node node) {
        return states.isPresent() ? states.get().result(node) : past.result(node.id());
    }

    private void requireFresher(String value) {
        if (states.isEmpty() || !value.equals("fresher")) {
            throw AdeException.user(
                    "Cannot select by source_status:%s%s"
                            .formatted(value, states.isEmpty() ? " without a folder" : ""),
                    "Use source_status:fresher with --state FOLDER, after ade source freshness");
        }
    }

    private boolean isInState(Node node, String value) {
        if (states.isPresent()) {
            return states.get().is(node, value);
        }
        Optional<Fingerprint> now = definitions.apply(node);
        if (now.isEmpty()) {
            return false;
        }
        Optional<Fingerprint> then = past.definition(GraphReader.dataset(node));
        return switch (value) {
            case "new" -> then.isEmpty();
            case "old" -> then.isPresent();
            case "unmodified" -> then.equals(now);
            case "modified", "modified.body", "modified.configs", "modified.relation" ->
                    !then.equals(now);
            default ->
                    throw AdeException.user(
                            "Cannot select by state:%s".formatted(value),
                            "Use state:new, state:modified, state:old or state:unmodified");
        };
    }

    private static boolean holds(
            @Nullable Object config, List<String> keys, Predicate<String> matches) {
        Object value = config;
        for (String key : keys) {
            value = value instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return switch (value) {
            case null -> false;
            case Collection<?> many -> many.stream().map(String::valueOf).anyMatch(matches);
            case Map<?, ?> map -> map.keySet().stream().map(String::valueOf).anyMatch(matches);
            default -> matches.test(value.toString());
        };
    }

    /// Wildcards of Unix file names; upper and lower case are one.
    static Predicate<String> glob(String text) {
        StringBuilder regex = new StringBuilder();
        int i = 0;
        for (String lower = text.toLowerCase(Locale.ROOT); i < lower.length(); i++) {
            char c = lower.charAt(i);
            int close = c == '[' ? lower.indexOf(']', i + 1) : -1;
            if (close > i + 1) {
                String set =
                        lower.substring(i + 1, close).replace("\\", "\\\\").replace("[", "\\[");
                regex.append('[')
                        .append(set.startsWith("!") ? "^" + set.substring(1) : set)
                        .append(']');
                i = close;
                continue;
            }
            switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        Pattern pattern = Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE);
        return candidate -> pattern.matcher(candidate).matches();
    }
}
