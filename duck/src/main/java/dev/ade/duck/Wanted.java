package dev.ade.duck;

import dev.ade.spi.Relations;
import java.util.ArrayList;
import java.util.List;

/// What a query needs to have bound before it can run, found out without an engine.
///
/// @param names that it reads, with those that views among them read
/// @param statements that bind them
record Wanted(Names names, List<String> statements) {
    static Wanted of(Relations relations, References references) {
        List<String> statements = new ArrayList<>();
        return new Wanted(new Names(relations, references, statements::add), statements);
    }
}
