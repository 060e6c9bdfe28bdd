package dev.ade.run.rejected;

import dev.ade.model.AdeException;
import dev.ade.model.Fingerprint;
import dev.ade.model.Interval;
import dev.ade.model.LoadSpec;
import dev.ade.model.Project;
import dev.ade.model.SourceTable;
import dev.ade.model.TableName;
import dev.ade.run.RunRequest;
import dev.ade.run.vault.VaultRoom;
import dev.ade.spi.LakeView;
import dev.ade.spi.Loader;
import dev.ade.spi.Vault;
import dev.ade.spi.VaultBatch;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Asks for the files of open rejected rows to be loaded again. Their rows replace those that the same files brought, in
/// one transaction with all that follows from them: so what is accepted now lands once, however often it is asked for.
public final class Replay {
    /// Files that a message names.
    private static final int SHOWN = 3;

    private final FileSource files;
    private final Loader loader;
    private final LakeView view;
    private final List<VaultBatch> vaulted;

    /// @param vaulted what the vault holds
    public Replay(Project project, Loader loader, LakeView view, List<VaultBatch> vaulted) {
        this.files = new FileSource(project, "replay");
        this.loader = loader;
        this.view = view;
        this.vaulted = vaulted;
    }

    /// The run that replays them; empty where none is open.
    ///
    /// @param rows of the dataset
    /// @throws AdeException USER where the rows cannot be had again: ADE does not keep them
    public Optional<RunRequest> request(
            TableName dataset, List<RejectedGroup> rows, String command) {
        SourceTable source = files.source(dataset);
        List<RejectedGroup> left = rows.stream().filter(it -> it.status().isLeft()).toList();
        if (left.isEmpty()) {
            return Optional.empty();
        }
        Set<Fingerprint> batches = there(source, left);
        RunRequest run =
                new RunRequest(
                        List.of(dataset + "+"),
                        List.of(),
                        RunRequest.Refresh.CHANGED,
                        Optional.empty(),
                        command);
        return Optional.of(
                batches.isEmpty()
                        ? run
                        : run.restating(
                                new RunRequest.Restatement(dataset, Interval.ALWAYS, batches)));
    }

    /// Batches of open rows that can be read again. Those that were not loaded are new to a run by themselves.
    private Set<Fingerprint> there(SourceTable source, List<RejectedGroup> left) {
        return switch (source.load()) {
            case LoadSpec.Outside outside -> throw files.readOnce(source, outside);
            case LoadSpec.Files _ -> {
                Loader.Inbox inbox = loader.look(source, Loader.Known.of(view, source.name()));
                Set<String> gone = new HashSet<>(inbox.gone());
                if (left.stream().allMatch(it -> gone.contains(it.origin()))) {
                    throw gone(source, left);
                }
                yield left.stream()
                        .filter(it -> it.status() == RejectedGroup.Status.OPEN)
                        .filter(it -> !gone.contains(it.origin()))
                        .map(RejectedGroup::batch)
                        .collect(Collectors.toSet());
            }
        };
    }

    private AdeException gone(SourceTable source, List<RejectedGroup> left) {
        List<String> files = left.stream().map(RejectedGroup::origin).distinct().sorted().toList();
        String named = files.stream().limit(SHOWN).collect(Collectors.joining(", "));
        return AdeException.user(
                "Cannot replay rejected rows of %s: ADE does not keep them, and %s not there any more"
                        .formatted(
                                source.name(),
                                files.size() == 1
                                        ? named + " is"
                                        : named
                                                + (files.size() > SHOWN
                                                        ? " and others are"
                                                        : " are")),
                left.stream()
                        .map(it -> new Vault.Label(source.name(), it.batch()))
                        .flatMap(label -> VaultRoom.putBack(vaulted, label).stream())
                        .findFirst()
                        .map(it -> "The vault has it: %s, then do it again".formatted(it))
                        .orElse(
                                "Put the file back where it was, corrected if need be, and do it again"));
    }
}
