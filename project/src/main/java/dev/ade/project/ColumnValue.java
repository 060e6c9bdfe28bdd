package dev.ade.project;

import dev.ade.jinja.Arguments;
import dev.ade.jinja.Attributes;
import dev.ade.jinja.Callable;
import dev.ade.jinja.None;
import dev.ade.jinja.Python;
import dev.ade.jinja.Undefined;
import dev.ade.model.Sql;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A column of a relation as templates see it: dbt's `Column`.
///
/// @param dtype its type without length or precision
/// @param size characters of a text, precision and scale of a decimal; may be empty
record ColumnValue(String name, String dtype, List<Long> size) implements Attributes {
    private static final List<String> TEXTS =
            List.of("text", "character varying", "character", "varchar", "string", "char");
    private static final List<String> INTEGERS =
            List.of(
                    "tinyint",
                    "smallint",
                    "integer",
                    "bigint",
                    "hugeint",
                    "utinyint",
                    "usmallint",
                    "uinteger",
                    "ubigint",
                    "int",
                    "int2",
                    "int4",
                    "int8",
                    "serial",
                    "bigserial");
    private static final List<String> FLOATS =
            List.of("real", "float", "float4", "float8", "double", "double precision");
    private static final List<String> NUMERICS = List.of("numeric", "decimal", "number");

    ColumnValue {
        size = List.copyOf(size);
    }

    /// From a type as SQL writes it: `DECIMAL(18,3)`.
    static ColumnValue of(String name, String type) {
        int open = type.indexOf('(');
        String base = open < 0 ? type : type.substring(0, open);
        if (open < 0 || !type.endsWith(")") || !isSized(base)) {
            return new ColumnValue(name, type, List.of());
        }
        List<Long> size =
                List.of(type.substring(open + 1, type.length() - 1).split(",")).stream()
                        .map(part -> Long.valueOf(part.strip()))
                        .toList();
        return new ColumnValue(name, base.strip(), size);
    }

    private static boolean isSized(String base) {
        String word = base.strip().toLowerCase(Locale.ROOT);
        return TEXTS.contains(word) || NUMERICS.contains(word);
    }

    /// `api.Column(name, type, …)`, and the functions of the class itself.
    static final class Maker implements Callable, Attributes {
        @Override
        public Object call(Arguments arguments) {
            arguments.allow("column", "dtype", "char_size", "numeric_precision", "numeric_scale");
            String name = Python.text(arguments.require(0, "column"));
            String type = Python.text(arguments.require(1, "dtype"));
            List<Object> sizes =
                    java.util.stream.Stream.of(
                                    arguments.get(2, "char_size", None.NONE),
                                    arguments.get(3, "numeric_precision", None.NONE),
                                    arguments.get(4, "numeric_scale", None.NONE))
                            .filter(size -> size != None.NONE)
                            .toList();
            return new ColumnValue(
                    name, type, sizes.stream().map(size -> Long.valueOf(size.toString())).toList());
        }

        @Override
        public Object attribute(String name) {
            return switch (name) {
                case "create" ->
                        (Callable)
                                arguments ->
                                        of(
                                                Python.text(arguments.require(0, "name")),
                                                translated(
                                                        Python.text(
                                                                arguments.require(
                                                                        1, "label_or_dtype"))));
                case "translate_type" ->
                        (Callable)
                                arguments -> translated(Python.text(arguments.require(0, "dtype")));
                case "string_type" ->
                        (Callable)
                                arguments ->
                                        "character varying(%s)"
                                                .formatted(arguments.get(0, "size", 256L));
                case "numeric_type" -> (Callable) ColumnValue::numericType;
                case "TYPE_LABELS" -> Map.of();
                default -> new Undefined(name, "Column has no attribute '" + name + "'");
            };
        }
    }

    private static Object numericType(Arguments arguments) {
        String type = Python.text(arguments.require(0, "dtype"));
        Object precision = arguments.get(1, "precision", None.NONE);
        Object scale = arguments.get(2, "scale", None.NONE);
        return precision == None.NONE || scale == None.NONE
                ? type
                : "%s(%s,%s)".formatted(type, precision, scale);
    }

    /// Names of types that dbt writes the same for every database.
    static String translated(String type) {
        return switch (type.toUpperCase(Locale.ROOT)) {
            case "STRING" -> "TEXT";
            default -> type;
        };
    }

    @Override
    public Object attribute(String attribute) {
        return switch (attribute) {
            case "name", "column" -> name;
            case "quoted" -> Sql.quote(name);
            case "dtype" -> dtype;
            case "data_type" -> dataType();
            case "char_size" -> isString() && !size.isEmpty() ? size.getFirst() : None.NONE;
            case "numeric_precision" ->
                    isNumeric() && !size.isEmpty() ? size.getFirst() : None.NONE;
            case "numeric_scale" -> isNumeric() && size.size() > 1 ? size.getLast() : None.NONE;
            case "is_string" -> (Callable) _ -> isString();
            case "is_number" -> (Callable) _ -> isNumeric() || is(INTEGERS) || is(FLOATS);
            case "is_numeric" -> (Callable) _ -> isNumeric();
            case "is_integer" -> (Callable) _ -> is(INTEGERS);
            case "is_float" -> (Callable) _ -> is(FLOATS);
            case "string_size" -> (Callable) _ -> size.isEmpty() ? 256L : size.getFirst();
            case "can_expand_to" -> (Callable) _ -> false;
            case "literal" ->
                    (Callable)
                            arguments ->
                                    "%s::%s"
                                            .formatted(
                                                    Python.text(arguments.require(0, "value")),
                                                    dataType());
            case "flatten" -> (Callable) _ -> List.of(this);
            default -> new Maker().attribute(attribute);
        };
    }

    private String dataType() {
        return size.isEmpty()
                ? dtype
                : dtype + "(" + String.join(",", size.stream().map(String::valueOf).toList()) + ")";
    }

    private boolean is(List<String> types) {
        return types.contains(dtype.toLowerCase(Locale.ROOT));
    }

    private boolean isString() {
        return is(TEXTS);
    }

    private boolean isNumeric() {
        return is(NUMERICS);
    }

    @Override
    public String toString() {
        return "<Column %s (%s)>".formatted(name, dataType());
    }
}
