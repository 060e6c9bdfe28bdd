package dev.ade.run.rejected;

import dev.ade.model.AdeException;
import dev.ade.model.Fingerprint;
import dev.ade.model.TableName;
import dev.ade.model.Wording;
import dev.ade.run.vault.SealedCorrections;
import dev.ade.spi.CorrectedFile;
import dev.ade.spi.Correction;
import dev.ade.spi.Corrections;
import dev.ade.spi.Draft;
import dev.ade.spi.Loader;
import dev.ade.spi.Vault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Corrected rows in one load of a source: those that were kept, and on top of them those that are given with the run.
public final class KeptCorrections {
    private final TableName source;
    private final Draft draft;
    private final Vault vault;
    private final List<CorrectedFile> kept;
    private final List<GivenCorrections> given;
    private final SealedCorrections corrections;

    /// @param given of files of this and of other sources
    /// @throws AdeException USER where somebody else corrected one of the rows after they were given
    public KeptCorrections(
            TableName source, Draft draft, List<GivenCorrections> given, Vault vault) {
        this.source = source;
        this.draft = draft;
        this.vault = vault;
        this.kept = draft.base().corrected(source);
        this.given = given.stream().filter(it -> it.file().dataset().equals(source)).toList();
        this.corrections =
                new SealedCorrections(
                        vault,
                        Stream.concat(
                                        kept.stream(),
                                        this.given.stream().map(GivenCorrections::file))
                                .toList());
        this.given.forEach(this::requireNotMeanwhile);
    }

    private List<CorrectedFile> kept(Fingerprint batch) {
        return kept.stream().filter(file -> file.batch().equals(batch)).toList();
    }

    private Set<Long> lines(CorrectedFile file) {
        return SealedCorrections.read(vault, file).stream()
                .map(Correction::line)
                .collect(Collectors.toSet());
    }

    private void requireNotMeanwhile(GivenCorrections some) {
        Set<Fingerprint> known =
                some.known().stream().map(CorrectedFile::version).collect(Collectors.toSet());
        for (CorrectedFile other : kept(some.file().batch())) {
            if (!known.contains(other.version())) {
                lines(other).stream()
                        .filter(lines(some.file())::contains)
                        .min(Long::compare)
                        .ifPresent(line -> {
                            throw meanwhile(other, line);
                        });
            }
        }
    }

    private static AdeException meanwhile(CorrectedFile other, long line) {
        return AdeException.user(
                "Cannot correct line %d of %s: %s corrected it meanwhile (%s)"
                        .formatted(line, other.origin(), other.correctedBy(), other.correctedAt()),
                "That is kept, and nothing of yours; run the same command again to put yours in its place");
    }

    public Corrections corrections() {
        return corrections;
    }

    /// Those that are given are kept from the publication on, and those that the load dropped are not.
    public void keep() {
        kept.forEach(file -> corrections.left(file).ifPresent(left -> draft.shorten(file, left)));
        for (GivenCorrections some : given) {
            CorrectedFile file = some.file();
            draft.correct(corrections.left(file).orElse(file), kept(file.batch()));
        }
    }

    /// What a load says; which corrections took the place of earlier ones, and which no longer apply as their file has
    /// other content now.
    public List<String> remarking(List<String> remarks, Loader.Inbox inbox) {
        List<String> all = new ArrayList<>(remarks);
        given.forEach(some -> replaced(some.file()).ifPresent(all::add));
        Map<String, Fingerprint> before = new HashMap<>();
        draft.base().batches(source).forEach(batch -> before.put(batch.origin(), batch.id()));
        for (Loader.Item item : inbox.changed()) {
            Fingerprint batch = before.get(item.origin());
            if (batch != null && !batch.equals(item.id()) && !corrections.of(batch).isEmpty()) {
                all.add(
                        "%s has other content now: %s of it no longer apply"
                                .formatted(item.origin(), count(corrections.of(batch).size())));
            }
        }
        return all;
    }

    private Optional<String> replaced(CorrectedFile file) {
        Set<Long> lines = lines(file);
        Set<Long> again = new TreeSet<>();
        kept(file.batch()).forEach(earlier -> again.addAll(lines(earlier)));
        again.retainAll(lines);
        return again.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "%s of %s took the place of earlier ones"
                                .formatted(count(again.size()), file.origin()));
    }

    private static String count(int corrections) {
        return Wording.count(corrections, "correction");
    }
}
