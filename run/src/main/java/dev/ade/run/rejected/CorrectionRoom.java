package dev.ade.run.rejected;

import dev.ade.model.AdeException;
import dev.ade.model.EnvironmentName;
import dev.ade.model.Fingerprint;
import dev.ade.model.TableName;
import dev.ade.model.Wording;
import dev.ade.run.environment.LastRun;
import dev.ade.run.environment.RunLogs;
import dev.ade.run.rejected.KeptRows.State;
import dev.ade.run.vault.ReadLog;
import dev.ade.run.vault.SealedCorrections;
import dev.ade.run.vault.VaultRoom;
import dev.ade.spi.Batch;
import dev.ade.spi.CorrectedFile;
import dev.ade.spi.Correction;
import dev.ade.spi.Draft;
import dev.ade.spi.Lake;
import dev.ade.spi.LakeView;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What people may do with corrections that are kept: see which there are, and withdraw them.
public final class CorrectionRoom {
    private final VaultRoom.Parts parts;
    private final LakeView view;

    /// @param view what is published
    public CorrectionRoom(VaultRoom.Parts parts, LakeView view) {
        this.parts = parts;
        this.view = view;
    }

    /// @param file of the dataset; all of them where it is empty
    /// @param reason why they are withdrawn
    /// @param environment whose record says so
    public record Withdrawal(
            TableName dataset,
            Optional<String> file,
            String reason,
            EnvironmentName environment,
            String command) {
        public Withdrawal {
            ReadLog.requireReason(reason, "withdraw corrections");
        }
    }

    /// Of one dataset or of all; of a file in the order in which they were made.
    public List<KeptRows> list(Optional<TableName> dataset) {
        Map<TableName, Set<Fingerprint>> loaded = new HashMap<>();
        return parts.lake().vault().corrected().stream()
                .filter(file -> dataset.isEmpty() || file.dataset().equals(dataset.get()))
                .map(file -> kept(file, loaded.computeIfAbsent(file.dataset(), this::loaded)))
                .toList();
    }

    private Set<Fingerprint> loaded(TableName dataset) {
        return view.batches(dataset).stream().map(Batch::id).collect(Collectors.toSet());
    }

    private KeptRows kept(CorrectedFile file, Set<Fingerprint> loaded) {
        return new KeptRows(
                file,
                SealedCorrections.read(parts.vault(), file).stream().map(Correction::line).toList(),
                loaded.contains(file.batch()) ? State.APPLIES : State.FILE_CHANGED);
    }

    /// Destroys their keys once a run of the environment says who withdrew them and why; the next run of each loads their
    /// files as they stand. None where none are kept.
    ///
    /// @throws AdeException USER where none are kept of the file that is named
    public List<KeptRows> withdraw(Withdrawal asked) {
        List<KeptRows> going =
                list(Optional.of(asked.dataset())).stream()
                        .filter(it -> asked.file().map(it.file().origin()::equals).orElse(true))
                        .toList();
        if (going.isEmpty() && asked.file().isPresent()) {
            throw AdeException.user(
                    "Cannot withdraw corrections of %s: none are kept of %s"
                            .formatted(asked.dataset(), asked.file().get()),
                    "ade rejected corrections %s shows of which files".formatted(asked.dataset()));
        }
        if (!going.isEmpty()) {
            record(asked, going);
        }
        List<CorrectedFile> files = going.stream().map(KeptRows::file).toList();
        parts.lake().vault().withdraw(files);
        files.forEach(file -> parts.vault().remove(file.sealed().file()));
        return going;
    }

    private void record(Withdrawal asked, List<KeptRows> going) {
        Instant now = parts.clock().instant();
        Lake.RunStart start = new Lake.RunStart(now, asked.command(), parts.user());
        long rows = going.stream().mapToLong(it -> it.lines().size()).sum();
        try (Draft draft = parts.lake().begin(asked.environment(), start)) {
            Draft.RunEnd end =
                    new Draft.RunEnd(
                            parts.clock().instant(),
                            Lake.RunState.PUBLISHED,
                            LastRun.VAULT
                                    + "%s of %s withdrawn: %s"
                                            .formatted(
                                                    Wording.count(rows, "correction"),
                                                    asked.file().orElse(asked.dataset().toString()),
                                                    asked.reason().strip()));
            new RunLogs(parts.engine().get()).add(draft, end, start);
            draft.publish(end, Map.of());
        }
    }
}
