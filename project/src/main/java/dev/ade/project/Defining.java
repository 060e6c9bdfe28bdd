package dev.ade.project;

import dev.ade.model.Fingerprint;
import dev.ade.model.Kind;
import dev.ade.model.Layout;
import dev.ade.model.TableName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A model whose definition is looked for: all that its version depends on beside its text.
record Defining(ModelFile file, Kind kind, Optional<String> eventTime, Layout layout) {
    DefinedModel as(List<Queries.Defined> all) {
        List<String> texts = all.stream().map(Queries.Defined::text).collect(Collectors.toList());
        Set<TableName> inputs = union(all, Queries.Defined::inputs);
        Set<TableName> whole = new TreeSet<>();
        if (mayBeCut()) {
            whole.addAll(union(all, Queries.Defined::whole));
            whole.addAll(KindReader.wholeInputs(file.config(), inputs));
            whole.stream().map(input -> "whole " + input).forEach(texts::add);
        }
        return new DefinedModel(
                Fingerprint.of("model", kind, eventTime, layout, texts),
                inputs,
                whole,
                all.stream().anyMatch(Queries.Defined::asks));
    }

    /// Of facts and days the inputs are; of a view, where one of these reads it.
    private boolean mayBeCut() {
        return kind.intervalGrain().isPresent() || kind instanceof Kind.View;
    }

    private static Set<TableName> union(
            List<Queries.Defined> all, Function<Queries.Defined, Set<TableName>> part) {
        return all.stream()
                .flatMap(one -> part.apply(one).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
