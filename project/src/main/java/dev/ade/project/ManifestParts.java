package dev.ade.project;

import dev.ade.model.Project;
import dev.ade.model.TableName;
import dev.ade.project.ProjectFiles.ProjectFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What was read of a project, as far as its manifest tells it.
///
/// @param files all that belong to it and to its packages
/// @param tests generic tests by the names of their checks
/// @param singular tests that are files, by the names of their checks
/// @param seeds by the names of their datasets
/// @param sources under which item of `sources:` a source is declared
record ManifestParts(
        Basics basics,
        List<ProjectFile> files,
        Names names,
        Properties properties,
        Project project,
        Map<String, ChecksReader.Written> tests,
        Map<String, ReadProject.Singular> singular,
        Map<TableName, ModelFile> seeds,
        Map<TableName, Properties.Resource> sources,
        Macros macros,
        ManifestSql sql) {
    /// The same where nothing is compiled.
    ManifestParts parsed(Queries queries) {
        return new ManifestParts(
                basics,
                files,
                names,
                properties,
                project,
                tests,
                singular,
                seeds,
                sources,
                macros,
                new ManifestSql.Parsed(queries));
    }

    /// The package that a file belongs to.
    String owner(ProjectFile file) {
        return basics.owner(file).name();
    }

    /// The package that a path lies in.
    String owner(String path) {
        return basics.installed(path).map(ProjectPackage::name).orElse(basics.name());
    }

    /// A path within its package, as dbt tells it.
    String within(String path) {
        return basics.within(path);
    }

    /// A path with its package, as dbt tells where something is described.
    String patch(String path) {
        return owner(path) + "://" + within(path);
    }

    Optional<ModelVersions.Version> version(ModelFile file) {
        return properties.version(file.file().place(), file.file().stem());
    }

    boolean isSnapshot(ModelFile file) {
        return file.file().role() == ProjectFiles.Role.SNAPSHOT;
    }

    /// What a section says under a key, or nothing of that kind.
    static Map<?, ?> mapping(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }
}
