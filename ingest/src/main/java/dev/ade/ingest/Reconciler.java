package dev.ade.ingest;

import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.ColumnSpec.Nullability;
import dev.ade.model.DriftPolicy;
import dev.ade.model.SourceTable;
import dev.ade.model.Type;
import dev.ade.model.Type.Simple;
import dev.ade.model.Widening;
import dev.ade.spi.Loader.ColumnReaders;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Brings what the files hold and what is expected together, by the source's drift policy. Reads nothing
/// itself: where a sample says "text" it asks `Evidence` whether the values really are no narrower.
final class Reconciler {
    /// A column counts as retyped when more than this share of its sampled values does not fit.
    static final double MISFIT_SHARE_MAX = 0.1;

    /// Looks at values.
    interface Evidence {
        /// How the values of a column fit a type.
        Fit fit(FileShape file, String column, Type type);
    }

    /// @param values that are not NULL, in the sample
    /// @param misfits of them that do not cast
    /// @param codes of them that would lose what they begin with as a number
    record Fit(long values, long misfits, long codes) {
        boolean isRetyped() {
            return misfits > MISFIT_SHARE_MAX * values;
        }
    }

    /// @param isLanded whether it landed with this content before, so that what it lacks is no news
    record FileShape(String origin, java.nio.file.Path path, Shape shape, boolean isLanded) {
        /// One that comes for the first time.
        FileShape(String origin, java.nio.file.Path path, Shape shape) {
            this(origin, path, shape, false);
        }

        boolean misses(String column) {
            return !isLanded && shape.column(column).isEmpty();
        }
    }

    private final SourceTable source;
    private final Expected expected;
    private final List<FileShape> files;
    private final Evidence evidence;
    private final ColumnReaders readers;
    private final List<Drift> drifts = new ArrayList<>();
    private final Set<String> lenient = new HashSet<>();
    private final List<String> refused = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    Reconciler(
            SourceTable source,
            Expected expected,
            List<FileShape> files,
            Evidence evidence,
            ColumnReaders readers) {
        this.source = source;
        this.expected = expected;
        this.files = files.stream().filter(file -> !file.shape().isEmpty()).toList();
        this.evidence = evidence;
        this.readers = readers;
    }

    Reconciled reconcile() {
        Map<String, Column> columns = new LinkedHashMap<>();
        for (String name : names()) {
            column(name).ifPresent(column -> columns.put(Expected.lower(name), column));
        }
        findLost();
        pair();
        if (source.drift() == DriftPolicy.FREEZE && !drifts.isEmpty()) {
            throw frozen();
        }
        new Unfound(source, expected, files).requireNone();
        requireThere(columns);
        return new Reconciled(List.copyOf(columns.values()), lenient, refused, advice(), remarks());
    }

    private List<String> words() {
        return drifts.stream().map(drift -> drift.words(readers)).toList();
    }

    /// With what to do about it.
    private List<String> advice() {
        return drifts.stream().map(drift -> drift.words(readers) + advice(drift)).toList();
    }

    private List<String> remarks() {
        List<String> all = new ArrayList<>(neverSeen());
        all.addAll(remarks);
        return all;
    }

    /// A column that is declared under a name that nothing has is one that lands otherwise than declared.
    private List<String> neverSeen() {
        if (files.isEmpty()) {
            return List.of();
        }
        FileShape first = files.getFirst();
        return expected.all().stream()
                .filter(name -> expected.currentType(name).isEmpty())
                .filter(name ->
                        files.stream().allMatch(file -> file.shape().column(name).isEmpty()))
                .map(name ->
                        "column '%s' is declared, but %s has %s"
                                .formatted(name, first.origin(), shown(first.shape())))
                .toList();
    }

    private static String advice(Drift drift) {
        return drift instanceof Drift.Renamed(String column, Drift.Added to)
                ? "; if so, declare %s to have it all as '%s', or %s to keep it '%s'"
                        .formatted(
                                called(to.column(), column),
                                to.column(),
                                called(column, to.column()),
                                column)
                : "";
    }

    private static String called(String column, String alias) {
        return "{name: %s, aliases: [%s]}".formatted(column, alias);
    }

