package dev.ade.ingest;

import dev.ade.model.Aliases;
import dev.ade.model.Column;
import dev.ade.model.SourceTable;
import dev.ade.model.TableName;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Draft;
import dev.ade.spi.Suppression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What becomes of stored columns whose name is by now an alias of another. Where nothing has that name yet, the column
/// gets it and no file is touched; where both are stored, the load that follows makes them one.
///
/// @param renamed the new name, by the old
/// @param united the name of the column that takes it in, by the name of the one that goes
record Renaming(Map<String, String> renamed, Map<String, String> united) {
    static Renaming of(SourceTable source, DatasetState state) {
        Aliases aliases = source.aliases();
        Map<String, String> renamed = new LinkedHashMap<>();
        Map<String, String> united = new LinkedHashMap<>();
        for (Column column : state.schema().columns()) {
            String own = aliases.own(column.name());
            if (own.equalsIgnoreCase(column.name())) {
                continue;
            }
            boolean isTaken = state.schema().find(own).isPresent() || renamed.containsValue(own);
            (isTaken ? united : renamed).put(column.name(), own);
        }
        return new Renaming(renamed, united);
    }

    boolean isNothing() {
        return renamed.isEmpty() && united.isEmpty();
    }

    /// Why a dataset is loaded of which nothing else is new; empty where its columns keep their names.
    Optional<String> news() {
        return isNothing() ? Optional.empty() : Optional.of(String.join("; ", words()));
    }

    /// In words.
    List<String> words() {
        List<String> words = new ArrayList<>();
        renamed.forEach((before, now) ->
                words.add("column '%s' is called '%s' from now on".formatted(before, now)));
        united.forEach((before, now) ->
                words.add(
                        "columns '%s' and '%s' are one from now on: '%s'"
                                .formatted(before, now, now)));
        return words;
    }

    /// Renames what can be in the draft. Values that must not land do not do so under the new name either.
    void run(DatasetState state, Draft draft) {
        TableName name = state.name();
        if (!renamed.isEmpty()) {
            draft.renameColumns(name, renamed);
            draft.commit(
                    name,
                    new Draft.Change.Nothing(),
                    new Draft.Stamp(state.version(), state.definition(), state.properties()));
        }
        Map<String, String> all = new LinkedHashMap<>(renamed);
        all.putAll(united);
        List<Suppression> suppressions = draft.suppressions(name);
        all.forEach((before, now) ->
                draft.suppress(
                        suppressions.stream()
                                .filter(it -> it.column().equalsIgnoreCase(before))
                                .map(it -> new Suppression(name, now, it.mark()))
                                .toList()));
    }
}
