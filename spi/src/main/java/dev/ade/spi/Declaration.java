package dev.ade.spi;

import java.util.List;
import java.util.Map;

/// What a project says about a dataset. It is kept with what is published, so that a plan can tell later what
/// became another.
///
/// @param queries the model's canonical queries: of a source none, of a model that adds to its own data two
/// @param facts whatever else of the declaration matters, by keys such as `kind` and `check.NAME`
public record Declaration(List<String> queries, Map<String, String> facts) {
    public Declaration {
        queries = List.copyOf(queries);
        facts = Map.copyOf(facts);
    }
}
