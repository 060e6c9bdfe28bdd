package dev.ade.ingest.rest;

import dev.ade.ingest.rest.JsonPath.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Where rows are in a page: `data.orders`, or lists in the items of a list, `data.orders[].line_items`.
///
/// @param records names that lead to the page's own list; empty for the body
/// @param nested from an item of that list to its rows, list by list; empty where the items are the rows
/// @param with values of the objects around a row that it takes along, by column
/// @param pick what a row is made of, by column; empty for all it has
record RowPath(
        List<String> records,
        List<JsonPath> nested,
        Map<String, JsonPath> with,
        Map<String, JsonPath> pick) {
    RowPath {
        records = List.copyOf(records);
        nested = List.copyOf(nested);
        with = new LinkedHashMap<>(with);
        pick = new LinkedHashMap<>(pick);
    }

    /// @return empty where `text` is no path to rows
    static Optional<RowPath> parse(
            String text, Map<String, JsonPath> with, Map<String, JsonPath> pick) {
        List<String> lists = Arrays.asList(text.split("\\[]\\.?", -1));
        List<Optional<JsonPath>> paths = lists.stream().map(JsonPath::parse).toList();
        if (paths.stream().anyMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        List<JsonPath> found = paths.stream().flatMap(Optional::stream).toList();
        List<String> records = new ArrayList<>();
        for (Step step : found.getFirst().steps()) {
            if (!(step instanceof Step.Field(String name))) {
                return Optional.empty();
            }
            records.add(name);
        }
        List<JsonPath> nested =
                found.stream().skip(1).filter(path -> !path.steps().isEmpty()).toList();
        return Optional.of(new RowPath(records, nested, with, pick));
    }

    /// The rows in an item of the page's list.
    List<Json.Obj> rows(Json item) {
        return rows(List.of(), item, nested).toList();
    }

    private Stream<Json.Obj> rows(List<Json> around, Json value, List<JsonPath> path) {
        if (path.isEmpty()) {
            return Stream.of(row(around, value));
        }
        List<Json> outer = Stream.concat(Stream.of(value), around.stream()).toList();
        List<JsonPath> rest = path.subList(1, path.size());
        return path.getFirst().find(value).stream()
                .flatMap(RowPath::items)
                .flatMap(item -> rows(outer, item, rest));
    }

    private static Stream<Json> items(Json list) {
        return switch (list) {
            case Json.Arr(List<Json> items) -> items.stream();
            case Json.Null _ -> Stream.empty();
            case Json.Obj _, Json.Text _, Json.Num _, Json.Bool _ -> Stream.of(list);
        };
    }

    private Json.Obj row(List<Json> around, Json value) {
        Json.Obj row =
                value instanceof Json.Obj object ? object : new Json.Obj(Map.of("value", value));
        Map<String, Json> fields = new LinkedHashMap<>();
        if (pick.isEmpty()) {
            fields.putAll(row.fields());
        }
        pick.forEach((name, path) -> fields.put(name, path.find(row).orElse(Json.Null.NULL)));
        with.forEach((name, path) -> fields.put(name, nearest(around, path)));
        return new Json.Obj(fields);
    }

    private static Json nearest(List<Json> around, JsonPath path) {
        return around.stream()
                .flatMap(value -> path.find(value).stream())
                .findFirst()
                .orElse(Json.Null.NULL);
    }
}
