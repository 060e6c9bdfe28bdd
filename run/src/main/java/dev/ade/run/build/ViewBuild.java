package dev.ade.run.build;

import dev.ade.model.Intervals;
import dev.ade.model.Schema;
import dev.ade.spi.Compiler.Situation;
import dev.ade.spi.Draft;
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
        try (Sessions.Lease lease = context.sessions().open(context.draft())) {
            Schema schema = lease.session().describe(sql);
            context.draft().commitView(context.model().name(), sql, schema, stamp);
        }
        return new Built(
                Optional.empty(), List.of(), Built.Coverage.ALL, 0, Intervals.ALWAYS, List.of());
    }
}
