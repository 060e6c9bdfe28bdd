package dev.ade.run.forget;

import dev.ade.model.ColumnSpec;
import dev.ade.model.EnvironmentName;
import dev.ade.model.Project;
import dev.ade.model.TableName;
import dev.ade.run.forget.Forgotten.Hit;
import dev.ade.run.lineage.ColumnId;
import dev.ade.run.lineage.ProjectLineage;
import dev.ade.spi.Compiler.CompiledProject;
import dev.ade.spi.Engine;
import dev.ade.spi.LakeView;
import dev.ade.spi.Privacy;
import dev.ade.spi.Suppression;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Looks where people are in what an environment reads. Changes nothing.
final class Survey {
    private final CompiledProject compiled;
    private final ProjectLineage.Binder binder;
    private final Engine engine;
    private final Privacy privacy;

    Survey(CompiledProject compiled, ProjectLineage.Binder binder, Engine engine, Privacy privacy) {
        this.compiled = compiled;
        this.binder = binder;
        this.engine = engine;
        this.privacy = privacy;
    }

    /// @param targets every table that may hold them, also where none was found
    /// @param holding those in which some were
    /// @param raw values as the sources write them, by column
    /// @param quotable what logs may quote of them
    record Found(
            List<Target> targets,
            List<Target> holding,
            List<Hit> hits,
            Map<TableName, String> untouched,
            Set<Suppression> suppressions,
            Map<ColumnId, Set<String>> raw,
            Quotations quotable) {}

    /// In all but logs.
    Found of(ForgetRequest request, EnvironmentName environment, LakeView view) {
        ProjectLineage lineage = new ProjectLineage(compiled, binder, view::state);
        SourceTraces.Found sources;
        try (KeyValues values = new KeyValues(privacy, engine)) {
            sources = new SourceTraces(request, lineage, view, values).find();
        }
        Traces traces = new Traces(lineage, view, sources.values());
        List<Target> tables = traces.tables();
        Found found =
                new Found(
                        new ArrayList<>(tables),
                        new ArrayList<>(),
                        new ArrayList<>(),
                        traces.untouched(),
                        new HashSet<>(sources.suppressions()),
                        sources.raw(),
                        new Quotations());
        tables.forEach(target -> count(environment, view, target, found));
        Quotations quotable = found.quotable();
        Quotes quotes = new Quotes(engine, lineage, view);
        Stream.of(tables, traces.views()).flatMap(List::stream).forEach(quotable::add);
        // A log loses nothing that counts where it quoted somebody else.
        traces.among().forEach(quotable::addWords);
        quotes.of(found.holding()).forEach(quotable::addWhole);
        quotes.of(traces.views()).forEach(quotable::addWhole);
        new TreeMap<>(quotable.whole())
                .forEach((id, some) ->
                        before(lineage.project(), id).forEach(it -> quotable.addWhole(it, some)));
        return found;
    }

    /// Adds the logs of an environment to what was found there.
    ///
    /// @param quotable of all environments: a log goes on in each that is made from another
    void addLogs(EnvironmentName environment, LakeView view, Quotations quotable, Found found) {
        for (Target log : new Logs(view).targets(quotable)) {
            found.targets().add(log);
            count(environment, view, log, found);
        }
    }

    /// What a source's column was called when logs quoted it.
    private static List<ColumnId> before(Project project, ColumnId id) {
        return Optional.ofNullable(project.sources().get(id.dataset()))
                .flatMap(source -> source.column(id.column()))
                .map(ColumnSpec::aliases)
                .orElse(List.of())
                .stream()
                .map(alias -> new ColumnId(id.dataset(), alias))
                .toList();
    }

    private void count(EnvironmentName environment, LakeView view, Target target, Found found) {
        List<Hit> some = hits(environment, target, new TableScan(engine).count(view, target));
        if (!some.isEmpty()) {
            found.holding().add(target);
            found.hits().addAll(some);
        }
    }

    private static List<Hit> hits(EnvironmentName environment, Target target, List<Long> counts) {
        List<Hit> hits = new ArrayList<>();
        long all = counts.getLast();
        if (all == 0) {
            return hits;
        }
        for (int i = 0; i < target.sought().size(); i++) {
            if (counts.get(i) > 0) {
                hits.add(
                        new Hit(
                                environment,
                                target.dataset(),
                                target.sought().get(i).column(),
                                counts.get(i)));
            }
        }
        hits.add(new Hit(environment, target.dataset(), "", all));
        return hits;
    }
}
