package dev.ade.duck;

import static dev.ade.duck.SyntaxTree.has;
import static dev.ade.duck.SyntaxTree.is;
import static dev.ade.duck.SyntaxTree.items;
import static dev.ade.duck.SyntaxTree.node;
import static dev.ade.duck.SyntaxTree.walk;

import dev.ade.spi.QueryDifference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells whether a query only gives more columns than it did. It says so only where nothing else can have become
/// another: rows, and the values of the columns that were there.
///
/// Columns may come in the outermost SELECT and in the SELECTs that feed it (CTEs and subqueries in FROM), but not
/// where their coming changes rows: under DISTINCT, GROUP BY ALL, set operations and natural joins.
final class Differences {
    private static final Set<String> ROW_MAKERS = Set.of("unnest", "unlist");

    private final Set<String> before = new HashSet<>();
    private final Map<?, ?> tree;
    private boolean isNested;

    private Differences(Map<?, ?> tree) {
        this.tree = tree;
        walk(tree, this::rememberUnqualified);
    }

    private void rememberUnqualified(Map<?, ?> node) {
        List<?> path = items(node, "column_names");
        if (path.size() == 1) {
            before.add(path.getFirst().toString());
        }
    }

    static QueryDifference between(Map<?, ?> before, Map<?, ?> after) {
        if (before.equals(after)) {
            return QueryDifference.NONE;
        }
        Differences differences = new Differences(before);
        boolean isAdditive =
                differences.isQueryAdditive(query(before), query(after))
                        && (!differences.isNested || differences.isStarSafe());
        return isAdditive ? QueryDifference.ADDITIVE : QueryDifference.OTHER;
    }

    private static Map<?, ?> query(Map<?, ?> tree) {
        List<?> statements = items(tree, "statements");
        return statements.size() == 1 && statements.getFirst() instanceof Map<?, ?> statement
                ? node(statement, "node")
                : Map.of();
    }

    private boolean isQueryAdditive(Map<?, ?> old, Map<?, ?> now) {
        return is(old, "type", "SELECT_NODE")
                && areOthersEqual(old, now, Set.of("cte_map", "select_list", "from_table"))
                && isListAdditive(old, now)
                && areCtesAdditive(node(old, "cte_map"), node(now, "cte_map"))
                && isSourceAdditive(node(old, "from_table"), node(now, "from_table"));
    }

    private static boolean areOthersEqual(Map<?, ?> old, Map<?, ?> now, Set<String> except) {
        Set<Object> keys = new HashSet<>(old.keySet());
        keys.addAll(now.keySet());
        keys.removeAll(except);
        return keys.stream().allMatch(key -> Objects.equals(old.get(key), now.get(key)));
    }

    private boolean isListAdditive(Map<?, ?> old, Map<?, ?> now) {
        List<?> was = items(old, "select_list");
        List<?> is = items(now, "select_list");
        if (was.equals(is)) {
            return true;
        }
        List<Object> added = new ArrayList<>(is);
        boolean atEnd = was.size() <= is.size() && was.equals(is.subList(0, was.size()));
        int from = 0;
        for (Object item : was) {
            int at = added.subList(from, added.size()).indexOf(item);
            if (at < 0) {
                return false;
            }
            added.remove(from + at);
            from += at;
        }
        return mayTakeColumns(old, atEnd)
                && added.stream()
                        .allMatch(item -> item instanceof Map<?, ?> one && isHarmless(one, was));
    }

    /// Whether more columns leave the rows of a SELECT alone.
    private static boolean mayTakeColumns(Map<?, ?> select, boolean atEnd) {
        List<?> modifiers = items(select, "modifiers");
        List<?> groups = items(select, "group_expressions");
        boolean countsPlaces = has(groups, "kind", "INTEGER") || has(modifiers, "kind", "INTEGER");
        return !has(modifiers, "type", "DISTINCT_MODIFIER")
                && !has(modifiers, "class", "STAR")
                && !is(select, "aggregate_handling", "FORCE_AGGREGATES")
                && (atEnd || !countsPlaces);
    }