    /// Current columns, then those of the files in their order, then declared ones nobody has. A seed is what its file says,
    /// as in dbt: it has those of its file alone.
    private Set<String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        if (source.origin() == SourceTable.Origin.SEED && !files.isEmpty()) {
            files.forEach(file -> ofFile(file, names));
            return new LinkedHashSet<>(names.values());
        }
        expected.current()
                .forEach(column -> names.putIfAbsent(Expected.lower(column.name()), column.name()));
        files.forEach(file -> ofFile(file, names));
        expected.names().forEach(name -> names.putIfAbsent(Expected.lower(name), name));
        return new LinkedHashSet<>(names.values());
    }

    private static void ofFile(FileShape file, Map<String, String> names) {
        file.shape().columns().stream()
                .map(file.shape()::own)
                .forEach(name -> names.putIfAbsent(Expected.lower(name), name));
    }

    private Optional<Column> column(String name) {
        Optional<Type> declared = expected.declaredType(name);
        Optional<Type> current = expected.currentType(name);
        boolean isInFiles = files.stream().anyMatch(file -> file.shape().column(name).isPresent());
        if (!expected.isNew() && current.isEmpty() && isInFiles && !expected.isDeclared(name)) {
            return added(name);
        }
        if (declared.isPresent()) {
            return Optional.of(new Column(name, declared.get()));
        }
        if (!isInFiles) {
            return current.map(type -> new Column(name, type));
        }
        boolean isGuessed = expected.guessed().contains(Expected.lower(name));
        return Optional.of(new Column(name, typed(name, isGuessed ? Optional.empty() : current)));
    }

    private Optional<Column> added(String name) {
        Type type = inferred(name, Optional.empty());
        FileShape first = firstWith(name);
        drifts.add(new Drift.Added(name, type, first.origin()));
        return switch (source.drift()) {
            case EVOLVE, FREEZE -> Optional.of(new Column(name, type));
            case DISCARD_VALUE -> Optional.empty();
            case DISCARD_ROW -> {
                refused.add(name);
                yield Optional.empty();
            }
        };
    }

    private Type typed(String name, Optional<Type> current) {
        Type found = inferred(name, current);
        if (current.isEmpty() || Widening.holds(current.get(), found)) {
            return current.orElse(found);
        }
        Type wide = Widening.of(current.get(), found);
        drifts.add(new Drift.Retyped(name, current.get(), found, firstWith(name).origin()));
        return switch (source.drift()) {
            case EVOLVE, FREEZE -> wide;
            case DISCARD_ROW -> current.get();
            case DISCARD_VALUE -> {
                lenient.add(Expected.lower(name));
                yield current.get();
            }
        };
    }

    private FileShape firstWith(String name) {
        return files.stream()
                .filter(file -> file.shape().column(name).isPresent())
                .findFirst()
                .orElseThrow();
    }

    /// The narrowest type that holds what the samples of all files show. Text is what a sniffer says of
    /// a column without values too, so text counts only where the values do not fit what else is known.
    private Type inferred(String name, Optional<Type> current) {
        if (current.filter(Simple.VARCHAR::equals).isPresent()) {
            return Simple.VARCHAR;
        }
        Optional<Type> narrow = current;
        List<FileShape> texts = new ArrayList<>();
        List<FileShape> empties = new ArrayList<>();
        for (FileShape file : files) {
            Optional<Type> found = file.shape().column(name).map(Column::type);
            if (found.filter(Simple.VARCHAR::equals).isPresent()) {
                texts.add(file);
            } else if (found.filter(Empties::mayBe).isPresent()) {
                empties.add(file);
            } else if (found.isPresent()) {
                narrow = Optional.of(wider(narrow, found.get()));
            }
        }
        for (FileShape file : empties) {
            narrow = Optional.of(wider(narrow, ofEmpties(file, name, narrow)));
        }
        if (narrow.isEmpty()) {
            return Simple.VARCHAR;
        }
        Type type = narrow.get();
        boolean isOpen = current.isEmpty() && type.isNumeric();
        for (FileShape file : texts) {
            Fit fit = evidence.fit(file, name, type);
            if (fit.isRetyped() || (isOpen && fit.codes() > 0)) {
                return Simple.VARCHAR;
            }
            if (type.isNumeric() && fit.codes() > 0) {
                remarks.add(
                        "column '%s' is %s, and %s has values that begin with zeros or a plus, which are lost; declare {name: %s, data_type: varchar} to keep them"
                                .formatted(name, type.text(), file.origin(), name));
            }
        }
        return type;
    }

    private static Type wider(Optional<Type> narrow, Type type) {
        return narrow.map(other -> Widening.of(other, type)).orElse(type);
    }

    /// The type of a column whose objects or lists are perhaps all empty.
    private Type ofEmpties(FileShape file, String name, Optional<Type> known) {
        Type found = file.shape().column(name).map(Column::type).orElseThrow();
        return known.filter(it ->
                        Empties.proof(found, it)
                                .filter(proof -> evidence.fit(file, name, proof).misfits() == 0)
                                .isPresent())
                .orElse(found);
    }

    private void findLost() {
        for (String name : expected.all()) {
            boolean wasThere = expected.currentType(name).isPresent();
            for (FileShape file : files) {
                if (wasThere && file.misses(name)) {
                    drifts.add(new Drift.Lost(name, file.origin()));
                    break;
                }
            }
        }
    }

    /// A column that is gone and a new one that is perhaps the same are told as one.
    private void pair() {
        Pairs.of(expected.current(), files, drifts)
                .forEach((lost, added) -> {
                    drifts.remove(added);
                    drifts.set(drifts.indexOf(lost), new Drift.Renamed(lost.column(), added));
                });
    }

    /// Columns without which no row can be right.
    private void requireThere(Map<String, Column> columns) {
        List<String> needed = new ArrayList<>(source.load().key());
        source.eventTime().ifPresent(needed::add);
        source.columns().stream()
                .filter(column -> column.nullability() == Nullability.NOT_NULL)
                .forEach(column -> needed.add(column.name()));
        for (String name : needed) {
            for (FileShape file : files) {
                if (file.shape().column(name).isEmpty()) {
                    throw AdeException.data(
                                    "Cannot load %s: column '%s' is not in %s, which has %s"
                                            .formatted(
                                                    source.name(),
                                                    name,
                                                    file.origin(),
                                                    shown(file.shape())),
                                    nextStep(name))
                            .at(source.location());
                }
            }
        }
        if (columns.isEmpty()) {
            throw AdeException.data(
                            "Cannot load %s: the files are empty and no column is declared with its type"
                                    .formatted(source.name()),
                            "Declare columns with data_type, or wait for the first row")
                    .at(source.location());
        }
    }

    private String nextStep(String needed) {
        String other =
                drifts.stream()
                        .filter(drift -> drift.column().equalsIgnoreCase(needed))
                        .filter(Drift.Renamed.class::isInstance)
                        .map(Drift.Renamed.class::cast)
                        .map(drift ->
                                ". If it is '%s' by now, declare %s"
                                        .formatted(
                                                drift.to().column(),
                                                called(drift.column(), drift.to().column())))
                        .findFirst()
                        .orElse("");
        return "Correct the file, or the declaration: the column is a key, the event time or not_null"
                + other;
    }

    private static String shown(Shape shape) {
        return shape.columns().stream()
                .map(Column::name)
                .limit(20)
                .collect(Collectors.joining(", "));
    }

    private AdeException frozen() {
        String list = String.join("; ", words());
        String yaml =
                drifts.stream()
                        .map(Reconciler::yaml)
                        .filter(line -> !line.isEmpty())
                        .distinct()
                        .collect(Collectors.joining("\n    "));
        return AdeException.data(
                        "Cannot load %s: its contract is frozen and the files have changed: %s"
                                .formatted(source.name(), list),
                        yaml.isEmpty()
                                ? "Correct the files, or set drift: evolve"
                                : "Correct the files, or accept the change under columns:\n    "
                                        + yaml)
                .at(source.location());
    }

    private static String yaml(Drift drift) {
        return switch (drift) {
            case Drift.Added(String column, Type type, String _) -> line(column, type);
            case Drift.Retyped(String column, Type from, Type to, String _) ->
                    line(column, Widening.of(from, to));
            case Drift.Renamed(String column, Drift.Added to) -> "- " + called(to.column(), column);
            case Drift.Lost _ -> "";
        };
    }

    private static String line(String column, Type type) {
        return "- {name: %s, data_type: %s}".formatted(column, type.text());
    }
}
