package dev.ade.duck.lineage;

import dev.ade.model.TableName;
import dev.ade.spi.Lineage.Input;
import dev.ade.spi.Lineage.Role;
import dev.ade.spi.Lineage.Use;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What the operators of a plan give, from the leaves up. Used once.
final class Operators {
    /// A recursive query's columns settle when its uses do: each round adds one at least.
    private static final int ROUNDS_MAX = 1_000;

    /// Those that make each row from one row or from a group of rows.
    private static final Set<String> ROW_WISE =
            Set.of(
                    "LOGICAL_GET",
                    "LOGICAL_PROJECTION",
                    "LOGICAL_FILTER",
                    "LOGICAL_AGGREGATE_AND_GROUP_BY",
                    "LOGICAL_UNNEST",
                    "LOGICAL_ORDER_BY",
                    "LOGICAL_DISTINCT",
                    "LOGICAL_UNION",
                    "LOGICAL_MATERIALIZED_CTE",
                    "LOGICAL_CTE_REF",
                    "LOGICAL_EXPRESSION_GET",
                    "LOGICAL_DUMMY_SCAN",
                    "LOGICAL_EMPTY_RESULT");

    private final Expressions expressions;
    private final Joins joins;
    private final Naming naming;
    private final Map<Integer, Slots> queries = new HashMap<>();
    private final Map<Integer, String> recursions = new HashMap<>();
    private final Set<Use> rows = new TreeSet<>();
    private boolean isRowWise = true;

    /// How a dataset's column is called in expressions.
    interface Naming {
        String column(TableName dataset, String column);
    }

    Operators(Expressions expressions, Naming naming) {
        this.expressions = expressions;
        this.joins = new Joins(expressions, this::steer);
        this.naming = naming;
    }

    /// What steers rows anywhere in the plan, once `slots` was asked for it.
    Set<Use> rows() {
        return rows;
    }

    /// Whether no row meets others or is left out for its place among them, once `slots` was asked for it.
    boolean isRowWise() {
        return isRowWise;
    }

    private void steer(Collection<Value> values, Role role) {
        rows.addAll(Value.steering(values, role));
    }

    Slots slots(Node operator) {
        String type = operator.text("type");
        isRowWise &= ROW_WISE.contains(type);
        return switch (type) {
            case "LOGICAL_GET" -> get(operator);
            case "LOGICAL_PROJECTION" -> projection(operator);
            case "LOGICAL_FILTER" -> filter(operator);
            case "LOGICAL_AGGREGATE_AND_GROUP_BY" -> aggregate(operator);
            case "LOGICAL_WINDOW" -> window(operator);
            case "LOGICAL_UNNEST" -> unnest(operator);
            case "LOGICAL_ORDER_BY", "LOGICAL_TOP_N" -> ordered(operator);
            case "LOGICAL_LIMIT" -> limited(operator);
            case "LOGICAL_SAMPLE" -> child(operator, 0);
            case "LOGICAL_DISTINCT" -> distinct(operator);
            case "LOGICAL_UNION", "LOGICAL_EXCEPT", "LOGICAL_INTERSECT" -> setOperation(operator);
            case "LOGICAL_COMPARISON_JOIN",
                    "LOGICAL_ASOF_JOIN",
                    "LOGICAL_ANY_JOIN",
                    "LOGICAL_CROSS_PRODUCT",
                    "LOGICAL_POSITIONAL_JOIN" ->
                    joins.slots(operator, child(operator, 0), child(operator, 1));
            case "LOGICAL_MATERIALIZED_CTE" -> namedQuery(operator);
            case "LOGICAL_RECURSIVE_CTE" -> recursive(operator);
            case "LOGICAL_CTE_REF" -> queryRead(operator);
            case "LOGICAL_EXPRESSION_GET" -> values(operator);
            case "LOGICAL_DUMMY_SCAN" -> Slots.made(0, List.of(Value.constant("")));
            case "LOGICAL_EMPTY_RESULT" -> constants(operator, "return_types", "bindings");
            case "LOGICAL_CHUNK_GET" -> chunk(operator);
            default -> throw new UnknownPlan("an operator %s is not understood".formatted(type));
        };
    }

    private Slots child(Node operator, int position) {
        List<Node> children = operator.list("children");
        if (children.size() <= position) {
            throw new UnknownPlan("an operator lacks an input");
        }
        return slots(children.get(position));
    }

