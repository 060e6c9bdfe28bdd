package dev.ade.project;

import dev.ade.jinja.Definition;
import dev.ade.jinja.None;
import dev.ade.model.TableName;
import dev.ade.project.ProjectFiles.ProjectFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// What datasets are called: by their config, or as the project's own `generate_schema_name` and
/// `generate_alias_name` say.
final class Naming {
    private final Basics basics;
    private final Macros macros;
    private final Queries queries;
    private final String namespace;

    Naming(Basics basics, Macros macros, Queries queries) {
        this.basics = basics;
        this.macros = macros;
        this.queries = queries;
        this.namespace = basics.namespace();
    }

    /// @param node what these macros are told of the file
    TableName name(ProjectFile file, Config config, Supplier<Map<Object, Object>> node) {
        return TableName.of(namespace(file, config, node), alias(file, config, node));
    }

    private String namespace(ProjectFile file, Config config, Supplier<Map<Object, Object>> node) {
        Optional<String> schema = config.text("schema");
        Optional<Definition> macro = macros.in(basics.name(), "generate_schema_name");
        if (macro.isPresent() && file.domain().isEmpty()) {
            return said(macro.get(), schema, node);
        }
        return schema.or(() -> config.text("target_schema")).or(file::domain).orElse(namespace);
    }

    private String alias(ProjectFile file, Config config, Supplier<Map<Object, Object>> node) {
        Optional<String> alias = config.text("alias");
        Optional<Definition> macro = macros.in(basics.name(), "generate_alias_name");
        return macro.isPresent() ? said(macro.get(), alias, node) : alias.orElse(file.stem());
    }

    private String said(
            Definition macro, Optional<String> custom, Supplier<Map<Object, Object>> node) {
        Object wanted = custom.<Object>map(text -> text).orElse(None.NONE);
        return queries.call(macro, List.of(wanted, node.get()), node).toString().strip();
    }
}
