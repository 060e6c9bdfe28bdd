package dev.ade.project;

import dev.ade.model.AdeException;
import dev.ade.model.Model;
import dev.ade.model.Project;
import dev.ade.model.SourceTable;
import dev.ade.model.TableName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// dbt's node selection: names, paths, tags and graph operators; a blank or another argument is a union, a
/// comma an intersection.
final class Selection {
    private static final Pattern SELECTOR =
            Pattern.compile("(@)?(?:(\\d*)(\\+))?([^+@]+)(?:(\\+)(\\d*))?");
    private static final int DEPTH_MAX = 1_000_000;

    private final Project project;
    private final Set<TableName> all;
    private final Map<TableName, Set<TableName>> children = new HashMap<>();

    Selection(Project project) {
        this.project = project;
        this.all = new TreeSet<>(project.models().keySet());
        all.addAll(project.sources().keySet());
        for (Model model : project.models().values()) {
            for (TableName input : model.inputs()) {
                children.computeIfAbsent(input, _ -> new HashSet<>()).add(model.name());
            }
        }
    }

    Set<TableName> select(List<String> select, List<String> exclude) {
        Set<TableName> selected = select.isEmpty() ? new TreeSet<>(all) : union(select);
        if (!exclude.isEmpty()) {
            selected.removeAll(union(exclude));
        }
        return selected;
    }

    private Set<TableName> union(List<String> selectors) {
        Set<TableName> found = new TreeSet<>();
        for (String argument : selectors) {
            for (String selector : argument.strip().split("\\s+", -1)) {
                found.addAll(intersection(selector));
            }
        }
        return found;
    }

    private Set<TableName> intersection(String selector) {
        Set<TableName> found = new TreeSet<>(all);
        for (String part : selector.split(",", -1)) {
            found.retainAll(one(part));
        }
        return found;
    }

    private Set<TableName> one(String selector) {
        Matcher matcher = SELECTOR.matcher(selector);
        if (!matcher.matches()) {
            throw AdeException.user(
                    "Cannot read selector '%s'".formatted(selector),
                    "Write a name, path or tag:…, with + for what is above or below");
        }
        Set<TableName> named = named(matcher.group(4));
        if (named.isEmpty()) {
            throw AdeException.user(
                    "Cannot select '%s': nothing is called so".formatted(selector),
                    "ade status lists datasets; use NAME, DOMAIN.NAME, DOMAIN, path:…, tag:… or source:…");
        }
        Set<TableName> found = new TreeSet<>(named);
        if (matcher.group(1) != null) {
            found.addAll(Project.reach(named, this::below, DEPTH_MAX));
            found.addAll(Project.reach(found, project::inputs, DEPTH_MAX));
        }
        if (matcher.group(3) != null) {
            found.addAll(Project.reach(named, project::inputs, depth(matcher.group(2))));
        }
        if (matcher.group(5) != null) {
            found.addAll(Project.reach(named, this::below, depth(matcher.group(6))));
        }
        return found;
    }

    private static int depth(String digits) {
        return digits.isEmpty()
                ? DEPTH_MAX
                : Integer.parseInt(digits.substring(0, Math.min(6, digits.length())));
    }

    private Set<TableName> below(TableName dataset) {
        return children.getOrDefault(dataset, Set.of());
    }

    private Set<TableName> named(String text) {
        int colon = text.indexOf(':');
        if (colon > 0) {
            return method(text.substring(0, colon), text.substring(colon + 1));
        }
        if (text.contains("/") || text.endsWith(".sql")) {
            return method("path", text);
        }
        return method("fqn", text);
    }

    private Set<TableName> method(String method, String value) {
        Pattern pattern = glob(value);
        Predicate<String> matches = text -> pattern.matcher(text).matches();
        return switch (method) {
            case "fqn" -> byName(matches);
            case "path", "file" -> where(name -> isIn(file(name), value, matches));
            case "tag" -> where(name -> tags(name).stream().anyMatch(matches));
            case "source" ->
                    where(name ->
                            isSource(name)
                                    && (matches.test(name.namespace())
                                            || matches.test(name.toString())));
            case "domain" -> where(name -> matches.test(name.namespace()));
            case "resource_type" -> where(name -> matches.test(resourceType(name)));
            case "config.materialized", "kind" -> where(name -> matches.test(kind(name)));
            default ->
                    throw AdeException.user(
                            "Cannot select by '%s'".formatted(method),
                            "Use path, file, tag, source, domain, kind, config.materialized or resource_type");
        };
    }

    private Set<TableName> byName(Predicate<String> matches) {
        return where(name ->
                matches.test(name.name())
                        || matches.test(name.toString())
                        || matches.test(name.namespace())
                        || stem(file(name)).anyMatch(matches));
    }

    private static Stream<String> stem(String file) {
        String last = file.substring(file.lastIndexOf('/') + 1);
        return last.endsWith(".sql")
                ? Stream.of(last.substring(0, last.length() - 4))
                : Stream.of();
    }

    private static boolean isIn(String file, String path, Predicate<String> matches) {
        String folder = path.startsWith("./") ? path.substring(2) : path;
        return matches.test(file)
                || file.startsWith(folder.endsWith("/") ? folder : folder + "/")
                || file.equals(folder)
                || file.endsWith("/" + folder);
    }

    private Set<TableName> where(Predicate<TableName> wanted) {
        return all.stream().filter(wanted).collect(Collectors.toSet());
    }

    private String file(TableName name) {
        Model model = project.models().get(name);
        return model != null ? model.file() : source(name).location().file();
    }

    private Set<String> tags(TableName name) {
        Model model = project.models().get(name);
        return model != null ? model.tags() : source(name).tags();
    }

    private boolean isSource(TableName name) {
        return !project.models().containsKey(name)
                && source(name).origin() == SourceTable.Origin.SOURCE;
    }

    private String resourceType(TableName name) {
        if (project.models().containsKey(name)) {
            return "model";
        }
        return isSource(name) ? "source" : "seed";
    }

    private String kind(TableName name) {
        Model model = project.models().get(name);
        return model != null ? model.kind().word() : resourceType(name);
    }

    private SourceTable source(TableName name) {
        return Objects.requireNonNull(project.sources().get(name));
    }

    private static Pattern glob(String text) {
        StringBuilder regex = new StringBuilder();
        for (char c : text.toLowerCase(Locale.ROOT).toCharArray()) {
            switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE);
    }
}
