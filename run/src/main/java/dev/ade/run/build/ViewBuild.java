package dev.ade.run.build;

import dev.ade.model.Intervals;
import dev.ade.model.Schema;
import dev.ade.spi.Compiler.Situation;
import dev.ade.spi.Draft;
import dev.ade.spi.Relation;
import java.util.List;
import java.util.Optional;

/// A stored query.
final class ViewBuild {
    private final BuildContext context;

    ViewBuild(BuildContext context) {
        this.context = context;
    }

    Built build(Draft.Stamp stamp) {
        String sql = context.compile(Situation.FROM_SCRATCH);
        // What it reads under its own name would be what it was, and once published it could not be
        // read at all.
        Overlay relations =
                new Overlay(context.draft())
                        .with(context.model().name(), new Relation.ViewRelation(sql, Schema.of()));
        try (Sessions.Lease lease = context.sessions().open(relations)) {
            Schema schema = lease.session().describe(sql);
            context.draft().commitView(context.model().name(), sql, schema, stamp);
        }
        return new Built(
                Optional.empty(), List.of(), Built.Coverage.ALL, 0, Intervals.ALWAYS, List.of());
    }
}
