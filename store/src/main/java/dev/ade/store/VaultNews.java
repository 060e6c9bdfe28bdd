package dev.ade.store;

import dev.ade.model.TableName;
import dev.ade.spi.CorrectedFile;
import dev.ade.spi.VaultBatch;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// What a draft put into the vault, listed with the datasets that it belongs to. Thread-safe.
final class VaultNews {
    private final Set<VaultBatch> originals = ConcurrentHashMap.newKeySet();
    private final Set<CorrectedFile> corrections = ConcurrentHashMap.newKeySet();

    void add(VaultBatch original) {
        originals.add(original);
    }

    void add(CorrectedFile file) {
        corrections.add(file);
    }

    /// Within a transaction.
    void list(Catalog catalog, Predicate<TableName> isPublished) {
        VaultTable vault = new VaultTable(catalog);
        originals.stream().filter(it -> isPublished.test(it.label().dataset())).forEach(vault::add);
        CorrectionTable table = new CorrectionTable(catalog);
        corrections.stream().filter(it -> isPublished.test(it.dataset())).forEach(table::put);
    }
}
