package dev.ade.run;

import dev.ade.model.Fingerprint;
import dev.ade.model.Schema;
import dev.ade.model.TableName;
import dev.ade.spi.Compiler;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Draft;
import dev.ade.spi.LakeView;
import dev.ade.spi.Relation;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A project seen from what is published.
///
/// @param compiled the project, with the published definition wherever a model means the same
/// @param kept definitions whose rows stay, of models whose query changed
/// @param decisions about history, by dataset
/// @param former what renamed datasets are published as, by what the project calls them
public record Settled(
        Compiler.CompiledProject compiled,
        Map<TableName, Set<Fingerprint>> kept,
        List<Decision> decisions,
        Map<TableName, TableName> former) {
    public Settled {
        kept = Map.copyOf(kept);
        decisions = List.copyOf(decisions);
        former = Map.copyOf(former);
    }

    /// What is published, under the project's names.
    public LakeView view(LakeView published) {
        return RenamedView.of(published, former);
    }

    /// Renames what was renamed in the project, in views that read it too.
    public void rename(Draft draft) {
        former.forEach((name, before) -> {
            TableName identity = draft.state(before).map(Versions::identity).orElse(before);
            draft.move(before, name);
            draft.annotate(name, Map.of(Versions.IDENTITY, identity.toString()));
            draft.keep(name);
        });
        if (!former.isEmpty()) {
            draft.states().stream()
                    .filter(state -> state.kind() == DatasetState.Kind.VIEW)
                    .forEach(state -> renameWithin(state, draft));
        }
    }

    private void renameWithin(DatasetState state, Draft draft) {
        if (draft.find(state.name()).orElse(null)
                instanceof Relation.ViewRelation(String sql, Schema schema)) {
            String renamed = Renames.inNewNames(sql, former);
            if (!renamed.equals(sql)) {
                draft.commitView(
                        state.name(),
                        renamed,
                        schema,
                        new Draft.Stamp(state.version(), state.definition(), state.properties()));
                draft.keep(state.name());
            }
        }
    }
}
