package dev.ade.ingest;

import dev.ade.model.Column;
import dev.ade.model.Type.Simple;
import java.util.List;
import java.util.Set;

/// The last columns of every loaded dataset.
final class SystemColumns {
    static final String BATCH = "_batch_id";
    static final String LOADED_AT = "_loaded_at";
    static final String SOURCE = "_source";

    static final List<Column> ALL =
            List.of(
                    new Column(BATCH, Simple.VARCHAR),
                    new Column(LOADED_AT, Simple.TIMESTAMPTZ),
                    new Column(SOURCE, Simple.VARCHAR));

    static final Set<String> NAMES = Set.of(BATCH, LOADED_AT, SOURCE);

    private SystemColumns() {}
}
