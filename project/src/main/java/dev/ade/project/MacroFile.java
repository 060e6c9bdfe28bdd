package dev.ade.project;

import dev.ade.jinja.Definition;
import dev.ade.jinja.Syntax;
import dev.ade.jinja.Template;
import dev.ade.model.Fingerprint;
import dev.ade.project.ProjectFiles.ProjectFile;
import java.util.List;
import java.util.Set;

/// A file that defines macros.
///
/// @param text hash of it
/// @param names that are read in it
record MacroFile(
        ProjectFile file, Fingerprint text, List<Definition> definitions, Set<String> names) {
    static MacroFile parse(ProjectFile file, String text) {
        Template template = Template.parse(file.path(), text, Syntax.DBT);
        return new MacroFile(file, Fingerprint.of(text), template.definitions(), template.names());
    }
}
