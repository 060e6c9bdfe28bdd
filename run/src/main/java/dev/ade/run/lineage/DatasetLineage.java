package dev.ade.run.lineage;

import dev.ade.model.Fingerprint;
import dev.ade.model.Schema;
import dev.ade.model.TableName;
import dev.ade.spi.Lineage;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One dataset's columns and what they follow from.
///
/// @param kind `source`, `seed`, the kind of a model, or `dataset` for what the project does not declare
/// @param schema its columns as far as they are known
/// @param lineage of a model: what they follow from; empty for what is loaded
/// @param personal of what is loaded: how personal columns are treated, by column in lower case
/// @param notes what is not known, and why
public record DatasetLineage(
        TableName name,
        String kind,
        Schema schema,
        Optional<Lineage> lineage,
        Map<String, Treated> personal,
        List<String> notes) {
    public DatasetLineage {
        personal = Map.copyOf(personal);
        notes = List.copyOf(notes);
    }

    /// @param dataClass what kind of personal data it is; `none` for none
    /// @param treatment its word in sources.yml; empty where nothing is declared yet
    /// @param terms of all that the treatment says; empty where that is not known
    public record Treated(String dataClass, String treatment, Optional<Fingerprint> terms) {
        /// "email, as a pseudonym" and so on: `email pseudonym`; empty where nothing is to be said.
        public String text() {
            boolean isPlain = dataClass.equals("none") || dataClass.isEmpty();
            return isPlain ? treatment : (dataClass + " " + treatment).strip();
        }
    }

    public Optional<Treated> treated(String column) {
        return Optional.ofNullable(personal.get(column.toLowerCase(java.util.Locale.ROOT)));
    }
}
