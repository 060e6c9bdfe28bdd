package dev.ade.project;

import dev.ade.model.AdeException;
import dev.ade.model.Exposure;
import dev.ade.model.TableName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads dbt's `exposures:`.
final class ExposuresReader {
    private static final Set<String> TYPES =
            Set.of("dashboard", "notebook", "analysis", "ml", "application");

    private final Names names;
    private final List<Exposure> exposures = new ArrayList<>();

    ExposuresReader(Names names) {
        this.names = names;
    }

    List<Exposure> exposures() {
        return exposures;
    }

    void read(Properties.Resource resource) {
        Section section = resource.section();
        String name = section.requireText("name");
        if (exposures.stream().anyMatch(other -> other.name().equals(name))) {
            throw AdeException.user(
                            "Cannot declare exposure %s twice".formatted(name),
                            "Rename one of them")
                    .at(section.location());
        }
        Optional<Section> config = section.section("config");
        if (!config.flatMap(one -> one.flag("enabled")).orElse(true)) {
            return;
        }
        String type = section.requireText("type");
        if (!TYPES.contains(type)) {
            throw section.wrong(
                    "type", "one of " + String.join(", ", TYPES.stream().sorted().toList()));
        }
        Set<String> tags = new HashSet<>(section.texts("tags"));
        config.ifPresent(one -> tags.addAll(one.texts("tags")));
        exposures.add(
                new Exposure(
                        name,
                        section.text("label").orElse(name),
                        type,
                        section.text("url"),
                        owner(section),
                        inputs(section),
                        tags,
                        section.text("description").orElse(""),
                        section.location()));
        section.ignore("maturity", "meta", "enabled");
        section.done("an exposure");
    }

    private static Optional<String> owner(Section section) {
        Optional<Section> owner = section.section("owner");
        return owner.flatMap(one -> one.text("name"))
                .or(() -> owner.flatMap(one -> one.text("email")));
    }

    private Set<TableName> inputs(Section section) {
        Set<TableName> inputs = new HashSet<>();
        for (String input : section.texts("depends_on")) {
            inputs.add(section.here(() -> ReferenceText.resolve(input, names)));
        }
        return inputs;
    }
}
