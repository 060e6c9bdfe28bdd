package dev.ade.spi;

import dev.ade.model.TableName;
import java.util.List;
import java.util.Optional;

/// A consistent set of datasets and their ledger.
public interface LakeView extends Relations {
    Optional<DatasetState> state(TableName name);

    /// All datasets, ADE's own too, by name.
    List<DatasetState> states();

    /// What the project said about a dataset when it was published; empty where that was not kept.
    Optional<Declaration> declaration(TableName name);

    /// Batches that a loaded dataset holds, by id; empty for models.
    List<Batch> batches(TableName name);

    /// What people corrected in files of a source, whatever the environment; of one file in their order.
    List<CorrectedFile> corrected(TableName source);

    /// Intervals that a dataset was filled by, in order; empty for those that are not.
    List<FilledInterval> filled(TableName name);
}
