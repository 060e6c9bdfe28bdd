package dev.ade.project;

import dev.ade.model.Location;
import dev.ade.project.ProjectFiles.ProjectFile;
import dev.ade.project.ProjectFiles.Role;
import dev.ade.project.Rendering.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// dbt's analyses: queries that are compiled and never built.
record Analyses(List<Analysis> all) {
    /// One of them.
    ///
    /// @param raw its text
    /// @param told what its template comes to
    /// @param section what YAML says of it
    record Analysis(
            ProjectFile file,
            String owner,
            String raw,
            ManifestSql.Told told,
            Optional<Section> section) {
        String name() {
            return file.stem();
        }

        Location location() {
            return Location.of(file.path());
        }

        ReadProject.Singular query() {
            return singular(file, owner, raw);
        }

        /// What its file says of itself, before what YAML says.
        Map<String, @Nullable Object> config() {
            Config config = new Config(location(), Map.of());
            Map<?, ?> said =
                    ManifestParts.mapping(
                            section.flatMap(it -> it.plain("config")).orElse(Map.of()));
            Map<String, @Nullable Object> described = new LinkedHashMap<>();
            said.forEach((key, value) -> described.put(String.valueOf(key), value));
            return config.with(described).with(told.config()).values();
        }

        Set<String> tags() {
            Set<String> tags = new TreeSet<>(new Config(location(), config()).texts("tags"));
            section.ifPresent(it -> tags.addAll(it.texts("tags")));
            return tags;
        }

        /// dbt's fully qualified name.
        List<String> path() {
            List<String> path = new ArrayList<>(List.of(owner, "analysis"));
            path.addAll(file.folders());
            path.add(name());
            return path;
        }
    }

    static Analyses of(ManifestParts parts) {
        return new Analyses(
                parts.files().stream()
                        .filter(file -> file.role() == Role.ANALYSIS)
                        .map(file -> analysis(file, parts))
                        .filter(one -> !Boolean.FALSE.equals(one.config().get("enabled")))
                        .toList());
    }

    private static Analysis analysis(ProjectFile file, ManifestParts parts) {
        String owner = parts.owner(file);
        String raw = parts.basics().text(file).strip();
        return new Analysis(
                file,
                owner,
                raw,
                parts.sql().of(singular(file, owner, raw), Location.of(file.path())),
                parts.properties().analysis(file));
    }

    private static ReadProject.Singular singular(ProjectFile file, String owner, String raw) {
        return new ReadProject.Singular(
                new FileBody(file.path(), raw),
                new Place(owner, file.domain()),
                file.stem(),
                "analysis");
    }

    Optional<Analysis> find(String file) {
        return all.stream().filter(one -> one.file().path().equals(file)).findFirst();
    }
}
