package dev.ade.project;

import dev.ade.jinja.Globals;
import dev.ade.jinja.Limits;
import dev.ade.model.Fingerprint;
import java.util.Optional;

/// What renders to a query: a file of its own, or a block of one.
interface Body {
    String render(Globals globals, Limits limits);

    /// Its text, where it is a file.
    default Optional<String> source() {
        return Optional.empty();
    }

    /// Of its place and text, where it is a file.
    default Optional<Fingerprint> hash() {
        return Optional.empty();
    }
}