    private Slots get(Node get) {
        Node data = get.child("function_data").orElse(new Node(Map.of()));
        return data.has("table") ? table(get, data) : tableFunction(get);
    }

    private Slots table(Node get, Node data) {
        TableName dataset = TableName.of(data.text("schema"), data.text("table"));
        List<String> names = get.texts("names");
        List<Value> values = new ArrayList<>();
        for (Node column : get.list("column_indexes")) {
            int index = column.number("index");
            // A number no column has is the row's own: rows are counted, nothing is read.
            values.add(
                    index < 0 || index >= names.size()
                            ? Value.constant("")
                            : column(dataset, names.get(index)));
        }
        return Slots.made(get.number("table_index"), values).only(get.numbers("projection_ids"));
    }

    private Value column(TableName dataset, String name) {
        return Value.column(Input.of(dataset, name), naming.column(dataset, name));
    }

    /// Each column of a table function follows from all that it is given.
    private Slots tableFunction(Node get) {
        Slots given = get.list("children").isEmpty() ? Slots.NONE : child(get, 0);
        List<Integer> passed = get.numbers("projected_input");
        List<Value> taken = new ArrayList<>();
        for (int i = 0; i < given.list().size(); i++) {
            if (!passed.contains(i)) {
                taken.add(given.at(i));
            }
        }
        steer(taken, Role.JOIN);
        List<String> names = get.texts("names");
        List<Value> made = new ArrayList<>();
        for (Node column : get.list("column_indexes")) {
            int index = column.number("index");
            String name = index >= 0 && index < names.size() ? names.get(index) : "";
            String text =
                    taken.isEmpty()
                            ? name
                            : get.function() + "(" + taken.getFirst().text().text() + ")";
            made.add(new Value(Value.through(taken, Role.TRANSFORM), Text.atom(text)));
        }
        Slots own = Slots.made(get.number("table_index"), made);
        return passed.isEmpty() ? own : own.and(given.only(passed));
    }

    private Slots projection(Node projection) {
        Slots in = child(projection, 0);
        return Slots.made(
                projection.number("table_index"),
                expressions.all(projection.list("expressions"), in));
    }

    private Slots filter(Node filter) {
        Slots in = child(filter, 0);
        steer(expressions.all(filter.list("expressions"), in), Role.FILTER);
        return in.only(filter.numbers("projection_map"));
    }

    private Slots aggregate(Node aggregate) {
        Slots in = child(aggregate, 0);
        List<Value> groups = expressions.all(aggregate.list("groups"), in);
        steer(groups, Role.GROUP);
        Slots keys = Slots.made(aggregate.number("group_index"), groups);
        Slots made =
                Slots.made(
                        aggregate.number("aggregate_index"),
                        expressions.all(aggregate.list("expressions"), in));
        int groupings =
                aggregate.map().get("grouping_functions") instanceof List<?> some ? some.size() : 0;
        List<Value> levels = new ArrayList<>();
        for (int i = 0; i < groupings; i++) {
            levels.add(Value.constant("grouping()"));
        }
        return keys.and(made).and(Slots.made(aggregate.number("groupings_index"), levels));
    }

    private Slots window(Node window) {
        Slots in = child(window, 0);
        return in.and(
                Slots.made(
                        window.number("window_index"),
                        expressions.all(window.list("expressions"), in)));
    }

    private Slots unnest(Node unnest) {
        Slots in = child(unnest, 0);
        List<Value> made = expressions.all(unnest.list("expressions"), in);
        steer(made, Role.JOIN);
        return in.and(Slots.made(unnest.number("unnest_index"), made));
    }

    private Slots ordered(Node order) {
        Slots in = child(order, 0);
        steer(expressions.orders(order, "orders", in), Role.SORT);
        return in.only(order.numbers("projection_map"));
    }

    private Slots limited(Node limit) {
        Slots in = child(limit, 0);
        for (String part : List.of("limit_val", "offset_val")) {
            limit.child(part)
                    .flatMap(value -> value.child("expression"))
                    .ifPresent(it -> steer(List.of(expressions.value(it, in)), Role.FILTER));
        }
        return in;
    }

    private Slots distinct(Node distinct) {
        Slots in = child(distinct, 0);
        steer(expressions.all(distinct.list("distinct_targets"), in), Role.GROUP);
        distinct.child("order_by")
                .ifPresent(by -> steer(expressions.orders(by, "orders", in), Role.SORT));
        return in;
    }

