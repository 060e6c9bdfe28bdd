package dev.ade.project;

import dev.ade.model.Freshness;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How fresh a source table has to be: each limit is that of the table, or else of its source, as dbt merges them.
/// A limit that is `null` at the table takes away that of the source; so does `freshness: null` with all of them.
///
/// @param levels what is said, the nearest first
/// @param isNone whether the table wants none
record SourceFreshness(List<Section> levels, boolean isNone, Optional<String> loadedAt) {
    private static final String FRESHNESS = "freshness";

    static SourceFreshness of(Section source, Section table) {
        List<Section> places = Stream.of(table, source).flatMap(SourceFreshness::places).toList();
        boolean isNone =
                places(table)
                        .anyMatch(
                                place -> place.has(FRESHNESS) && place.value(FRESHNESS).isEmpty());
        return new SourceFreshness(
                places.stream().flatMap(place -> place.section(FRESHNESS).stream()).toList(),
                isNone,
                places.stream()
                        .flatMap(place -> place.text("loaded_at_field").stream())
                        .findFirst());
    }

    /// `config:` wins over what is said beside it.
    private static Stream<Section> places(Section section) {
        return Stream.concat(section.section("config").stream(), Stream.of(section));
    }

    /// The limits, if there are any.
    Optional<Freshness> limits() {
        if (isNone) {
            return Optional.empty();
        }
        Freshness limits = new Freshness(age("warn_after"), age("error_after"), loadedAt, filter());
        return Optional.of(limits)
                .filter(it -> it.warnAfter().isPresent() || it.errorAfter().isPresent());
    }

    /// As the manifest tells it: a limit that nobody wrote has neither count nor period.
    @Nullable Map<String, @Nullable Object> json() {
        if (isNone) {
            return null;
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("warn_after", ageJson("warn_after"));
        json.put("error_after", ageJson("error_after"));
        json.put("filter", filter().orElse(null));
        return json;
    }

    private Optional<String> filter() {
        return levels.stream().flatMap(level -> level.text("filter").stream()).findFirst();
    }

    private Optional<Section> nearest(String key) {
        return levels.stream().filter(level -> level.has(key)).findFirst();
    }

    private Optional<Duration> age(String key) {
        return nearest(key).flatMap(level -> age(level, key));
    }

    private @Nullable Map<String, @Nullable Object> ageJson(String key) {
        Optional<Section> level = nearest(key);
        if (level.isPresent() && level.get().value(key).isEmpty()) {
            return null;
        }
        return ManifestOthers.age(level.flatMap(it -> age(it, key)));
    }

    /// dbt's `{count: 2, period: day}`, or just `2 days`.
    private static Optional<Duration> age(Section freshness, String key) {
        Optional<Yaml> value = freshness.value(key);
        if (value.isPresent() && value.get() instanceof Yaml.Entries) {
            Section age = freshness.section(key).orElseThrow();
            long count = age.integer("count").orElseThrow(() -> age.missing("count"));
            String period = age.requireText("period");
            return Optional.of(age.here(() -> Amounts.unit(period, period).multipliedBy(count)));
        }
        return freshness.here(() -> freshness.text(key).map(Amounts::duration));
    }
}
