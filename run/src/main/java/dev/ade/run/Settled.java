package dev.ade.run;

import dev.ade.model.Fingerprint;
import dev.ade.model.TableName;
import dev.ade.spi.Compiler;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A project seen from what is published.
///
/// @param compiled the project, with the published definition wherever a model means the same
/// @param kept definitions whose rows stay, of models whose query changed
/// @param decisions about history, by dataset
public record Settled(
        Compiler.CompiledProject compiled,
        Map<TableName, Set<Fingerprint>> kept,
        List<Decision> decisions) {
    public Settled {
        kept = Map.copyOf(kept);
        decisions = List.copyOf(decisions);
    }
}
