package dev.ade.ingest;

import dev.ade.model.Aliases;
import dev.ade.model.Column;
import dev.ade.model.ColumnSpec;
import dev.ade.model.LoadedColumns;
import dev.ade.model.SourceTable;
import dev.ade.model.Type;
import dev.ade.model.Widening;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Loader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a dataset's columns are before privacy, as earlier loads and the declaration say.
///
/// @param current columns of the dataset as it is, before privacy; empty for a new dataset
/// @param declared types that the project declares, by lower-case name
/// @param names all declared columns, in the project's order
/// @param aliases what they are called elsewhere
/// @param guessed lower-case names of current columns that are text because there was no value yet to say more
record Expected(
        List<Column> current,
        Map<String, Type> declared,
        List<String> names,
        Aliases aliases,
        Set<String> guessed) {
    /// The property of a dataset that keeps `current`.
    static final String PROPERTY = Loader.RAW_COLUMNS;

    Expected {
        current = List.copyOf(current);
        declared = Map.copyOf(declared);
        names = List.copyOf(names);
        guessed = Set.copyOf(guessed);
    }

    static Expected of(SourceTable source, ReaderOptions options, Optional<DatasetState> state) {
        Aliases aliases = source.aliases();
        Map<String, Type> declared = new java.util.HashMap<>();
        options.types().forEach((name, type) -> declared.put(lower(aliases.own(name)), type));
        for (ColumnSpec column : source.columns()) {
            column.type().ifPresent(type -> declared.put(lower(column.name()), type));
        }
        List<Column> current = state.map(it -> united(current(it), aliases)).orElse(List.of());
        return new Expected(
                current,
                declared,
                source.columns().stream().map(ColumnSpec::name).toList(),
                aliases,
                state.filter(it -> it.rows() == 0).map(_ -> texts(current)).orElse(Set.of()));
    }

    private static Set<String> texts(List<Column> columns) {
        return columns.stream()
                .filter(column -> column.type() == Type.Simple.VARCHAR)
                .map(column -> lower(column.name()))
                .collect(Collectors.toSet());
    }

    /// Under the names that the columns have by now; those that are one by now hold what each of them did.
    private static List<Column> united(List<Column> columns, Aliases aliases) {
        Map<String, Column> united = new LinkedHashMap<>();
        for (Column column : columns) {
            String own = aliases.own(column.name());
            united.merge(
                    lower(own),
                    new Column(own, column.type()),
                    (a, b) -> new Column(own, Widening.of(a.type(), b.type())));
        }
        return List.copyOf(united.values());
    }

    /// Columns of a dataset as it is, before privacy.
    static List<Column> current(DatasetState state) {
        String kept = state.properties().get(PROPERTY);
        if (kept != null && Type.parse(kept) instanceof Type.Struct(List<Column> fields)) {
            return fields;
        }
        return state.schema().columns().stream()
                .filter(column -> !LoadedColumns.NAMES.contains(lower(column.name())))
                .toList();
    }

    boolean isNew() {
        return current.isEmpty();
    }

    Optional<Type> declaredType(String name) {
        return Optional.ofNullable(declared.get(lower(name)));
    }

    Optional<Type> currentType(String name) {
        return current.stream()
                .filter(column -> column.name().equalsIgnoreCase(name))
                .map(Column::type)
                .findFirst();
    }

    /// Lower-case names of columns that are decimals, or hold some.
    Set<String> decimals() {
        return outside(
                all().stream()
                        .filter(name ->
                                declaredType(name)
                                        .or(() -> currentType(name))
                                        .filter(Expected::hasDecimal)
                                        .isPresent()));
    }

    /// Lower-case names of columns that are lists.
    Set<String> lists() {
        return outside(
                all().stream()
                        .filter(name ->
                                declaredType(name)
                                        .or(() -> currentType(name))
                                        .filter(Type.ListOf.class::isInstance)
                                        .isPresent()));
    }

    /// All that columns may be called, in lower case.
    private Set<String> outside(Stream<String> own) {
        Set<String> all = own.map(Expected::lower).collect(Collectors.toCollection(HashSet::new));
        aliases.names()
                .forEach((other, name) -> {
                    if (all.contains(lower(name))) {
                        all.add(other);
                    }
                });
        return all;
    }

    private static boolean hasDecimal(Type type) {
        return switch (type) {
            case Type.Decimal _ -> true;
            case Type.Simple _ -> false;
            case Type.ListOf(Type element) -> hasDecimal(element);
            case Type.MapOf(Type _, Type value) -> hasDecimal(value);
            case Type.Struct(List<Column> fields) ->
                    fields.stream().anyMatch(field -> hasDecimal(field.type()));
        };
    }

    boolean isDeclared(String name) {
        return names.stream().anyMatch(name::equalsIgnoreCase) || declared.containsKey(lower(name));
    }

    /// Every expected name, current ones first.
    List<String> all() {
        List<String> all = new ArrayList<>(current.stream().map(Column::name).toList());
        names.stream().filter(name -> currentType(name).isEmpty()).forEach(all::add);
        return all;
    }

    /// What a header may have.
    Set<String> lowerNames() {
        return outside(all().stream());
    }

    static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
