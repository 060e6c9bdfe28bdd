package dev.ade.project;

import dev.ade.model.Fingerprint;
import dev.ade.model.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What a model is defined as, once it was rendered.
///
/// @param asks whether its query is only known at its step
record DefinedModel(Fingerprint definition, Set<TableName> inputs, boolean asks) {
    /// Hash, `asks`, then inputs.
    List<Object> plain() {
        List<Object> plain = new ArrayList<>(List.of(definition.hex(), asks));
        inputs.forEach(input -> plain.add(List.of(input.namespace(), input.name())));
        return plain;
    }

    static DefinedModel of(List<?> plain) {
        Set<TableName> inputs = new TreeSet<>();
        for (Object input : plain.subList(2, plain.size())) {
            List<?> words = (List<?>) input;
            inputs.add(
                    TableName.of(String.valueOf(words.getFirst()), String.valueOf(words.get(1))));
        }
        return new DefinedModel(
                new Fingerprint(String.valueOf(plain.getFirst())),
                inputs,
                Boolean.TRUE.equals(plain.get(1)));
    }
}
