package dev.ade.store;

import dev.ade.model.TableName;
import dev.ade.spi.CorrectedFile;
import dev.ade.spi.VaultBatch;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// What a draft put into the vault, listed with the datasets that it belongs to. Thread-safe.
final class VaultNews {
    private final Set<VaultBatch> originals = ConcurrentHashMap.newKeySet();
    private final Map<CorrectedFile, List<CorrectedFile>> corrections = new ConcurrentHashMap<>();
    private final Map<CorrectedFile, CorrectedFile> shortened = new ConcurrentHashMap<>();

    void add(VaultBatch original) {
        originals.add(original);
    }

    /// @param known what it comes on top of
    void add(CorrectedFile file, List<CorrectedFile> known) {
        corrections.put(file, List.copyOf(known));
    }

    void shorten(CorrectedFile before, CorrectedFile after) {
        shortened.put(before, after);
    }

    /// Within a transaction.
    void list(Catalog catalog, Predicate<TableName> isPublished) {
        VaultTable vault = new VaultTable(catalog);
        originals.stream().filter(it -> isPublished.test(it.label().dataset())).forEach(vault::add);
        CorrectionTable table = new CorrectionTable(catalog);
        corrections.forEach((file, known) -> {
            if (isPublished.test(file.dataset())) {
                table.add(file, known);
            }
        });
        shortened.forEach((before, after) -> {
            if (isPublished.test(before.dataset())) {
                table.shorten(before, after);
            }
        });
    }
}
