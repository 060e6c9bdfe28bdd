package dev.ade.run.forget;

import dev.ade.model.Column;
import dev.ade.model.Kind;
import dev.ade.model.Model;
import dev.ade.model.Schema;
import dev.ade.model.SurrogateKey;
import dev.ade.model.TableName;
import dev.ade.model.Type.Simple;
import dev.ade.run.forget.Sought.Inside.Place;
import dev.ade.run.lineage.ColumnId;
import dev.ade.run.lineage.DatasetLineage;
import dev.ade.run.lineage.ProjectLineage;
import dev.ade.spi.DatasetState;
import dev.ade.spi.LakeView;
import dev.ade.spi.Lineage;
import dev.ade.spi.Lineage.OutputColumn;
import dev.ade.spi.Lineage.Role;
import dev.ade.spi.Lineage.Use;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Follows values from the sources to every column that holds them: copies hold them as they are, a surrogate key made
/// of nothing else holds its hash, lists, structs and texts that are made of them row by row hold them inside. What was
/// computed otherwise or aggregated cannot be told from other people's.
final class Traces {
    private static final Pattern NUMBER = Pattern.compile("[+-]?[\\d.]+");

    private final ProjectLineage lineage;
    private final LakeView view;
    private final Map<ColumnId, Set<String>> values = new TreeMap<>();
    private final Map<ColumnId, Set<String>> inside = new TreeMap<>();

    /// Values that a column may hold inside of others, where they cannot be told from those of others.
    private final Map<ColumnId, Set<String>> among = new TreeMap<>();

    private final Map<TableName, String> untouched = new TreeMap<>();
    private final Map<TableName, Boolean> isKnown = new HashMap<>();

    Traces(ProjectLineage lineage, LakeView view, Map<ColumnId, Set<String>> sources) {
        this.lineage = lineage;
        this.view = view;
        sources.forEach((id, some) -> values.put(lower(id), new TreeSet<>(some)));
        follow();
    }

    private static ColumnId lower(ColumnId id) {
        return new ColumnId(id.dataset(), id.column().toLowerCase(Locale.ROOT));
    }

    /// Models read each other without cycles, so this ends.
    private void follow() {
        boolean isMore = true;
        while (isMore) {
            isMore = false;
            for (Model model : lineage.project().models().values()) {
                Optional<Lineage> own = lineage.of(model.name()).lineage();
                for (OutputColumn column : own.map(Lineage::columns).orElse(List.of())) {
                    isMore |= follow(new ColumnId(model.name(), column.column().name()), column);
                }
                if (own.filter(Lineage::isExact).isEmpty()) {
                    isMore |= followUnknown(model.name());
                }
            }
        }
    }

    /// Of what nobody knows whence it is each column may hold values that nothing else is equal to.
    private boolean followUnknown(TableName model) {
        Set<String> all = unmistakable();
        boolean isMore = false;
        for (Column column : view.state(model).map(it -> it.schema().columns()).orElse(List.of())) {
            if (holdsUnmistakable(column)) {
                isMore |= add(values, new ColumnId(model, column.name()), all);
            }
        }
        return isMore;
    }

    private static boolean givesValues(Use use) {
        return use.role().compareTo(Role.AGGREGATE) <= 0;
    }

    private static boolean holdsUnmistakable(Column column) {
        return column.type() == Simple.UUID || column.type() == Simple.VARCHAR;
    }

    private static Set<String> unmistakable(Set<String> some) {
        return some.stream().filter(Traces::isUnmistakable).collect(Collectors.toSet());
    }

