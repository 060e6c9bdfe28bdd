package dev.ade.run.build;

import dev.ade.model.Model;
import dev.ade.spi.Compiler.Situation;
import dev.ade.spi.Draft;
import dev.ade.spi.FileTarget;
import dev.ade.spi.Session;
import dev.ade.spi.WrittenFile;
import java.util.List;

/// Complete replacement by what a query gives.
final class TableBuild {
    private final BuildContext context;

    TableBuild(BuildContext context) {
        this.context = context;
    }

    Built build(Draft.Stamp stamp) {
        return replace(context.compile(Situation.FROM_SCRATCH), stamp);
    }

    Built replace(String sql, Draft.Stamp stamp) {
        Model model = context.model();
        try (Sessions.Lease lease = context.sessions().open(context.draft())) {
            Session session = lease.session();
            FileTarget target =
                    context.draft().prepare(model.name(), session.describe(sql), model.layout());
            List<WrittenFile> written = session.write(sql, target, context.watcher());
            context.draft().commit(model.name(), new Draft.Change.ReplaceAll(written), stamp);
            return Built.whole(target, written);
        }
    }
}
