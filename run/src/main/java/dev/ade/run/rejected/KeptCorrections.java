package dev.ade.run.rejected;

import dev.ade.model.Fingerprint;
import dev.ade.model.TableName;
import dev.ade.model.Wording;
import dev.ade.run.vault.SealedCorrections;
import dev.ade.spi.Batch;
import dev.ade.spi.CorrectedFile;
import dev.ade.spi.Corrections;
import dev.ade.spi.Draft;
import dev.ade.spi.Loader;
import dev.ade.spi.Vault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Corrected rows in one load of a source: those that were kept, and those that are given with the run.
public final class KeptCorrections {
    private final TableName source;
    private final Draft draft;
    private final List<CorrectedFile> given;
    private final SealedCorrections corrections;

    /// @param given files of this and of other sources
    public KeptCorrections(TableName source, Draft draft, List<CorrectedFile> given, Vault vault) {
        this.source = source;
        this.draft = draft;
        this.given = given.stream().filter(file -> file.dataset().equals(source)).toList();
        this.corrections =
                new SealedCorrections(
                        vault,
                        Stream.concat(draft.base().corrected(source).stream(), this.given.stream())
                                .toList());
    }

    public Corrections corrections() {
        return corrections;
    }

    /// Those that are given are kept from the publication on, and those that the load dropped are not.
    public void keep() {
        Map<Fingerprint, CorrectedFile> news = new HashMap<>();
        given.forEach(file -> news.put(file.batch(), file));
        corrections
                .versions()
                .keySet()
                .forEach(batch -> corrections.left(batch).ifPresent(it -> news.put(batch, it)));
        news.values().forEach(draft::correct);
    }

    /// What a load says, and which corrections no longer apply as their file has other content now.
    public List<String> remarking(List<String> remarks, Loader.Inbox inbox) {
        Map<Fingerprint, CorrectedFile> kept = new HashMap<>();
        draft.base().corrected(source).forEach(file -> kept.put(file.batch(), file));
        Map<String, Batch> before = new HashMap<>();
        draft.base().batches(source).forEach(batch -> before.put(batch.origin(), batch));
        List<String> all = new ArrayList<>(remarks);
        for (Loader.Item item : inbox.changed()) {
            Batch batch = before.get(item.origin());
            CorrectedFile file = batch == null ? null : kept.get(batch.id());
            if (file != null && file.rows() > 0 && !file.batch().equals(item.id())) {
                all.add(
                        "%s has other content now: %s of it no longer apply"
                                .formatted(
                                        item.origin(), Wording.count(file.rows(), "correction")));
            }
        }
        return all;
    }
}
