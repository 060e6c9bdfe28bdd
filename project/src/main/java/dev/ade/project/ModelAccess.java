package dev.ade.project;

import java.util.Map;
import java.util.Optional;

/// Who may read a model: dbt's groups and access.
final class ModelAccess {
    private ModelAccess() {}

    /// `config:` comes before the property beside it.
    static Optional<String> group(ModelFile file) {
        return file.config()
                .text("group")
                .or(() -> file.properties().flatMap(section -> section.text("group")));
    }

    static String access(ModelFile file) {
        return file.config()
                .text("access")
                .or(() -> file.properties().flatMap(section -> section.text("access")))
                .orElse("protected");
    }

    /// What selectors ask for.
    static void facts(ModelFile file, Map<String, String> facts) {
        facts.put("access", access(file));
        group(file).ifPresent(group -> facts.put("group", group));
    }
}
