package dev.ade.run.vault;

import dev.ade.model.AdeException;
import dev.ade.model.EnvironmentName;
import dev.ade.model.Project;
import dev.ade.model.VaultSpec;
import dev.ade.model.Wording;
import dev.ade.spi.Engine;
import dev.ade.spi.Lake;
import dev.ade.spi.Maintenance;
import dev.ade.spi.Vault;
import dev.ade.spi.VaultBatch;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/// What people may do with the vault: see what is in it, read an original for a reason, destroy what was kept long enough.
public final class VaultRoom {
    /// Digits of a batch that name it.
    public static final int DIGITS_MIN = 8;

    private static final int DIGITS_SHOWN = 12;

    private final Parts parts;

    /// @param engine asked for when something is to be read or written
    /// @param project asked for when it matters what its sources say
    /// @param user of the operating system, for the record
    public record Parts(
            Lake lake,
            Vault vault,
            Supplier<Engine> engine,
            Supplier<Project> project,
            Clock clock,
            String user) {}

    /// @param digits the first ones of the batch's id
    /// @param reason why it is read
    /// @param environment whose record says so
    public record Reading(
            String digits, String reason, Path to, EnvironmentName environment, String command) {
        public Reading {
            ReadLog.requireReason(reason, "read from the vault");
        }
    }

    public VaultRoom(Parts parts) {
        this.parts = parts;
    }

    /// The newest first.
    public List<VaultBatch> list() {
        return parts.lake().vault().list();
    }

    /// Writes an original to a file of its owner only, once `ade.vault_reads` says who reads it and why.
    public VaultBatch read(Reading reading) {
        VaultBatch batch = find(reading.digits());
        Vault.Sealed sealed = batch.sealed().orElseThrow(() -> ended(batch));
        OwnFile file = new OwnFile(reading.to());
        file.requireNew();
        new ReadLog(parts)
                .add(
                        reading.environment(),
                        reading.command(),
                        reading.reason(),
                        List.of(new ReadLog.Original(batch.label(), batch.origin())));
        file.write(parts.vault().open(batch.label(), sealed));
        return batch;
    }

    private VaultBatch find(String digits) {
        List<VaultBatch> found =
                digits.length() < DIGITS_MIN
                        ? List.of()
                        : list().stream()
                                .filter(it -> it.label().batch().hex().startsWith(digits))
                                .toList();
        if (found.size() == 1) {
            return found.getFirst();
        }
        throw AdeException.user(
                "Cannot read batch '%s' from the vault: %s"
                        .formatted(
                                digits,
                                found.isEmpty()
                                        ? "there is none that begins so"
                                        : found.size() + " begin so"),
                "ade vault list shows them; give %d digits or more".formatted(DIGITS_MIN));
    }

    private static AdeException ended(VaultBatch batch) {
        VaultBatch.End end = batch.end().orElseThrow();
        return AdeException.user(
                "Cannot read %s from the vault: its key was destroyed at %s (%s)"
                        .formatted(batch.label(), end.at(), end.reason()),
                "Nobody can read it any more");
    }

    /// How somebody puts the file of a batch back where it was; empty where the vault does not have it.
    ///
    /// @param vaulted what the vault holds
    public static Optional<String> putBack(List<VaultBatch> vaulted, Vault.Label label) {
        return vaulted.stream()
                .filter(it -> it.label().equals(label) && it.sealed().isPresent())
                .filter(it -> !it.origin().contains("://"))
                .findFirst()
                .map(it ->
                        "ade vault get %s --to '%s' --reason …"
                                .formatted(
                                        label.batch().hex().substring(0, DIGITS_SHOWN),
                                        it.origin().replace("'", "'\\''")));
    }

    /// Batches that were kept as long as their source says now, or said when they came where it says nothing any more.
    public List<VaultBatch> expired() {
        Instant now = parts.clock().instant();
        return list().stream()
                .filter(it -> it.sealed().isPresent())
                .filter(it -> !VaultSpec.until(it.keptAt(), keep(it)).isAfter(now))
                .toList();
    }

    private Period keep(VaultBatch batch) {
        return Optional.ofNullable(parts.project().get().vaults().get(batch.label().dataset()))
                .map(VaultSpec::keep)
                .orElse(batch.keep());
    }

    /// Destroys their keys, then removes their files. Stopped anywhere, it goes on when asked again.
    public List<VaultBatch> expire() {
        List<VaultBatch> expired = expired();
        Map<String, List<VaultBatch>> byReason = new TreeMap<>();
        expired.forEach(it ->
                byReason.computeIfAbsent("kept " + VaultSpec.text(keep(it)), _ -> new ArrayList<>())
                        .add(it));
        byReason.forEach((reason, batches) -> destroy(batches, reason));
        if (expired.isEmpty() && !list().isEmpty()) {
            destroy(List.of(), "");
        }
        return expired;
    }

    private void destroy(List<VaultBatch> batches, String reason) {
        VaultBatch.End end = new VaultBatch.End(parts.clock().instant(), reason);
        parts.lake().vault().destroy(batches.stream().map(VaultBatch::label).toList(), end);
        batches.forEach(it -> it.sealed().map(Vault.Sealed::file).ifPresent(parts.vault()::remove));
    }

    /// Removes files of before an instant that are not listed: of runs that were killed or not published. They cannot
    /// be read anyway.
    public Maintenance.Report sweep(Maintenance.Effect effect, Instant before) {
        List<Vault.Stored> files = parts.vault().files();
        Set<String> listed = new HashSet<>();
        list().forEach(it -> it.sealed().map(Vault.Sealed::file).ifPresent(listed::add));
        parts.lake().vault().corrected().forEach(it -> listed.add(it.sealed().file()));
        List<Vault.Stored> unlisted =
                files.stream()
                        .filter(it -> !listed.contains(it.file()))
                        .filter(it -> it.modifiedAt().isBefore(before))
                        .toList();
        if (effect == Maintenance.Effect.DELETE) {
            unlisted.forEach(it -> parts.vault().remove(it.file()));
        }
        return new Maintenance.Report(
                0,
                0,
                unlisted.size(),
                unlisted.stream().mapToLong(Vault.Stored::bytes).sum(),
                unlisted.isEmpty()
                        ? List.of()
                        : List.of("vault: " + Wording.count(unlisted.size(), "unlisted file")));
    }
}
