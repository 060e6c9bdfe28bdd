package dev.ade.run.lineage;

import dev.ade.model.AdeException;
import dev.ade.model.Fingerprint;
import dev.ade.model.Model;
import dev.ade.model.RunId;
import dev.ade.model.TableName;
import dev.ade.model.Wording;
import dev.ade.run.Decisions;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Lineage;
import dev.ade.spi.Lineage.OutputColumn;
import dev.ade.spi.Lineage.Use;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The lineage of what a run builds, found out beside the build and only where something changed that it follows
/// from. Thread-safe.
public final class BuiltLineage {
    /// The small fact kept with a dataset: what its lineage follows from.
    public static final String PROPERTY = "lineage";

    private final RunId run;
    private final ProjectLineage lineage;
    private final Function<TableName, Optional<DatasetState>> states;
    private final Function<TableName, Optional<DatasetState>> before;

    /// @param states datasets as the run has them so far
    /// @param before as they were when it began
    public BuiltLineage(
            RunId run,
            ProjectLineage lineage,
            Function<TableName, Optional<DatasetState>> states,
            Function<TableName, Optional<DatasetState>> before) {
        this.run = run;
        this.lineage = lineage;
        this.states = states;
        this.before = before;
    }

    /// What became of it.
    ///
    /// @param properties to keep with the dataset
    /// @param rows for `ade.lineage`; none where they are there already
    public record Result(Map<String, String> properties, List<List<@Nullable Object>> rows) {
        /// Columns whose values in rows of before were treated otherwise than those that come.
        public Set<String> treatedOtherwise(DatasetState published) {
            Optional<Inherited> was = Inherited.of(published);
            Optional<Inherited> is = Inherited.of(properties);
            return was.isEmpty() || is.isEmpty()
                    ? Set.of()
                    : published.schema().names().stream()
                            .filter(name -> !is.get().isTreatedAs(was.get(), name))
                            .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /// Begins for a model whose inputs are ready. The result fails where the model must not be built.
    public CompletableFuture<Result> begin(Model model) {
        CompletableFuture<Result> future = new CompletableFuture<>();
        Thread.ofVirtual().name("lineage " + model.name()).start(() -> complete(future, model));
        return future;
    }

    private void complete(CompletableFuture<Result> future, Model model) {
        try {
            future.complete(find(model));
        } catch (RuntimeException | Error e) {
            future.completeExceptionally(e);
        }
    }

    /// Waits for what `begin` gave. Lineage that cannot be found out stops nobody: it is tried again next time.
    ///
    /// @throws AdeException USER where the model must not be built
    public static Result end(CompletableFuture<Result> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof AdeException refused) {
                throw refused;
            }
            String key = Fingerprint.of("unknown", String.valueOf(e.getCause())).hex();
            return new Result(Map.of(PROPERTY, key), List.of());
        }
    }

    private Result find(Model model) {
        Fingerprint key = key(model);
        Optional<DatasetState> known =
                before.apply(model.name())
                        .filter(state -> key.hex().equals(state.properties().get(PROPERTY)))
                        .filter(state -> state.properties().containsKey(Inherited.PROPERTY))
                        .filter(state -> state.properties().containsKey(TimedBy.PROPERTY));
        if (known.isPresent()) {
            TimedBy timedBy = TimedBy.of(known.get().properties());
            return new Result(properties(key, Inherited.of(known.get()), timedBy), List.of());
        }
        PersonalColumns personal = new PersonalColumns(lineage);
        Optional<AdeException> refusal = Identity.refusal(model, lineage, personal);
        if (refusal.isPresent()) {
            throw refusal.get();
        }
        DatasetLineage own = lineage.of(model.name());
        Optional<Inherited> inherited = Inherited.of(model.name(), personal, own.schema());
        TimedBy timedBy = own.lineage().map(it -> TimedBy.of(model, it)).orElse(TimedBy.NOTHING);
        return new Result(properties(key, inherited, timedBy), rows(own));
    }

    private static Map<String, String> properties(
            Fingerprint key, Optional<Inherited> inherited, TimedBy timedBy) {
        return Map.of(
                PROPERTY,
                key.hex(),
                Inherited.PROPERTY,
                Inherited.text(inherited),
                TimedBy.PROPERTY,
                timedBy.text());
    }

    /// A model's definition, and of its inputs the columns and what those follow from.
    private Fingerprint key(Model model) {
        List<Object> from = new ArrayList<>();
        from.add(model.definition());
        for (TableName input : model.inputs().stream().sorted().toList()) {
            from.add(input);
            states.apply(input).ifPresent(state -> from.add(followed(state)));
        }
        return Fingerprint.of(from);
    }

    private static List<String> followed(DatasetState state) {
        List<String> parts = new ArrayList<>();
        state.schema()
                .columns()
                .forEach(column -> parts.add(column.name() + " " + column.type().sql()));
        Decisions.of(state)
                .forEach(it ->
                        parts.add(
                                "%s %s %s %s"
                                        .formatted(
                                                it.column(),
                                                it.dataClass(),
                                                it.treatment(),
                                                it.terms())));
        parts.add(Map.copyOf(state.properties()).getOrDefault(PROPERTY, ""));
        return parts;
    }

    private List<List<@Nullable Object>> rows(DatasetLineage dataset) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        Lineage own = dataset.lineage().orElseThrow();
        String name = dataset.name().toString();
        for (OutputColumn column : own.columns()) {
            for (Use use : column.uses()) {
                rows.add(row(name, column.column().name(), column.expression(), use));
            }
            if (column.uses().isEmpty() && own.isExact()) {
                rows.add(row(name, column.column().name(), column.expression(), null));
            }
        }
        own.rows().forEach(use -> rows.add(row(name, null, null, use)));
        if (!own.isExact()) {
            own.datasets().stream()
                    .sorted()
                    .forEach(input ->
                            rows.add(
                                    Arrays.asList(
                                            run.number(),
                                            name,
                                            null,
                                            null,
                                            input.toString(),
                                            null,
                                            null,
                                            "unknown")));
        }
        return rows;
    }

    private List<@Nullable Object> row(
            String dataset,
            @Nullable String column,
            @Nullable String expression,
            @Nullable Use use) {
        return Arrays.asList(
                run.number(),
                dataset,
                column,
                expression,
                use == null ? null : use.input().dataset().toString(),
                use == null ? null : use.input().column(),
                use == null || use.input().path().isEmpty()
                        ? null
                        : String.join(".", use.input().path()),
                use == null ? "constant" : Wording.of(use.role()));
    }
}
