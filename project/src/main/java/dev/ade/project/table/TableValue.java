package dev.ade.project.table;

import dev.ade.jinja.Arguments;
import dev.ade.jinja.Attributes;
import dev.ade.jinja.Callable;
import dev.ade.jinja.None;
import dev.ade.jinja.Python;
import dev.ade.jinja.Tuple;
import dev.ade.jinja.Undefined;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/// A table of an answer: its columns and rows, and agate's ways to make smaller tables of it. Going over it goes over
/// its rows.
public final class TableValue implements Attributes, Iterable<Object> {
    private final List<Field> fields;
    private final List<List<Object>> rows;

    /// A column's name and its SQL type.
    public record Field(String name, String type) {}

    /// @param rows one value a field each
    public TableValue(List<Field> fields, List<List<Object>> rows) {
        this.fields = List.copyOf(fields);
        this.rows = rows.stream().map(List::copyOf).toList();
    }

    /// Rows as tuples, as a database driver gives them.
    public List<Object> data() {
        List<Object> data = new ArrayList<>();
        rows.forEach(row -> data.add(new Tuple(row)));
        return data;
    }

    @Override
    public Iterator<Object> iterator() {
        return rows().iterator();
    }

    private List<String> names() {
        return fields.stream().map(Field::name).toList();
    }

    @Override
    public Object attribute(String name) {
        return switch (name) {
            case "columns" -> columns();
            case "rows" -> rows();
            case "column_names" -> new Tuple(List.copyOf(names()));
            case "column_types" -> new Tuple(fields.stream().<Object>map(TypeValue::of).toList());
            case "row_names" -> None.NONE;
            case "select" -> (Callable) arguments -> select(arguments, true);
            case "exclude" -> (Callable) arguments -> select(arguments, false);
            case "limit" -> (Callable) this::limit;
            case "rename" -> (Callable) this::rename;
            case "order_by" -> (Callable) this::ordered;
            case "distinct" -> (Callable) this::distinct;
            case "where" -> (Callable) this::where;
            case "find" -> (Callable) this::find;
            case "print_table" -> (Callable) _ -> TextTable.of(names(), rows);
            case "print_csv" -> (Callable) _ -> TextTable.csv(names(), rows);
            case "print_json", "to_json" -> (Callable) _ -> json();
            case "print_structure" ->
                    (Callable) _ -> TextTable.of(List.of("column", "data_type"), structure());
            case "__len__" -> (Callable) _ -> (long) rows.size();
            default -> new Undefined(name, "a table has no attribute '" + name + "'");
        };
    }

    private List<List<Object>> structure() {
        return fields.stream().map(field -> List.<Object>of(field.name(), field.type())).toList();
    }

    private Sequence columns() {
        List<Object> columns = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            int at = i;
            columns.add(
                    new ColumnSequence(
                            fields.get(i), i, rows.stream().map(row -> row.get(at)).toList()));
        }
        return new Sequence(names(), columns);
    }

    private Sequence rows() {
        List<String> names = names();
        return new Sequence(
                List.of(), rows.stream().<Object>map(row -> new Sequence(names, row)).toList());
    }

    private Object select(Arguments arguments, boolean isKept) {
        Set<String> wanted = Set.copyOf(texts(arguments.require(0, "key")));
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            if (wanted.contains(fields.get(i).name()) == isKept) {
                places.add(i);
            }
        }
        return new TableValue(
                places.stream().map(fields::get).toList(),
                rows.stream().map(row -> places.stream().map(row::get).toList()).toList());
    }

    private static List<String> texts(Object value) {
        return value instanceof String text
                ? List.of(text)
                : Sequence.items(value).stream().map(Python::text).toList();
    }

    private Object limit(Arguments arguments) {
        int start = number(arguments.get(0, "start_or_stop", 0L));
        Object stop = arguments.get(1, "stop", None.NONE);
        int from = stop == None.NONE ? 0 : Math.min(start, rows.size());
        int to = Math.min(stop == None.NONE ? start : number(stop), rows.size());
        return new TableValue(fields, rows.subList(from, Math.max(from, to)));
    }

    private static int number(Object value) {
        return value instanceof Long number ? Math.toIntExact(Math.max(0, number)) : 0;
    }

    private Object rename(Arguments arguments) {
        Object names = arguments.get(0, "column_names", Map.of());
        List<Field> renamed = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            Object name =
                    names instanceof Map<?, ?> map
                            ? map.containsKey(field.name()) ? map.get(field.name()) : field.name()
                            : Sequence.items(names).get(i);
            renamed.add(new Field(Python.text(name), field.type()));
        }
        return new TableValue(renamed, rows);
    }

    private Object ordered(Arguments arguments) {
        UnaryOperator<Object> key = key(arguments.require(0, "key"));
        Comparator<List<Object>> order =
                (one, other) -> order(key.apply(row(one)), key.apply(row(other)));
        boolean isReverse = Python.isTrue(arguments.get(1, "reverse", false));
        return new TableValue(
                fields, rows.stream().sorted(isReverse ? order.reversed() : order).toList());
    }

    /// NULLs last, as agate has them.
    static int order(Object one, Object other) {
        boolean isNone = one == None.NONE;
        return isNone || other == None.NONE
                ? Boolean.compare(isNone, other == None.NONE)
                : Python.compare(one, other);
    }

    private Object distinct(Arguments arguments) {
        Object by = arguments.get(0, "key", None.NONE);
        UnaryOperator<Object> key = by == None.NONE ? row -> row : key(by);
        Set<Object> seen = new LinkedHashSet<>();
        return new TableValue(
                fields, rows.stream().filter(row -> seen.add(key.apply(row(row)))).toList());
    }

    private Object where(Arguments arguments) {
        UnaryOperator<Object> test = key(arguments.require(0, "test"));
        return new TableValue(
                fields, rows.stream().filter(row -> Python.isTrue(test.apply(row(row)))).toList());
    }

    private Object find(Arguments arguments) {
        UnaryOperator<Object> test = key(arguments.require(0, "test"));
        return rows.stream()
                .map(this::row)
                .filter(row -> Python.isTrue(test.apply(row)))
                .<Object>map(row -> row)
                .findFirst()
                .orElse(None.NONE);
    }

    private Sequence row(List<Object> row) {
        return new Sequence(names(), row);
    }

    /// A column's name, several, or a macro of a row.
    private static UnaryOperator<Object> key(Object wanted) {
        if (wanted instanceof Callable macro) {
            return row -> macro.call(Arguments.of(row));
        }
        List<String> names = texts(wanted);
        return names.size() == 1
                ? row -> ((Sequence) row).find(names.getFirst())
                : row ->
                        new Tuple(names.stream().map(name -> ((Sequence) row).find(name)).toList());
    }

    private String json() {
        List<Object> all = new ArrayList<>();
        for (List<Object> row : rows) {
            Map<Object, Object> one = new LinkedHashMap<>();
            for (int i = 0; i < fields.size(); i++) {
                one.put(fields.get(i).name(), TextTable.plain(row.get(i)));
            }
            all.add(one);
        }
        return Python.json(all);
    }

    @Override
    public String toString() {
        return TextTable.of(names(), rows);
    }
}
