package dev.ade.project;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The target of `profiles.yml`, where a project has one. ADE keeps data in its own storage, so of a target it only
/// takes what templates may ask of it.
final class Profile {
    private static final List<String> SECRETS =
            List.of("pass", "password", "token", "secret", "key", "credential", "settings");

    private Profile() {}

    /// @param dbt of the project
    /// @param chosen name of the target wanted, if the file has one of that name
    static Map<String, Object> target(
            Optional<Section> file, DbtProject dbt, String chosen, List<String> warnings) {
        Optional<Section> profile =
                dbt.profile().flatMap(name -> file.flatMap(section -> section.section(name)));
        Optional<Section> outputs = profile.flatMap(one -> one.section("outputs"));
        Optional<Section> output =
                outputs.flatMap(all -> all.section(chosen))
                        .or(() ->
                                profile.flatMap(one -> one.text("target"))
                                        .flatMap(
                                                name -> outputs.flatMap(all -> all.section(name))));
        Map<String, Object> target = new LinkedHashMap<>();
        output.ifPresent(section -> copy(section, target, warnings));
        return target;
    }

    private static void copy(Section section, Map<String, Object> target, List<String> warnings) {
        for (String key : section.keys()) {
            boolean isSecret = SECRETS.stream().anyMatch(key::contains);
            @Nullable Object value = isSecret ? null : section.plain(key).orElse(null);
            if (value != null) {
                target.put(key, Values.jinja(value));
            }
        }
        String type = section.text("type").orElse("duckdb");
        if (!type.equals("duckdb")) {
            warnings.add(
                    "%s: this target is of type %s; ADE keeps data in its own storage and runs the SQL of DuckDB, macros find duckdb__… or default__…"
                            .formatted(section.location(), type));
        }
    }
}
