package dev.ade.run.compare;

import dev.ade.model.AdeException;
import dev.ade.model.Model;
import dev.ade.model.TableName;
import dev.ade.run.compare.DatasetChange.FactChange;
import dev.ade.run.compare.DatasetChange.Nature;
import dev.ade.run.compare.DatasetChange.Sort;
import dev.ade.run.lineage.ProjectLineage;
import dev.ade.spi.Compiler;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Declaration;
import dev.ade.spi.Engine;
import dev.ade.spi.LakeView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Compares what a project says with what it said when its datasets were published. Reads no data. Used once.
public final class Comparer {
    private final Compiler.CompiledProject compiled;
    private final LakeView published;
    private final Map<TableName, TableName> former;
    private final Engine engine;
    private final Declarer declarer;
    private final Columns columns;
    private final Impacts impacts;
    private final Inheritance inheritance;
    private final Set<TableName> deep = new HashSet<>();

    /// @param published under the project's names
    /// @param former what renamed datasets are published as
    public Comparer(
            Compiler.CompiledProject compiled,
            LakeView published,
            Map<TableName, TableName> former,
            Engine engine,
            ProjectLineage.Binder lineages) {
        this.compiled = compiled;
        this.published = published;
        this.former = former;
        this.engine = engine;
        this.declarer = new Declarer(compiled);
        this.columns = new Columns(published, engine);
        this.impacts =
                new Impacts(
                        compiled.project(),
                        new ProjectLineage(compiled, lineages, published::state));
        this.inheritance =
                new Inheritance(ProjectLineage.planned(compiled, lineages, published::state));
    }

    /// @param order the datasets to compare, inputs before what reads them
    /// @param working those that the plan does something about
    public Comparison compare(List<TableName> order, Set<TableName> working) {
        List<DatasetChange> changes = new ArrayList<>();
        try (columns) {
            for (TableName dataset : order) {
                compare(dataset, working.contains(dataset)).ifPresent(changes::add);
            }
        }
        int unchanged = order.size() - changes.size();
        return new Comparison(changes, unchanged);
    }

    /// Datasets that are published, though the project no longer has them.
    public List<DatasetChange> removed() {
        return Gone.of(compiled.project(), published).stream().map(Comparer::removed).toList();
    }

    private static DatasetChange removed(DatasetState state) {
        return new DatasetChange(
                state.name(),
                state.properties().getOrDefault("kind", ""),
                Sort.REMOVED,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                Impact.NONE,
                List.of());
    }

    private Optional<DatasetChange> compare(TableName dataset, boolean isWorking) {
        Optional<DatasetState> state = published.state(dataset);
        Declaration now = declarer.declare(dataset);
        Contrast contrast = state.map(it -> contrast(it, now)).orElse(Contrast.NONE);
        Optional<Sort> sort =
                state.isEmpty() ? Optional.of(Sort.ADDED) : sort(dataset, contrast, isWorking);
        if (sort.isEmpty()) {
            return Optional.empty();
        }
        if (isDeep(sort.get(), contrast)) {
            deep.add(dataset);
        }
        Columns.Bind bind = bind(dataset, now, sort.get());
        return Optional.of(change(dataset, sort.get(), contrast, now, bind));
    }

    private Contrast contrast(DatasetState state, Declaration now) {
        Optional<Declaration> before = published.declaration(state.name());
        if (before.isPresent()) {
            return Contrast.of(before.get(), now, engine);
        }
        Model model = compiled.project().models().get(state.name());
        boolean isSame = model == null || model.definition().equals(state.definition());
        return isSame ? Contrast.NONE : Contrast.UNKNOWN;
    }

    private Optional<Sort> sort(TableName dataset, Contrast contrast, boolean isWorking) {
        boolean isSame = contrast.nature().filter(it -> it.compareTo(Nature.CHECKS) > 0).isEmpty();
        if (isSame && former.containsKey(dataset)) {
            return Optional.of(Sort.RENAMED);
        }
        if (contrast.nature().isPresent()) {
            return Optional.of(Sort.CHANGED);
        }
        boolean isAffected =
                isWorking && compiled.project().above(dataset).stream().anyMatch(deep::contains);
        return isAffected ? Optional.of(Sort.AFFECTED) : Optional.empty();
    }

    /// Whether what reads it may come out otherwise.
    private static boolean isDeep(Sort sort, Contrast contrast) {
        return switch (sort) {
            case ADDED -> true;
            case CHANGED -> contrast.nature().orElseThrow().compareTo(Nature.CHECKS) > 0;
            case RENAMED, AFFECTED, REMOVED -> false;
        };
    }

    private Columns.Bind bind(TableName dataset, Declaration now, Sort sort) {
        Model model = compiled.project().models().get(dataset);
        if (model != null) {
            return compiled.code(model)
                    .map(code -> columns.bind(model, code))
                    .orElseGet(() -> columns.bind(model, now.queries().getFirst()));
        }
        if (sort == Sort.ADDED) {
            columns.unknown(dataset);
        } else {
            columns.rename(
                    dataset,
                    Objects.requireNonNull(compiled.project().sources().get(dataset)).aliases());
        }
        return Columns.Bind.UNKNOWN;
    }

    private DatasetChange change(
            TableName dataset, Sort sort, Contrast contrast, Declaration now, Columns.Bind bind) {
        Inheritance.Outlook outlook = outlook(dataset, sort, bind);
        List<FactChange> facts =
                new ArrayList<>(sort == Sort.RENAMED ? List.of() : contrast.facts());
        facts.addAll(outlook.changes());
        List<String> problems = new ArrayList<>();
        outlook.refusal().map(Comparer::text).ifPresent(problems::add);
        bind.problem().ifPresent(problems::add);
        problems.addAll(columns.breaches(impacts.contracts(dataset), dataset));
        return new DatasetChange(
                dataset,
                now.facts().getOrDefault(Fact.KIND, ""),
                sort,
                Optional.ofNullable(former.get(dataset)),
                sort == Sort.RENAMED ? Optional.empty() : contrast.nature(),
                facts,
                bind.changes(),
                sort == Sort.RENAMED ? List.of() : contrast.diff(),
                impacts.of(dataset, bind.changes()),
                problems);
    }

    private Inheritance.Outlook outlook(TableName dataset, Sort sort, Columns.Bind bind) {
        Model model = compiled.project().models().get(dataset);
        if (model == null || sort == Sort.RENAMED || bind.problem().isPresent()) {
            return Inheritance.Outlook.NOTHING;
        }
        return inheritance.of(model, published.state(dataset));
    }

    private static String text(AdeException refusal) {
        return refusal.getMessage() + "\n  " + refusal.nextStep();
    }
}
