package dev.ade.jinja;

import java.util.Set;

/// The blocks that a dialect adds to Jinja2: `{% test name(args) %}…{% endtest %}`.
///
/// @param definitionTags tags that define something under a name, as `macro` does
/// @param rawTags those whose body is text that is not parsed
public record Syntax(Set<String> definitionTags, Set<String> rawTags) {
    /// Jinja2 as it is.
    public static final Syntax PLAIN = new Syntax(Set.of(), Set.of());

    /// Jinja2 with the blocks of a dbt project.
    public static final Syntax DBT =
            new Syntax(Set.of("test", "data_test", "materialization", "snapshot"), Set.of("docs"));

    public Syntax {
        definitionTags = Set.copyOf(definitionTags);
        rawTags = Set.copyOf(rawTags);
    }

    boolean defines(String tag) {
        return definitionTags.contains(tag) || rawTags.contains(tag);
    }
}
