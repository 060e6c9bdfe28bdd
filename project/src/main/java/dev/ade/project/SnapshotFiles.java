package dev.ade.project;

import dev.ade.jinja.Arguments;
import dev.ade.jinja.Definition;
import dev.ade.jinja.Syntax;
import dev.ade.jinja.Template;
import dev.ade.project.ProjectFiles.ProjectFile;
import dev.ade.project.ProjectFiles.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds snapshots: `{% snapshot %}` blocks in SQL, and those that YAML declares with a `relation`.
final class SnapshotFiles {
    private SnapshotFiles() {}

    /// @param file stands for the snapshot: its stem is the snapshot's name
    record Found(ProjectFile file, Body body) {}

    static List<Found> blocks(ProjectFile file, String text) {
        return Template.parse(file.path(), text, Syntax.DBT).definitions().stream()
                .filter(definition -> definition.tag().equals("snapshot"))
                .map(definition -> new Found(named(file, definition.name()), body(definition)))
                .toList();
    }

    /// A YAML section with `relation: ref('orders')`; without one it describes a block.
    static Optional<Found> declared(Properties.Resource resource) {
        Section section = resource.section();
        return section.text("relation")
                .map(relation -> {
                    String text = "select * from {{ %s }}".formatted(inner(relation));
                    Template template = Template.parse(section.location().file(), text, Syntax.DBT);
                    return new Found(
                            named(resource.file(), section.requireText("name")), template::render);
                });
    }

    private static String inner(String relation) {
        return relation.strip().replaceFirst("^\\{\\{", "").replaceFirst("}}$", "");
    }

    private static Body body(Definition definition) {
        return (globals, limits) ->
                definition
                        .bind(globals, limits)
                        .call(new Arguments(List.of(), Map.of()))
                        .toString();
    }

    /// dbt's path of a snapshot has the file and the snapshot.
    private static ProjectFile named(ProjectFile file, String name) {
        String within = file.within().replaceFirst("\\.[^./]*$", "");
        return new ProjectFile(
                file.owner(),
                Role.SNAPSHOT,
                file.domain(),
                file.path(),
                within + "/" + name + ".sql");
    }
}