    private Slots setOperation(Node operation) {
        List<Slots> branches = operation.list("children").stream().map(this::slots).toList();
        boolean isUnion = operation.text("type").equals("LOGICAL_UNION");
        if (!isUnion) {
            branches.forEach(branch -> steer(branch.values(), Role.FILTER));
        }
        // What EXCEPT and INTERSECT give are rows of their first branch.
        List<Value> values = new ArrayList<>(branches.getFirst().values());
        for (Slots branch : isUnion ? branches.subList(1, branches.size()) : List.<Slots>of()) {
            for (int i = 0; i < values.size(); i++) {
                values.set(i, values.get(i).or(branch.at(i)));
            }
        }
        return Slots.made(operation.number("table_index"), values);
    }

    private Slots namedQuery(Node query) {
        queries.put(query.number("table_index"), child(query, 0));
        return child(query, 1);
    }

    private Slots queryRead(Node read) {
        Slots query = queries.get(read.number("cte_index"));
        if (query == null) {
            throw new UnknownPlan("a named query is read where none is known");
        }
        int table = read.number("table_index");
        String name = recursions.get(read.number("cte_index"));
        if (name == null) {
            return query.renamed(table, value -> value);
        }
        List<String> columns = read.texts("bound_columns");
        List<Value> named = new ArrayList<>();
        for (Value value : query.values()) {
            String column = named.size() < columns.size() ? columns.get(named.size()) : "";
            named.add(value.withText(Text.atom(name + "." + Text.name(column))));
        }
        return Slots.made(table, named);
    }

    /// Goes round until no round adds anything. In expressions the query's own columns keep their names, so that
    /// texts do not grow.
    private Slots recursive(Node query) {
        if (!query.list("key_targets").isEmpty()) {
            throw new UnknownPlan("a recursion with a key is not understood");
        }
        Slots start = child(query, 0);
        int table = query.number("table_index");
        recursions.put(table, Text.name(query.text("ctename")));
        Slots known = start;
        for (int round = 0; round < ROUNDS_MAX; round++) {
            queries.put(table, known);
            Slots step = child(query, 1);
            List<Value> next = new ArrayList<>();
            for (int i = 0; i < start.list().size(); i++) {
                Value both = known.at(i).or(step.at(i));
                next.add(both.withText(start.at(i).text().or(step.at(i).text())));
            }
            Slots after = Slots.made(table, next);
            if (uses(after).equals(uses(known))) {
                steerWhereDistinct(query, after);
                recursions.remove(table);
                return after;
            }
            known = after;
        }
        throw new UnknownPlan("a recursion does not settle");
    }

    private void steerWhereDistinct(Node query, Slots after) {
        if (!query.isTrue("union_all")) {
            steer(after.values(), Role.GROUP);
        }
    }

    private static List<Set<Use>> uses(Slots slots) {
        return slots.values().stream().map(Value::uses).toList();
    }

    /// VALUES: a column may hold what any of its rows gives.
    private Slots values(Node operator) {
        Slots in = operator.list("children").isEmpty() ? Slots.NONE : child(operator, 0);
        List<Value> columns = new ArrayList<>();
        for (List<Node> row : operator.table("expressions")) {
            List<Value> values = expressions.all(row, in);
            for (int i = 0; i < values.size(); i++) {
                if (columns.size() <= i) {
                    columns.add(values.get(i));
                } else {
                    columns.set(i, columns.get(i).or(values.get(i)));
                }
            }
        }
        return Slots.made(operator.number("table_index"), columns);
    }

    private static Slots constants(Node operator, String types, String bindings) {
        List<Slots.Slot> slots = new ArrayList<>();
        List<Node> names = operator.list(bindings);
        for (int i = 0; i < Math.max(names.size(), operator.list(types).size()); i++) {
            Node name = i < names.size() ? names.get(i) : new Node(Map.of());
            slots.add(
                    new Slots.Slot(
                            name.number("table_index"),
                            name.number("column_index"),
                            Value.constant("null")));
        }
        return new Slots(slots);
    }

    private static Slots chunk(Node operator) {
        int columns = operator.require("collection").list("types").size();
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            values.add(Value.constant("…"));
        }
        return Slots.made(operator.number("table_index"), values);
    }
}
