package dev.ade.run.lineage;

import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.ColumnSpec;
import dev.ade.model.Model;
import dev.ade.model.Project;
import dev.ade.model.Schema;
import dev.ade.model.SourceTable;
import dev.ade.model.TableName;
import dev.ade.model.Type.Simple;
import dev.ade.run.build.StoredQuery;
import dev.ade.spi.Compiler.CompiledProject;
import dev.ade.spi.Compiler.Situation;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Lineage;
import dev.ade.spi.Lineage.Input;
import dev.ade.spi.Lineage.Role;
import dev.ade.spi.Lineage.Use;
import dev.ade.spi.SystemTable;
import dev.ade.spi.TableCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/// What the columns of all datasets of a project follow from; each is found out when it is first asked for and kept.
/// Works before anything has run: columns are those of what is published, else those that the queries would give,
/// else those that are declared. Thread-safe.
public final class ProjectLineage {
    private final CompiledProject compiled;
    private final Binder binder;
    private final Function<TableName, Optional<DatasetState>> states;
    private final Sources sources;
    private final Map<TableName, DatasetLineage> known = new HashMap<>();
    private final Map<TableName, Set<TableName>> readers = new HashMap<>();
    private final Set<TableName> open = new TreeSet<>();

    /// What the engine does for lineage.
    public interface Binder {
        Lineage lineage(String select, Map<TableName, Schema> schemas);
    }

    /// What the columns of a source are.
    private interface Sources {
        DatasetLineage columns(SourceTable source, DatasetState loaded);
    }

    /// @param states datasets as they are published or drafted
    public ProjectLineage(
            CompiledProject compiled,
            Binder binder,
            Function<TableName, Optional<DatasetState>> states) {
        this(compiled, binder, states, SourceColumns::loaded);
    }

    private ProjectLineage(
            CompiledProject compiled,
            Binder binder,
            Function<TableName, Optional<DatasetState>> states,
            Sources sources) {
        this.compiled = compiled;
        this.binder = binder;
        this.states = states;
        this.sources = sources;
    }

    /// What it will be when all is loaded as the project declares it now.
    ///
    /// @param states datasets as they are published
    public static ProjectLineage planned(
            CompiledProject compiled,
            Binder binder,
            Function<TableName, Optional<DatasetState>> states) {
        return new ProjectLineage(compiled, binder, states, SourceColumns::planned);
    }

    public Project project() {
        return compiled.project();
    }

    /// All sources and models, by name.
    public Set<TableName> datasets() {
        Set<TableName> all = new TreeSet<>(project().sources().keySet());
        all.addAll(project().models().keySet());
        return all;
    }

    /// Models that read a dataset, sorted.
    public synchronized Set<TableName> readers(TableName dataset) {
        if (readers.isEmpty()) {
            for (Model model : project().models().values()) {
                for (TableName input : model.inputs()) {
                    readers.computeIfAbsent(input, _ -> new TreeSet<>()).add(model.name());
                }
            }
        }
        return Collections.unmodifiableSet(readers.getOrDefault(dataset, Set.of()));
    }

    /// Never throws for what cannot be found out: it says so in its notes.
    public synchronized DatasetLineage of(TableName dataset) {
        DatasetLineage found = known.get(dataset);
        if (found == null) {
            found = find(dataset);
            known.put(dataset, found);
        }
        return found;
    }

    private DatasetLineage find(TableName dataset) {
        SourceTable source = project().sources().get(dataset);
        if (source != null) {
            return states.apply(dataset)
                    .map(state -> sources.columns(source, state))
                    .orElseGet(() -> SourceColumns.declared(source));
        }
        Model model = project().models().get(dataset);
        return model == null ? other(dataset) : model(model);
    }

    private DatasetLineage other(TableName dataset) {
        Optional<Schema> own =
                List.of(SystemTable.values()).stream()
                        .filter(table -> table.table().equals(dataset))
                        .map(SystemTable::schema)
                        .findFirst()
                        .or(() -> states.apply(dataset).map(DatasetState::schema));
        List<String> notes =
                own.isPresent()
                        ? List.of()
                        : List.of(dataset + " is not a dataset of this project");
        return new DatasetLineage(
                dataset,
                "dataset",
                own.orElse(new Schema(List.of())),
                Optional.empty(),
                Map.of(),
                notes);
    }

