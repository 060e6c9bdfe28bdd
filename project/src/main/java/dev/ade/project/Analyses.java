package dev.ade.project;

import dev.ade.model.Location;
import dev.ade.project.ProjectFiles.ProjectFile;
import dev.ade.project.ProjectFiles.Role;
import dev.ade.project.Rendering.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
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
            return section.map(config::with).orElse(config).with(told.config()).values();
        }

        Set<String> tags() {
            return new TreeSet<>(new Config(location(), config()).texts("tags"));
        }

        private boolean isEnabled() {
            return !Boolean.FALSE.equals(config().get("enabled"));
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
                files(parts)
                        .map(file -> analysis(file, parts))
                        .filter(Analysis::isEnabled)
                        .toList());
    }

    static Optional<Analysis> find(String file, ManifestParts parts) {
        return files(parts)
                .filter(one -> one.path().equals(file))
                .map(one -> analysis(one, parts))
                .filter(Analysis::isEnabled)
                .findFirst();
    }

    private static Stream<ProjectFile> files(ManifestParts parts) {
        return parts.files().stream().filter(file -> file.role() == Role.ANALYSIS);
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
}
