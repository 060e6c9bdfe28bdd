package dev.ade.model;

import dev.ade.model.Type.Simple;
import java.util.List;
import java.util.Set;

/// The columns that a load adds to each dataset, behind its own: which batch brought a row, when, and from where.
public final class LoadedColumns {
    public static final String BATCH = "_batch_id";
    public static final String LOADED_AT = "_loaded_at";
    public static final String SOURCE = "_source";

    /// In their order.
    public static final List<Column> ALL =
            List.of(
                    new Column(BATCH, Simple.VARCHAR),
                    new Column(LOADED_AT, Simple.TIMESTAMPTZ),
                    new Column(SOURCE, Simple.VARCHAR));

    public static final Set<String> NAMES = Set.of(BATCH, LOADED_AT, SOURCE);

    private LoadedColumns() {}
}