    private boolean isHarmless(Map<?, ?> item, List<?> others) {
        Optional<String> name = name(item);
        boolean isTaken =
                name.isEmpty()
                        || before.contains(name.get())
                        || others.stream()
                                .anyMatch(other ->
                                        other instanceof Map<?, ?> one && name(one).equals(name));
        boolean mayCount = !has(others, "class", "COLUMN_REF") && !has(others, "class", "STAR");
        boolean[] makesRows = {mayCount && has(item, "class", "FUNCTION")};
        walk(
                item,
                node ->
                        makesRows[0] |=
                                node.get("function_name") instanceof String function
                                        && ROW_MAKERS.contains(function));
        return !isTaken && !makesRows[0] && !is(item, "class", "STAR");
    }

    private static Optional<String> name(Map<?, ?> item) {
        if (item.get("alias") instanceof String alias && !alias.isEmpty()) {
            return Optional.of(alias.toLowerCase(java.util.Locale.ROOT));
        }
        List<?> path = items(item, "column_names");
        return path.isEmpty() ? Optional.empty() : Optional.of(path.getLast().toString());
    }

    private boolean areCtesAdditive(Map<?, ?> old, Map<?, ?> now) {
        List<?> was = items(old, "map");
        for (Object one : items(now, "map")) {
            Map<?, ?> cte = (Map<?, ?>) one;
            Optional<Map<?, ?>> earlier = find(was, cte.get("key"));
            boolean isFine =
                    earlier.isPresent()
                            ? isCteAdditive(node(earlier.get(), "value"), node(cte, "value"))
                            : !has(
                                    tree,
                                    "table_name",
                                    String.valueOf(cte.get("key"))
                                            .toLowerCase(java.util.Locale.ROOT));
            if (!isFine) {
                return false;
            }
        }
        return was.stream()
                .allMatch(one -> find(items(now, "map"), ((Map<?, ?>) one).get("key")).isPresent());
    }

    private static Optional<Map<?, ?>> find(List<?> ctes, @Nullable Object key) {
        for (Object cte : ctes) {
            if (cte instanceof Map<?, ?> one && Objects.equals(one.get("key"), key)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    private boolean isCteAdditive(Map<?, ?> old, Map<?, ?> now) {
        if (old.equals(now)) {
            return true;
        }
        isNested = true;
        return areOthersEqual(old, now, Set.of("query_node"))
                && items(old, "aliases").isEmpty()
                && isQueryAdditive(node(old, "query_node"), node(now, "query_node"));
    }

    private boolean isSourceAdditive(Map<?, ?> old, Map<?, ?> now) {
        if (old.equals(now)) {
            return true;
        }
        isNested = true;
        return switch (String.valueOf(old.get("type"))) {
            case "JOIN" ->
                    areOthersEqual(old, now, Set.of("left", "right"))
                            && isSourceAdditive(node(old, "left"), node(now, "left"))
                            && isSourceAdditive(node(old, "right"), node(now, "right"));
            case "SUBQUERY" ->
                    areOthersEqual(old, now, Set.of("subquery"))
                            && items(old, "column_name_alias").isEmpty()
                            && isQueryAdditive(
                                    node(node(old, "subquery"), "node"),
                                    node(node(now, "subquery"), "node"));
            default -> false;
        };
    }

    /// Whether columns that come from within can only become columns.
    private boolean isStarSafe() {
        boolean[] isSafe = {!has(tree, "ref_type", "NATURAL") && !has(tree, "type", "PIVOT")};
        walk(
                tree,
                node -> {
                    boolean isChoosy =
                            is(node, "type", "SET_OPERATION_NODE")
                                    || is(node, "aggregate_handling", "FORCE_AGGREGATES")
                                    || has(items(node, "modifiers"), "type", "DISTINCT_MODIFIER");
                    Object columns =
                            is(node, "type", "SET_OPERATION_NODE")
                                    ? node
                                    : items(node, "select_list");
                    isSafe[0] &= !(isChoosy && has(columns, "class", "STAR"));
                });
        return isSafe[0];
    }
}
