package dev.ade.project;

import dev.ade.model.Fingerprint;
import dev.ade.model.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What a model is defined as, once it was rendered.
///
/// @param whole of its inputs, those that it sees whole
/// @param asks whether its query is only known at its step
record DefinedModel(
        Fingerprint definition, Set<TableName> inputs, Set<TableName> whole, boolean asks) {
    /// Hash, `asks`, then inputs, each with whether it is seen whole.
    List<Object> plain() {
        List<Object> plain = new ArrayList<>(List.of(definition.hex(), asks));
        inputs.forEach(input ->
                plain.add(List.of(input.namespace(), input.name(), whole.contains(input))));
        return plain;
    }

    static DefinedModel of(List<?> plain) {
        Set<TableName> inputs = new TreeSet<>();
        Set<TableName> whole = new TreeSet<>();
        for (Object input : plain.subList(2, plain.size())) {
            List<?> words = (List<?>) input;
            TableName name =
                    TableName.of(String.valueOf(words.getFirst()), String.valueOf(words.get(1)));
            inputs.add(name);
            if (Boolean.TRUE.equals(words.get(2))) {
                whole.add(name);
            }
        }
        return new DefinedModel(
                new Fingerprint(String.valueOf(plain.getFirst())),
                inputs,
                whole,
                Boolean.TRUE.equals(plain.get(1)));
    }
}
