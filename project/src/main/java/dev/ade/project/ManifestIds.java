package dev.ade.project;

import dev.ade.model.CheckSpec;
import dev.ade.model.TableName;
import dev.ade.model.UnitTest;
import dev.ade.project.manifest.TestName;
import dev.ade.project.manifest.TestName.Target;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// dbt's `unique_id` of everything in a project.
final class ManifestIds {
    private final ManifestParts parts;
    private final Map<TableName, String> datasets = new HashMap<>();
    private final Map<TableName, Target> targets = new HashMap<>();

    ManifestIds(ManifestParts parts) {
        this.parts = parts;
        parts.names().models().forEach(this::model);
        parts.names().seeds().forEach(this::seed);
        parts.names().sourceItems().forEach(this::source);
    }

    private void seed(ModelFile file) {
        datasets.put(file.name(), id("seed", parts.owner(file.file()), file.file().stem()));
        targets.put(file.name(), Target.of(file.file().stem()));
    }

    private void model(ModelFile file) {
        Optional<ModelVersions.Version> version = parts.version(file);
        String type = parts.isSnapshot(file) ? "snapshot" : "model";
        String plain = version.map(ModelVersions.Version::model).orElse(file.file().stem());
        String name = plain + version.map(it -> ".v" + it.version()).orElse("");
        datasets.put(file.name(), id(type, parts.owner(file.file()), name));
        targets.put(
                file.name(),
                version.map(it -> Target.of(plain, it.version())).orElse(Target.of(plain)));
    }

    private void source(SourceItem source) {
        datasets.putIfAbsent(source.name(), of(source));
        targets.putIfAbsent(source.name(), Target.ofSource(source.source(), source.table()));
    }

    String of(SourceItem source) {
        String owner = parts.owner(source.properties().location().file());
        return id("source", owner, source.toString());
    }

    static String id(String type, String owner, String name) {
        return type + "." + owner + "." + name;
    }

    Optional<String> of(TableName dataset) {
        return Optional.ofNullable(datasets.get(dataset));
    }

    Optional<String> of(CheckSpec check) {
        ChecksReader.Written written = parts.tests().get(check.name());
        if (written != null) {
            return Optional.of(name(written).id(written.owner().place()));
        }
        ReadProject.Singular file = parts.singular().get(check.name());
        return Optional.ofNullable(file)
                .map(it -> id("test", it.place().owner(), it.name()))
                .or(() -> unit(check));
    }

    /// Results of unit tests come as those of checks of the same name and place.
    private Optional<String> unit(CheckSpec check) {
        return parts.project().unitTests(check.dataset()).stream()
                .filter(test ->
                        test.name().equals(check.name())
                                && test.location().equals(check.location()))
                .findFirst()
                .map(this::of);
    }

    String of(UnitTest test) {
        String model = of(test.model()).orElseGet(() -> id("model", "", test.model().name()));
        String rest = model.substring(model.indexOf('.', model.indexOf('.') + 1) + 1);
        return id("unit_test", parts.owner(test.location().file()), rest + "." + test.name());
    }

    /// What a generic test is called.
    TestName name(ChecksReader.Written written) {
        TableName dataset = written.owner().dataset();
        Target target = targets.getOrDefault(dataset, Target.of(dataset.name()));
        return new TestName(written.word(), target, written.arguments(), written.given());
    }
}
