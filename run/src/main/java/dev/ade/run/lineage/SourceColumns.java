package dev.ade.run.lineage;

import dev.ade.model.Aliases;
import dev.ade.model.Column;
import dev.ade.model.ColumnSpec;
import dev.ade.model.Fingerprint;
import dev.ade.model.LoadedColumns;
import dev.ade.model.PrivacyPolicy;
import dev.ade.model.PrivacySpec;
import dev.ade.model.Schema;
import dev.ade.model.SourceTable;
import dev.ade.model.Treatment;
import dev.ade.model.Type;
import dev.ade.model.Type.Simple;
import dev.ade.model.Wording;
import dev.ade.run.Decisions;
import dev.ade.run.lineage.DatasetLineage.Treated;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Privacy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The columns of what is loaded: as it was, or as it is declared.
final class SourceColumns {
    private static final String NONE = "none";

    /// What is treated without anybody saying what it is.
    private static final String PERSONAL = "personal";

    private SourceColumns() {}

    static DatasetLineage loaded(SourceTable source, DatasetState state) {
        Map<String, Treated> personal = new HashMap<>();
        for (Decisions.Landed landed : Decisions.of(state)) {
            personal.put(
                    landed.column().toLowerCase(Locale.ROOT),
                    new Treated(landed.dataClass(), landed.treatment(), landed.terms()));
        }
        return lineage(source, state.schema(), personal, List.of());
    }

    /// What was loaded, as it will be when it is loaded as it is declared now. The treatment of what is no longer
    /// declared is left open: only the next load can tell.
    static DatasetLineage planned(SourceTable source, DatasetState state) {
        Aliases aliases = source.aliases();
        Map<String, Treated> landed = new HashMap<>();
        Map<String, Treated> personal = new HashMap<>();
        for (Decisions.Landed was : Decisions.of(state)) {
            String key = aliases.own(was.column()).toLowerCase(Locale.ROOT);
            landed.put(key, new Treated(was.dataClass(), was.treatment(), was.terms()));
            personal.put(
                    key, new Treated(was.dataClass(), undeclared(source, was), Optional.empty()));
        }
        for (ColumnSpec spec : source.columns()) {
            String key = spec.name().toLowerCase(Locale.ROOT);
            Optional<Treated> was =
                    Optional.ofNullable(landed.get(key)).filter(it -> !it.dataClass().equals(NONE));
            spec.privacy().ifPresent(it -> personal.put(key, treated(it, was)));
        }
        return lineage(source, aliases.own(state.schema()), personal, List.of());
    }

    /// How a column is treated that nobody declares; empty where only the next load can tell.
    private static String undeclared(SourceTable source, Decisions.Landed was) {
        boolean isDeclared = was.ground().equals(Wording.of(Privacy.Ground.DECLARED));
        boolean wasKept = was.ground().equals(Wording.of(Privacy.Ground.KEPT));
        if (source.undeclared() == PrivacyPolicy.KEEP) {
            return "keep";
        }
        return isDeclared || wasKept ? "" : was.treatment();
    }

    /// @param landed how it was treated last, if it was personal
    private static Treated treated(PrivacySpec spec, Optional<Treated> landed) {
        String treatment =
                spec.treatment()
                        .map(Treatment::word)
                        .or(() -> landed.map(Treated::treatment))
                        .orElse("");
        String otherwise = treatment.equals("keep") ? NONE : PERSONAL;
        String dataClass =
                spec.dataClass().or(() -> landed.map(Treated::dataClass)).orElse(otherwise);
        Optional<Fingerprint> terms =
                spec.treatment()
                        .map(said -> Fingerprint.of(said))
                        .or(() -> landed.flatMap(Treated::terms));
        return new Treated(dataClass, treatment, terms);
    }

    /// Types as they will be stored, where they can be told from the declaration; else VARCHAR.
    static DatasetLineage declared(SourceTable source) {
        Map<String, Treated> personal = new HashMap<>();
        List<Column> columns = new ArrayList<>();
        for (ColumnSpec spec : source.columns()) {
            Optional<Treatment> treatment = spec.privacy().flatMap(PrivacySpec::treatment);
            spec.privacy()
                    .ifPresent(privacy ->
                            personal.put(
                                    spec.name().toLowerCase(Locale.ROOT),
                                    treated(privacy, Optional.empty())));
            if (treatment.filter(it -> it instanceof Treatment.Drop).isEmpty()) {
                columns.add(new Column(spec.name(), stored(spec)));
            }
        }
        columns.addAll(LoadedColumns.ALL);
        String note =
                "%s is not loaded yet: only the columns that its declaration names are known"
                        .formatted(source.name());
        return lineage(source, new Schema(columns), personal, List.of(note));
    }

    private static Type stored(ColumnSpec spec) {
        Type declared = spec.type().orElse(Simple.VARCHAR);
        if (spec.privacy().isEmpty()) {
            return declared;
        }
        return switch (spec.privacy().get().treatment().orElse(null)) {
            case null -> declared;
            case Treatment.Pseudonym _ -> Simple.UUID;
            case Treatment.Mask _, Treatment.Token _ -> Simple.VARCHAR;
            case Treatment.Generalise generalise -> coarse(generalise, declared);
            case Treatment.Keep _, Treatment.Drop _, Treatment.FormatPreserving _ -> declared;
        };
    }

    private static Type coarse(Treatment.Generalise generalise, Type declared) {
        return switch (generalise.to()) {
            case Treatment.Coarsening.ToGrain _, Treatment.Coarsening.ToBucket _ -> declared;
            case Treatment.Coarsening.ToPrefix _, Treatment.Coarsening.ToNetwork _ ->
                    Simple.VARCHAR;
        };
    }

    private static DatasetLineage lineage(
            SourceTable source, Schema schema, Map<String, Treated> personal, List<String> notes) {
        return new DatasetLineage(
                source.name(),
                Wording.of(source.origin()),
                schema,
                Optional.empty(),
                personal,
                notes);
    }
}
