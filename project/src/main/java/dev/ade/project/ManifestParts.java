package dev.ade.project;

import dev.ade.model.CheckSpec;
import dev.ade.model.Project;
import dev.ade.model.TableName;
import dev.ade.project.ProjectFiles.ProjectFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What was read of a project, as far as its manifest tells it.
///
/// @param files all that belong to it and to its packages
/// @param tests generic tests by the names of their checks
/// @param singular tests that are files, by the names of their checks
record ManifestParts(
        Basics basics,
        List<ProjectFile> files,
        Names names,
        Properties properties,
        Project project,
        Map<String, ChecksReader.Written> tests,
        Map<String, ReadProject.Singular> singular,
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

    /// What a test refers to, the dataset that it is written at last. An ephemeral model stands for itself, not for what
    /// it reads.
    Collection<TableName> read(CheckSpec check) {
        ChecksReader.Written written = tests.get(check.name());
        if (written == null) {
            return new TreeSet<>(check.inputs());
        }
        TableName tested = written.owner().dataset();
        Set<TableName> read = new TreeSet<>(names.isDataset(tested) ? check.inputs() : Set.of());
        written.arguments().values().stream()
                .map(String::valueOf)
                .filter(ReferenceText::isCall)
                .forEach(text -> read.add(ReferenceText.resolve(text, names)));
        List<TableName> ordered = new ArrayList<>(read);
        ordered.remove(tested);
        ordered.add(tested);
        return ordered;
    }

    boolean isSnapshot(ModelFile file) {
        return file.file().role() == ProjectFiles.Role.SNAPSHOT;
    }

    /// What a section says under a key, or nothing of that kind.
    static Map<?, ?> mapping(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }
}