    private boolean follow(ColumnId id, OutputColumn column) {
        Set<String> found = new HashSet<>();
        boolean isKey =
                column.expression().startsWith("surrogate_key(")
                        && column.uses().stream().map(Use::input).distinct().count() == 1;
        Set<String> within = new HashSet<>();
        Set<String> perhaps = new HashSet<>();
        for (Use use : column.uses()) {
            ColumnId from = lower(new ColumnId(use.input().dataset(), use.input().column()));
            Set<String> of = values.getOrDefault(from, Set.of());
            Set<String> deeper = inside.getOrDefault(from, Set.of());
            if (use.role() == Role.COPY && use.input().path().isEmpty()) {
                found.addAll(of);
                within.addAll(deeper);
            } else if (use.role() == Role.COPY && !column.column().type().isNested()) {
                found.addAll(deeper);
            } else if (isKey) {
                of.forEach(value -> found.add(SurrogateKey.of(List.of(value)).toString()));
            } else if (use.role() == Role.COPY || use.role() == Role.TRANSFORM) {
                within.addAll(of);
                within.addAll(deeper);
            } else if (use.role() == Role.AGGREGATE) {
                perhaps.addAll(of);
                perhaps.addAll(deeper);
            }
            if (givesValues(use)) {
                perhaps.addAll(among.getOrDefault(from, Set.of()));
                if (holdsUnmistakable(column.column())) {
                    // case, coalesce, arg_max, lag and the like give it as it is.
                    found.addAll(unmistakable(of));
                }
            }
        }
        for (String value : within) {
            if (!isFoundInside(column.column(), value)) {
                perhaps.add(value);
            }
        }
        within.removeAll(perhaps);
        boolean isMore = add(values, id, found);
        isMore |= add(inside, id, within);
        return add(among, id, canShow(column) ? perhaps : Set.of()) || isMore;
    }

    /// What is computed into another type is no text that could be searched; in its own it may be as it was.
    private boolean canShow(OutputColumn column) {
        return column.column().type().isNested()
                || column.column().type() == Simple.VARCHAR
                || column.uses().stream()
                        .anyMatch(use -> use.role() == Role.COPY || isOfItsType(column, use));
    }

    private boolean isOfItsType(OutputColumn column, Use use) {
        return column.column().type() != Simple.UUID
                && givesValues(use)
                && lineage.of(use.input().dataset())
                        .schema()
                        .find(use.input().column())
                        .filter(from -> from.type().equals(column.column().type()))
                        .isPresent();
    }

    private static boolean add(Map<ColumnId, Set<String>> all, ColumnId id, Set<String> found) {
        return !found.isEmpty()
                && all.computeIfAbsent(lower(id), _ -> new TreeSet<>()).addAll(found);
    }

    /// A number inside of something may be another one's, and so may a short text within a longer one.
    private static boolean isFoundInside(Column column, String value) {
        return column.type().isNested()
                ? !NUMBER.matcher(value).matches()
                : column.type() == Simple.VARCHAR && isUnmistakable(value);
    }

    /// Tables of the view with what to look for in them.
    List<Target> tables() {
        return targets(DatasetState.Kind.TABLE);
    }

    /// Views, which store nothing themselves, but whose values logs may quote.
    List<Target> views() {
        return targets(DatasetState.Kind.VIEW);
    }

    private List<Target> targets(DatasetState.Kind kind) {
        Set<String> all = unmistakable();
        List<Target> targets = new ArrayList<>();
        for (DatasetState state : view.states()) {
            if (state.kind() == kind && !state.name().namespace().equals(Logs.NAMESPACE)) {
                List<Sought> sought = sought(state, isKnown(state.name()) ? Set.of() : all);
                if (!sought.isEmpty()) {
                    targets.add(new Target(state.name(), sought));
                }
            }
        }
        return targets;
    }

    /// @param anywhere what any column may hold, as nobody knows what it follows from
    private List<Sought> sought(DatasetState state, Set<String> anywhere) {
        List<Sought> sought = new ArrayList<>();
        for (Column column : state.schema().columns()) {
            Set<String> wanted = new TreeSet<>(holdsUnmistakable(column) ? anywhere : Set.of());
            wanted.addAll(
                    values.getOrDefault(
                            lower(new ColumnId(state.name(), column.name())), Set.of()));
            if (!wanted.isEmpty() && !column.type().isNested()) {
                sought.add(new Sought.Values(column.name(), wanted));
            }
            Set<String> within = new TreeSet<>(column.type().isNested() ? anywhere : Set.of());
            within.addAll(
                    inside.getOrDefault(
                            lower(new ColumnId(state.name(), column.name())), Set.of()));
            if (!within.isEmpty()) {
                Place place = column.type().isNested() ? Place.NESTED : Place.TEXT;
                sought.add(new Sought.Inside(column.name(), within, place));
            }
        }
        return sought;
    }

