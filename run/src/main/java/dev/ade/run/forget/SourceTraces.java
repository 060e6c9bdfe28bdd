package dev.ade.run.forget;

import static dev.ade.spi.Suppression.ANY_SOURCE;

import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.ColumnSpec;
import dev.ade.model.PrivacySpec;
import dev.ade.model.Schema;
import dev.ade.model.SourceTable;
import dev.ade.model.TableName;
import dev.ade.model.Treatment;
import dev.ade.model.Type;
import dev.ade.model.Type.Simple;
import dev.ade.run.lineage.ColumnId;
import dev.ade.run.lineage.DatasetLineage;
import dev.ade.run.lineage.ProjectLineage;
import dev.ade.spi.LakeView;
import dev.ade.spi.Suppression;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Columns of sources that hold the values of keys. A kept key is looked for in its own column alone, as nothing says
/// which other columns mean the same; a pseudonym, token or permutation in every source's columns of the same realm and
/// class (of the same name where no class says more).
final class SourceTraces {
    private final ForgetRequest request;
    private final ProjectLineage lineage;
    private final LakeView view;
    private final KeyValues values;

    SourceTraces(ForgetRequest request, ProjectLineage lineage, LakeView view, KeyValues values) {
        this.request = request;
        this.lineage = lineage;
        this.view = view;
        this.values = values;
    }

    /// @param values stored ones, by column
    /// @param suppressions for the loads to come
    /// @param raw values as the sources write them, by column
    record Found(
            Map<ColumnId, Set<String>> values,
            Set<Suppression> suppressions,
            Map<ColumnId, Set<String>> raw) {}

    Found find() {
        Found all = new Found(new TreeMap<>(), new HashSet<>(), new TreeMap<>());
        for (Key key : request.keys()) {
            SourceTable source = source(request.source());
            Treatment treatment = treatment(source, spelled(source, key.column()));
            KeyValues.requireIdentifying(source, key.column(), treatment);
            for (ColumnId column : alike(source, key.column())) {
                add(column, key, all);
            }
        }
        request.also().forEach(it -> add(checked(it), request.keys().getFirst(), all));
        return all;
    }

    private ColumnId checked(ColumnId also) {
        SourceTable source = source(also.dataset());
        String column = spelled(source, also.column());
        KeyValues.requireIdentifying(source, column, treatment(source, column));
        return new ColumnId(also.dataset(), column);
    }

    private void add(ColumnId id, Key key, Found all) {
        SourceTable source = source(id.dataset());
        Type type =
                KeyValues.rawType(source, view.state(id.dataset()), id.column())
                        .orElse(Simple.VARCHAR);
        KeyValues.Raw raw = new KeyValues.Raw(key.value(), type);
        Set<String> stored =
                values.stored(source, id.column(), treatment(source, id.column()), raw);
        if (stored.isEmpty() && id.dataset().equals(request.source())) {
            throw AdeException.user(
                    "Cannot forget by column '%s' of %s: the value given is not %s, or cannot be treated"
                            .formatted(id.column(), id.dataset(), type.text()),
                    "Write it as the source does");
        }
        if (!stored.isEmpty()) {
            all.values().computeIfAbsent(id, _ -> new TreeSet<>()).addAll(stored);
            all.raw().computeIfAbsent(id, _ -> new TreeSet<>()).add(key.value());
            Optional<String> mark = values.mark(source, id.column(), raw);
            mark.map(it -> new Suppression(id.dataset(), id.column(), it))
                    .ifPresent(all.suppressions()::add);
            mark.ifPresent(it ->
                    kinds(id)
                            .forEach(kind ->
                                    all.suppressions().add(new Suppression(ANY_SOURCE, kind, it))));
        }
    }

    private SourceTable source(TableName name) {
        SourceTable source = lineage.project().sources().get(name);
        if (source == null) {
            throw AdeException.user(
                    "Cannot forget by %s: it is not a source of this project".formatted(name),
                    "Name the source that the person came in by; ade status lists them");
        }
        return source;
    }

    private Treatment treatment(SourceTable source, String column) {
        return KeyValues.treatment(source, view.state(source.name()), column);
    }

    /// The name of a column as the dataset spells it.
    private String spelled(SourceTable source, String column) {
        Schema landed = lineage.of(source.name()).schema();
        Optional<String> stored =
                names(source, column).stream()
                        .flatMap(name -> landed.find(name).stream())
                        .map(Column::name)
                        .findFirst();
        return stored.or(() -> source.column(column).map(ColumnSpec::name))
                .orElseThrow(() ->
                        AdeException.user(
                                "Cannot forget by column '%s': %s has no such column"
                                        .formatted(column, source.name()),
                                "ade privacy report lists them"));
    }

    private Set<ColumnId> alike(SourceTable source, String column) {
        ColumnId own = new ColumnId(source.name(), spelled(source, column));
        Set<ColumnId> alike = new TreeSet<>(List.of(own));
        Set<String> kinds = kinds(own);
        for (SourceTable other : lineage.project().sources().values()) {
            lineage.of(other.name()).schema().columns().stream()
                    .map(it -> new ColumnId(other.name(), it.name()))
                    .filter(it -> !Collections.disjoint(kinds(it), kinds))
                    .forEach(alike::add);
        }
        return alike;
    }

    /// As its rows lie here, and as the project declares it: an environment may keep what is hidden in others.
    private Set<String> kinds(ColumnId id) {
        SourceTable source = source(id.dataset());
        String landed =
                lineage.of(id.dataset())
                        .treated(id.column())
                        .map(DatasetLineage.Treated::dataClass)
                        .orElse("");
        Set<String> kinds = new HashSet<>();
        Optional<PrivacySpec> declared = source.column(id.column()).flatMap(ColumnSpec::privacy);
        for (String name : names(source, id.column())) {
            Suppression.kind(name, landed, treatment(source, id.column())).ifPresent(kinds::add);
            declared.flatMap(it -> declaredKind(name, it)).ifPresent(kinds::add);
        }
        return kinds;
    }

    /// What a column is called, then what it was called before.
    private static List<String> names(SourceTable source, String column) {
        return Stream.concat(
                        Stream.of(column),
                        source.column(column).stream().flatMap(it -> it.aliases().stream()))
                .toList();
    }

    private static Optional<String> declaredKind(String column, PrivacySpec declared) {
        return declared.treatment()
                .flatMap(it -> Suppression.kind(column, declared.dataClass().orElse(""), it));
    }
}
