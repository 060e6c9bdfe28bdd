package dev.ade.run.compare;

import dev.ade.model.Kind;
import dev.ade.model.Model;
import dev.ade.model.TableName;
import dev.ade.spi.Compiler.CompiledProject;
import dev.ade.spi.Compiler.Situation;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Declaration;
import dev.ade.spi.Engine;
import dev.ade.spi.LakeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// What dimensions with history and snapshots would forget by being built: nothing but they themselves remembers it.
public final class LostHistory {
    private static final String WAY_OUT = "; give the model another name to keep what there is";
    private static final String SCD2 = Fact.word(Kind.History.SLOWLY_CHANGING);

    private final CompiledProject compiled;
    private final LakeView published;
    private final Engine engine;

    /// @param published under the project's names
    public LostHistory(CompiledProject compiled, LakeView published, Engine engine) {
        this.compiled = compiled;
        this.published = published;
        this.engine = engine;
    }

    /// In words.
    ///
    /// @param building datasets that are to be made, inputs before what reads them
    public List<String> of(List<TableName> building) {
        List<Model> models =
                building.stream()
                        .map(compiled.project().models()::get)
                        .filter(Objects::nonNull)
                        .toList();
        List<String> words = new ArrayList<>();
        List<Model> going = new ArrayList<>();
        for (Model model : models) {
            Optional<String> was = published.declaration(model.name()).flatMap(LostHistory::was);
            if (was.isPresent()) {
                Optional<String> end = end(model, was.get());
                end.ifPresent(it -> words.add(said(model, it)));
                if (end.isEmpty() && isDimension(model.kind()) && isOtherwise(model, models)) {
                    going.add(model);
                }
            }
        }
        words.addAll(columns(going, models));
        return words;
    }

    /// How it was kept that had a history.
    private static Optional<String> was(Declaration before) {
        if (SCD2.equals(before.facts().get("history"))) {
            return Optional.of("history: scd2");
        }
        String kind = before.facts().getOrDefault(Fact.KIND, "");
        return kind.equals("snapshot") ? Optional.of(kind) : Optional.empty();
    }

    /// Why a model does not go on from the history there is; empty where it does, or refuses to be built.
    private Optional<String> end(Model model, String was) {
        if (model.kind() instanceof Kind.Snapshot) {
            return Optional.empty();
        }
        if (!isDimension(model.kind())) {
            return Optional.of("it is a %s without history by now".formatted(model.kind().word()));
        }
        if (!was.equals("history: scd2")) {
            return Optional.of("it was a " + was);
        }
        Optional<DatasetState> state = published.state(model.name());
        return ((Kind.Dimension) model.kind())
                .naturalKey().stream()
                        .filter(key ->
                                state.filter(it -> it.schema().find(key).isPresent()).isEmpty())
                        .findFirst()
                        .map("its natural_key '%s' is not in it"::formatted);
    }

    private static boolean isDimension(Kind kind) {
        return kind instanceof Kind.Dimension dimension
                && dimension.history() == Kind.History.SLOWLY_CHANGING;
    }

    private static String said(Model model, String why) {
        return "history of %s goes, as %s%s".formatted(model.name(), why, WAY_OUT);
    }

    /// Whether it, or what it is made from, is said otherwise than before: only then may columns go.
    private boolean isOtherwise(Model model, List<Model> building) {
        Set<TableName> above = compiled.project().above(model.name());
        return building.stream()
                .filter(one -> one.equals(model) || above.contains(one.name()))
                .anyMatch(one ->
                        published
                                .state(one.name())
                                .filter(state -> state.definition().equals(one.definition()))
                                .isEmpty());
    }

    private List<String> columns(List<Model> going, List<Model> building) {
        List<String> words = new ArrayList<>();
        if (going.isEmpty()) {
            return words;
        }
        Set<TableName> read =
                Set.copyOf(
                        going.stream()
                                .flatMap(model -> compiled.project().above(model.name()).stream())
                                .toList());
        try (Columns columns = new Columns(published, engine)) {
            for (Model model : building) {
                if (going.contains(model) || read.contains(model.name())) {
                    Columns.Bind bind = bind(columns, model);
                    if (going.contains(model)) {
                        lost(model, bind).ifPresent(words::add);
                    }
                }
            }
        }
        return words;
    }

    private Columns.Bind bind(Columns columns, Model model) {
        return compiled.code(model)
                .map(code -> columns.bind(model, code))
                .orElseGet(
                        () -> columns.bind(model, compiled.compile(model, Situation.FROM_SCRATCH)));
    }

    /// A surrogate may be called otherwise: it follows from the key.
    private Optional<String> lost(Model model, Columns.Bind bind) {
        Optional<String> surrogate =
                published
                        .declaration(model.name())
                        .flatMap(it -> Optional.ofNullable(it.facts().get("surrogate")));
        List<String> lost =
                bind.changes().stream()
                        .filter(change -> change.after().isEmpty())
                        .map(DatasetChange.ColumnChange::name)
                        .filter(name -> surrogate.filter(name::equalsIgnoreCase).isEmpty())
                        .toList();
        return lost.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "history of %s forgets %s, which its query does not give any more%s"
                                .formatted(model.name(), String.join(", ", lost), WAY_OUT));
    }
}
