package dev.ade.run.vault;

import dev.ade.model.AdeException;
import dev.ade.model.EnvironmentName;
import dev.ade.model.Sql;
import dev.ade.model.Wording;
import dev.ade.run.environment.LastRun;
import dev.ade.run.environment.RunLogs;
import dev.ade.spi.Draft;
import dev.ade.spi.Lake;
import dev.ade.spi.Relations;
import dev.ade.spi.Session;
import dev.ade.spi.SystemTable;
import dev.ade.spi.Vault;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Writes down who reads originals as they are, and why, in `ade.vault_reads`. To be done before a byte is given out.
public final class ReadLog {
    private static final int REASON_MAX = 1_000;
    private static final String STAGED = "ade$vault_reads";

    private final VaultRoom.Parts parts;

    public ReadLog(VaultRoom.Parts parts) {
        this.parts = parts;
    }

    /// What is read: all of an original, or some of its rows.
    public record Original(Vault.Label label, String origin) {}

    /// @param what is to be done, for the message
    public static void requireReason(String reason, String what) {
        if (reason.isBlank() || reason.length() > REASON_MAX) {
            throw AdeException.user(
                    "Cannot %s: a reason of 1 to %,d characters is needed"
                            .formatted(what, REASON_MAX),
                    "Say why: --reason \"court order 12/26\"");
        }
    }

    /// @param environment whose record says so
    public void add(
            EnvironmentName environment, String command, String reason, List<Original> originals) {
        Instant now = parts.clock().instant();
        Lake.RunStart start = new Lake.RunStart(now, command, parts.user());
        SystemTable table = SystemTable.VAULT_READS;
        try (Draft draft = parts.lake().begin(environment, start);
                Session session = parts.engine().get().open(Relations.none())) {
            session.stage(
                    STAGED,
                    table.schema(),
                    originals.stream()
                            .map(it ->
                                    Arrays.<Object>asList(
                                            draft.run().number(),
                                            now,
                                            parts.user(),
                                            it.label().dataset().toString(),
                                            it.label().batch().hex(),
                                            it.origin(),
                                            reason.strip()))
                            .toList());
            draft.appendLog(
                    table.table(),
                    session.write(
                            "select * from " + Sql.quote(STAGED),
                            draft.prepareLog(table.table(), table.schema())));
            Draft.RunEnd end =
                    new Draft.RunEnd(
                            parts.clock().instant(),
                            Lake.RunState.PUBLISHED,
                            LastRun.VAULT + words(originals) + " was read");
            new RunLogs(parts.engine().get()).add(draft, end, start);
            draft.publish(end, Map.of());
        }
    }

    private static String words(List<Original> originals) {
        return originals.size() == 1
                ? originals.getFirst().label().toString()
                : "something of " + Wording.count(originals.size(), "original");
    }
}
