package dev.ade.project;

import dev.ade.model.AdeException;
import dev.ade.model.TableName;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Who may read a model: dbt's groups and access.
final class ModelAccess {
    private static final Set<String> LEVELS = Set.of("private", "protected", "public");

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

    /// @throws AdeException where a model has a group or access that there is not, or reads a private one of another
    ///     group
    static void check(Names names, Properties properties) {
        Set<String> groups = new HashSet<>();
        properties.groups().forEach(one -> groups.add(one.section().requireText("name")));
        Set<TableName> hidden = new HashSet<>();
        for (ModelFile file : names.models()) {
            group(file).ifPresent(group -> requireGroup(file, group, groups));
            String access = access(file);
            if (!LEVELS.contains(access)) {
                throw file.config().wrong("access", "private, protected or public");
            }
            if (!access.equals("private")) {
                continue;
            }
            hidden.add(file.name());
            if (group(file).isEmpty()) {
                throw AdeException.user(
                                "Cannot keep %s private: it belongs to no group"
                                        .formatted(file.name()),
                                "Add group: … to it")
                        .at(file.config().location());
            }
        }
        if (!hidden.isEmpty()) {
            names.models().forEach(file -> requireAccess(names, file, hidden));
        }
    }

    private static void requireAccess(Names names, ModelFile file, Set<TableName> hidden) {
        names.references(file.name()).stream()
                .filter(hidden::contains)
                .forEach(read -> requireAccess(names, file, read));
    }

    private static void requireGroup(ModelFile file, String group, Set<String> groups) {
        if (!groups.contains(group)) {
            throw AdeException.user(
                            "Cannot put %s into group '%s': there is no such group"
                                    .formatted(file.name(), group),
                            "Declare it under groups: in a YAML file")
                    .at(file.config().location());
        }
    }

    private static void requireAccess(Names names, ModelFile reader, TableName read) {
        Optional<String> group = names.model(read).flatMap(ModelAccess::group);
        if (!group.equals(group(reader))) {
            throw AdeException.user(
                            "Cannot read %s in %s: it is private to group '%s'"
                                    .formatted(read, reader.name(), group.orElse("")),
                            "Put %s into that group, or make %s protected"
                                    .formatted(reader.name(), read))
                    .at(reader.config().location());
        }
    }
}
