package dev.ade.project;

import dev.ade.model.AdeException;
import dev.ade.spi.Compiler.Situation;
import java.util.List;
import java.util.function.BiConsumer;

/// The models that are nothing but a query within others.
record EphemeralModels(List<ModelFile> files) {
    static EphemeralModels of(Names names) {
        return new EphemeralModels(names.models().stream().filter(ModelFile::isEphemeral).toList());
    }

    /// Learns what they refer to, also of those that no model reads. What is wrong with one is said where it is read.
    void learn(SideBySide sideBySide, Recall recall, Queries queries) {
        sideBySide.map(
                files,
                file ->
                        recall.of(
                                "learned", file, List.class, trace -> learn(file, queries, trace)));
    }

    private static List<Object> learn(ModelFile file, Queries queries, Trace trace) {
        try {
            queries.definition(file, Situation.FROM_SCRATCH, trace);
        } catch (AdeException _) {
            trace.lose();
        }
        return List.of();
    }

    /// What YAML says of each.
    void described(BiConsumer<ModelFile, Section> action) {
        files.forEach(file -> file.properties().ifPresent(section -> action.accept(file, section)));
    }
}