    private DatasetLineage model(Model model) {
        if (!open.add(model.name())) {
            return unknown(model, "it reads itself");
        }
        try {
            Map<TableName, Schema> schemas = new TreeMap<>();
            for (TableName input : model.inputs()) {
                schemas.put(input, schema(input));
            }
            Lineage lineage = lineage(model, schemas);
            List<String> notes =
                    lineage.isExact() ? List.of() : List.of(note(model, lineage.unknown()));
            return known(model, withIntervals(model, Keys.named(lineage)), notes);
        } catch (AdeException e) {
            return unknown(model, e.getMessage() + missing(model));
        } finally {
            open.remove(model.name());
        }
    }

    private Lineage lineage(Model model, Map<TableName, Schema> schemas) {
        Optional<TableCode> code = compiled.code(model);
        if (code.isEmpty()) {
            return binder.lineage(query(model), schemas);
        }
        Lineage made = code.get().lineage(schemas);
        return BesideCode.with(made, TableCode.name(model.name()), query(model), binder);
    }

    private String query(Model model) {
        return StoredQuery.of(model, compiled.compile(model, Situation.FROM_SCRATCH));
    }

    /// The columns of an input. What is published as it is declared now need not be bound again.
    private Schema schema(TableName input) {
        Model model = project().models().get(input);
        if (model != null && !known.containsKey(input)) {
            Optional<Schema> published =
                    states.apply(input)
                            .filter(state -> state.definition().equals(model.definition()))
                            .map(DatasetState::schema);
            if (published.isPresent()) {
                return published.get();
            }
        }
        return of(input).schema();
    }

    /// A model that is filled by intervals sees of inputs with event time only what lies in them.
    private Lineage withIntervals(Model model, Lineage lineage) {
        if (model.kind().intervalGrain().isEmpty() || !lineage.isExact()) {
            return lineage;
        }
        Set<Use> rows = new TreeSet<>(lineage.rows());
        for (TableName input : lineage.datasets()) {
            if (model.whole().contains(input)) {
                continue;
            }
            project()
                    .eventTime(input)
                    .ifPresent(it -> rows.add(new Use(Input.of(input, it), Role.FILTER)));
        }
        return new Lineage(
                lineage.columns(), List.copyOf(rows), lineage.isRowWise(), lineage.datasets(), "");
    }

    private static DatasetLineage known(Model model, Lineage lineage, List<String> notes) {
        return new DatasetLineage(
                model.name(),
                model.kind().word(),
                lineage.schema(),
                Optional.of(lineage),
                Map.of(),
                notes);
    }

    private DatasetLineage unknown(Model model, String why) {
        Schema schema =
                states.apply(model.name())
                        .map(DatasetState::schema)
                        .orElseGet(() -> declared(model));
        return known(
                model, Lineage.ofDatasets(schema, model.inputs(), why), List.of(note(model, why)));
    }

    private static Schema declared(Model model) {
        List<Column> columns = new ArrayList<>();
        for (ColumnSpec spec : model.columns()) {
            columns.add(new Column(spec.name(), spec.type().orElse(Simple.VARCHAR)));
        }
        return new Schema(columns);
    }

    private static String note(Model model, String why) {
        String first = why.lines().findFirst().orElse("");
        return "%s: columns are not known, only datasets: %s".formatted(model.name(), first);
    }

    /// Inputs whose columns are only half known may be why.
    private String missing(Model model) {
        List<String> missing =
                model.inputs().stream()
                        .filter(input -> !of(input).notes().isEmpty())
                        .map(TableName::toString)
                        .sorted()
                        .toList();
        return missing.isEmpty()
                ? ""
                : " (the columns of %s are not fully known)".formatted(String.join(", ", missing));
    }
}
