package dev.ade.run.forget;

import dev.ade.model.AdeException;
import dev.ade.model.Sql;
import dev.ade.run.JsonText;
import dev.ade.run.environment.LastRun;
import dev.ade.run.forget.Forgotten.Hit;
import dev.ade.run.forget.Forgotten.MarkedKey;
import dev.ade.run.forget.Forgotten.Removal;
import dev.ade.run.vault.VaultPeople;
import dev.ade.spi.Draft;
import dev.ade.spi.Lake;
import dev.ade.spi.Relations;
import dev.ade.spi.Session;
import dev.ade.spi.SystemTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What was removed, where and how it was verified: a JSON file, and rows of `ade.forgotten`. People are in it by marks
/// that join with nothing: who has the keys and the value can prove that it is theirs, nobody else can find it out.
final class Certificate {
    private static final String STAGED = "ade$forgotten";

    private final Forgetter.Parts parts;

    Certificate(Forgetter.Parts parts) {
        this.parts = parts;
    }

    Path file(String id) {
        return parts.certificates().resolve("forgotten-" + id + ".json");
    }

    void write(ForgetRequest request, Forgotten forgotten) {
        Removal removal = forgotten.removal().orElseThrow();
        save(removal.file(), JsonText.of(tree(forgotten)) + "\n");
        Lake.RunStart start =
                new Lake.RunStart(parts.clock().instant(), request.command(), parts.user());
        try (Draft draft = parts.lake().begin(request.environment(), start);
                Session session = parts.engine().open(Relations.none())) {
            SystemTable table = SystemTable.FORGOTTEN;
            session.stage(STAGED, table.schema(), rows(draft, forgotten, removal));
            draft.appendLog(
                    table.table(),
                    session.write(
                            "select * from " + Sql.quote(STAGED),
                            draft.prepareLog(table.table(), table.schema())));
            String message = "certificate " + forgotten.id();
            draft.publish(
                    new Draft.RunEnd(
                            parts.clock().instant(),
                            Lake.RunState.PUBLISHED,
                            LastRun.FORGOT + message),
                    Map.of());
        }
    }

    private static void save(Path file, String text) {
        Path draft = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            Files.createDirectories(file.resolve("..").normalize());
            Files.writeString(draft, text);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw AdeException.resource(
                            "Cannot write the certificate %s: %s".formatted(file, e.getMessage()),
                            "The rows are removed; make room and do it again")
                    .causedBy(e);
        }
    }

    private Map<String, @Nullable Object> tree(Forgotten forgotten) {
        Removal removal = forgotten.removal().orElseThrow();
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("certificate", forgotten.id());
        tree.put("forgotten_at", forgotten.at());
        tree.put("user", parts.user());
        tree.put("source", forgotten.source());
        tree.put("keys", forgotten.keys().stream().map(Certificate::tree).toList());
        tree.put("removed", forgotten.hits().stream().map(Certificate::tree).toList());
        tree.put("rows_in_old_files", forgotten.rowsInOldFiles());
        tree.put("vault", forgotten.vault().stream().map(Certificate::tree).toList());
        tree.put("not_touched", named(forgotten.untouched()));
        tree.put("runs", named(removal.runs()));
        tree.put("snapshots_removed", removal.snapshots());
        tree.put("files_removed", removal.files());
        tree.put("bytes_removed", removal.bytes());
        tree.put("tap_logs_removed", removal.tapLogs());
        tree.put(
                "verification",
                Map.of("files_scanned", removal.scanned(), "rows_left", removal.rowsLeft()));
        return tree;
    }

    private static Map<String, String> named(Map<?, ?> some) {
        Map<String, String> named = new TreeMap<>();
        some.forEach((name, value) -> named.put(String.valueOf(name), String.valueOf(value)));
        return named;
    }

    private static Map<String, Object> tree(MarkedKey key) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("column", key.column());
        tree.put("mark", key.mark());
        return tree;
    }

    private static Map<String, Object> tree(VaultPeople.Hit hit) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("dataset", hit.in().dataset());
        tree.put("batch_id", hit.in().batchId());
        tree.put("source", hit.in().source());
        hit.unsearchable()
                .ifPresentOrElse(
                        reason -> tree.put("key_destroyed", reason),
                        () -> tree.put("rows", hit.rows()));
        return tree;
    }

    private static Map<String, Object> tree(Hit hit) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("environment", hit.environment());
        tree.put("dataset", hit.dataset());
        if (!hit.column().isEmpty()) {
            tree.put("column", hit.column());
        }
        tree.put("rows", hit.rows());
        return tree;
    }

    private List<List<@Nullable Object>> rows(Draft draft, Forgotten forgotten, Removal removal) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (MarkedKey key : forgotten.keys()) {
            List<@Nullable Object> whole = begin(draft, forgotten, key);
            whole.addAll(
                    Arrays.asList(
                            null,
                            null,
                            null,
                            forgotten.rows(),
                            removal.snapshots(),
                            removal.files(),
                            removal.scanned(),
                            removal.rowsLeft()));
            rows.add(whole);
            for (Hit hit : forgotten.hits()) {
                List<@Nullable Object> row = begin(draft, forgotten, key);
                row.addAll(
                        Arrays.asList(
                                hit.environment().name(),
                                hit.dataset().toString(),
                                hit.column().isEmpty() ? null : hit.column(),
                                hit.rows(),
                                null,
                                null,
                                null,
                                null));
                rows.add(row);
            }
        }
        return rows;
    }

    private List<@Nullable Object> begin(Draft draft, Forgotten forgotten, MarkedKey key) {
        return new ArrayList<>(
                Arrays.asList(
                        draft.run().number(),
                        forgotten.id(),
                        forgotten.at(),
                        parts.user(),
                        forgotten.source().toString(),
                        key.column(),
                        key.mark()));
    }
}