    /// Whether the project says what each column of what is published follows from. It does not where that was made by
    /// another definition, be it of another branch or from before a change that was not run yet, or of what was.
    private boolean isKnown(TableName dataset) {
        Optional<DatasetState> state = view.state(dataset);
        if (state.isEmpty() || lineage.project().sources().containsKey(dataset)) {
            return true;
        }
        Boolean known = isKnown.get(dataset);
        if (known == null) {
            Model model = lineage.project().models().get(dataset);
            Optional<Lineage> own =
                    model != null && model.definition().equals(state.get().definition())
                            ? lineage.of(dataset).lineage().filter(Lineage::isExact)
                            : Optional.empty();
            known = own.stream().flatMap(it -> it.datasets().stream()).allMatch(this::isKnown);
            known &= own.isPresent();
            isKnown.put(dataset, known);
        }
        return known;
    }

    private Set<String> unmistakable() {
        Set<String> all = new TreeSet<>();
        values.values().forEach(some -> all.addAll(unmistakable(some)));
        return all;
    }

    /// 128 bits or more, as of pseudonyms, surrogate keys and tokens.
    private static boolean isUnmistakable(String value) {
        return value.length() >= 32;
    }

    /// Tables made of people's rows in which nobody can be told any more, and why.
    Map<TableName, String> untouched() {
        Set<TableName> targets = new HashSet<>();
        tables().forEach(target -> targets.add(target.dataset()));
        for (Model model : lineage.project().models().values()) {
            boolean isStored =
                    view.state(model.name())
                            .filter(it -> it.kind() == DatasetState.Kind.TABLE)
                            .isPresent();
            if (isStored && !targets.contains(model.name())) {
                say(model);
            } else if (isStored && !perhaps(model.name(), this::isOfSeveralRows).isEmpty()) {
                untouched.put(model.name(), remaking(model, this::isOfSeveralRows));
            }
        }
        return untouched;
    }

    private void say(Model model) {
        DatasetLineage own = lineage.of(model.name());
        Set<TableName> inputs = own.lineage().map(Lineage::datasets).orElse(Set.of());
        if (inputs.stream().noneMatch(this::holds)) {
            return;
        }
        boolean isExact = own.lineage().filter(Lineage::isExact).isPresent();
        boolean isGrouped =
                own.lineage().stream()
                        .flatMap(it -> it.columns().stream())
                        .flatMap(column -> column.uses().stream())
                        .anyMatch(use -> use.role() == Role.AGGREGATE || use.role() == Role.COUNT);
        untouched.put(
                model.name(),
                !isExact
                        ? "its columns are not known"
                        : !perhaps(model.name(), _ -> true).isEmpty()
                                ? remaking(model, _ -> true)
                                : isGrouped ? "aggregates" : "does not hold the key");
    }

    /// Which columns may hold the key, and what to do.
    private String remaking(Model model, Predicate<OutputColumn> which) {
        return "%s may hold the key among others: %s"
                .formatted(
                        perhaps(model.name(), which),
                        model.kind() instanceof Kind.Snapshot
                                ? "a snapshot keeps what it saw; give it another name, run, and ade drop %s"
                                        .formatted(model.name())
                                : "ade run -s %s --full-refresh makes it again without it"
                                        .formatted(model.name()));
    }

    private String perhaps(TableName dataset, Predicate<OutputColumn> which) {
        return lineage.of(dataset).lineage().stream()
                .flatMap(it -> it.columns().stream())
                .filter(which)
                .map(it -> it.column().name())
                .filter(name -> among.containsKey(lower(new ColumnId(dataset, name))))
                .collect(Collectors.joining(", "));
    }

    /// Else the key of the row tells of the row.
    private boolean isOfSeveralRows(OutputColumn column) {
        return column.uses().stream().anyMatch(use -> use.role() == Role.AGGREGATE);
    }

    /// What may be among other values, by the column it is in.
    Map<ColumnId, Set<String>> among() {
        return among;
    }

    private boolean holds(TableName dataset, String column) {
        ColumnId id = lower(new ColumnId(dataset, column));
        return values.containsKey(id) || inside.containsKey(id) || among.containsKey(id);
    }

    /// Whether something holds the values, or is made of what does.
    private boolean holds(TableName dataset) {
        Schema schema = lineage.of(dataset).schema();
        boolean isHolder = schema.columns().stream().anyMatch(it -> holds(dataset, it.name()));
        return isHolder
                || lineage.of(dataset).lineage().map(Lineage::datasets).orElse(Set.of()).stream()
                        .anyMatch(this::holds);
    }
}
