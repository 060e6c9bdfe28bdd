package dev.ade.run.build;

import dev.ade.spi.Compiler.Hook;
import dev.ade.spi.Cursor;
import dev.ade.spi.Relations;
import java.util.List;

/// Runs the statements of hooks that read, and hands those that prepare sessions to them.
public final class HookRun {
    private final Sessions sessions;
    private final Relations relations;

    /// @param relations what the statements see
    public HookRun(Sessions sessions, Relations relations) {
        this.sessions = sessions;
        this.relations = relations;
    }

    /// What sessions run first from now on.
    public static List<String> preparing(List<Hook> hooks) {
        return hooks.stream()
                .filter(hook -> hook.effect() == Hook.Effect.PREPARES)
                .map(Hook::sql)
                .toList();
    }

    /// What has no meaning here, in words.
    public static List<String> notes(List<Hook> hooks) {
        return hooks.stream()
                .filter(hook -> hook.effect() == Hook.Effect.NOTHING)
                .map(hook -> "hook passed over, it means nothing here: " + brief(hook.sql()))
                .toList();
    }

    private static String brief(String sql) {
        String line = sql.strip().replaceAll("\\s+", " ");
        return line.length() > 80 ? line.substring(0, 79) + "…" : line;
    }

    /// Runs what reads; what it gives is not looked at.
    public void read(List<Hook> hooks) {
        List<Hook> reading =
                hooks.stream().filter(hook -> hook.effect() == Hook.Effect.READS).toList();
        if (reading.isEmpty()) {
            return;
        }
        try (Sessions.Lease lease = sessions.open(relations)) {
            for (Hook hook : reading) {
                drain(lease, hook);
            }
        }
    }

    private static void drain(Sessions.Lease lease, Hook hook) {
        try (Cursor rows = lease.session().query(hook.sql())) {
            while (rows.next() != null) {
                // A query that fails does so while it is read.
            }
        }
    }
}
