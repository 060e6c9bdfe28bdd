package dev.ade.ingest.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a value is in another: `paging.next`, `items[0].id`, `data[-1].id` (from the end).
record JsonPath(List<Step> steps) {
    private static final Pattern STEP = Pattern.compile("\\.?([^.\\[\\]]+)|\\[(-?\\d{1,9})]");

    sealed interface Step {
        record Field(String name) implements Step {}

        record Index(int place) implements Step {}
    }

    JsonPath {
        steps = List.copyOf(steps);
    }

    /// @return empty where `text` is no path
    static Optional<JsonPath> parse(String text) {
        List<Step> steps = new ArrayList<>();
        Matcher step = STEP.matcher(text);
        int end = 0;
        while (step.find() && step.start() == end) {
            steps.add(
                    step.group(1) != null
                            ? new Step.Field(step.group(1))
                            : new Step.Index(Integer.parseInt(step.group(2))));
            end = step.end();
        }
        return end == text.length() && !text.startsWith(".")
                ? Optional.of(new JsonPath(steps))
                : Optional.empty();
    }

    Optional<Json> find(Json from) {
        Optional<Json> found = Optional.of(from);
        for (Step step : steps) {
            found = found.flatMap(value -> next(value, step));
        }
        return found;
    }

    private static Optional<Json> next(Json value, Step step) {
        return switch (step) {
            case Step.Field(String name) ->
                    value instanceof Json.Obj(var fields)
                            ? Optional.ofNullable(fields.get(name))
                            : Optional.empty();
            case Step.Index(int place) ->
                    value instanceof Json.Arr(var items) ? item(items, place) : Optional.empty();
        };
    }

    private static Optional<Json> item(List<Json> items, int place) {
        int index = place < 0 ? items.size() + place : place;
        return index >= 0 && index < items.size()
                ? Optional.of(items.get(index))
                : Optional.empty();
    }
}
