package dev.ade.ingest;

import dev.ade.ingest.Reconciler.FileShape;
import dev.ade.model.Column;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;

/// Which of the columns that are gone is perhaps which of those that are new: both of one type, never both in one file, and
/// spelled alike, or at the same place, or with nothing else that they could be. Guesses, for people.
final class Pairs {
    private final List<Column> before;
    private final List<FileShape> files;
    private final Map<Drift.Lost, List<Drift.Added>> open = new HashMap<>();
    private final Map<Drift.Lost, Drift.Added> found = new HashMap<>();

    private Pairs(List<Column> before, List<FileShape> files) {
        this.before = before;
        this.files = files;
    }

    /// @param before the columns of the dataset
    /// @param files with their columns
    static Map<Drift.Lost, Drift.Added> of(
            List<Column> before, List<FileShape> files, List<Drift> drifts) {
        return new Pairs(before, files).find(drifts);
    }

    private Map<Drift.Lost, Drift.Added> find(List<Drift> drifts) {
        List<Drift.Lost> lost = new ArrayList<>();
        for (Drift drift : drifts) {
            if (drift instanceof Drift.Lost gone) {
                lost.add(gone);
                open.put(gone, candidates(gone, drifts));
            }
        }
        lost.forEach(
                gone -> settle(gone, (a, b) -> letters(a.column()).equals(letters(b.column()))));
        lost.forEach(gone -> settle(gone, this::isSamePlace));
        lost.forEach(gone -> settle(gone, (a, b) -> isOnly(a, b)));
        return found;
    }

    private List<Drift.Added> candidates(Drift.Lost gone, List<Drift> drifts) {
        List<Drift.Added> candidates = new ArrayList<>();
        for (Drift drift : drifts) {
            if (drift instanceof Drift.Added added && canBe(gone, added)) {
                candidates.add(added);
            }
        }
        return candidates;
    }

    private boolean canBe(Drift.Lost gone, Drift.Added added) {
        boolean isSameType =
                before.stream()
                        .filter(column -> column.name().equalsIgnoreCase(gone.column()))
                        .anyMatch(column -> column.type().equals(added.type()));
        return isSameType
                && file(gone).shape().column(added.column()).isPresent()
                && files.stream()
                        .map(FileShape::shape)
                        .noneMatch(shape ->
                                shape.column(gone.column()).isPresent()
                                        && shape.column(added.column()).isPresent());
    }

    private void settle(Drift.Lost gone, BiPredicate<Drift.Lost, Drift.Added> isIt) {
        if (found.containsKey(gone)) {
            return;
        }
        open.getOrDefault(gone, List.of()).stream()
                .filter(added -> !found.containsValue(added) && isIt.test(gone, added))
                .findFirst()
                .ifPresent(added -> found.put(gone, added));
    }

    private boolean isSamePlace(Drift.Lost gone, Drift.Added added) {
        return place(before, gone.column()) == place(file(gone).shape().columns(), added.column());
    }

    private static int place(List<Column> columns, String name) {
        return columns.stream().map(Column::name).toList().indexOf(name);
    }

    /// Neither could be another, as far as is still open.
    private boolean isOnly(Drift.Lost gone, Drift.Added added) {
        boolean hasOne =
                open.getOrDefault(gone, List.of()).stream()
                                .filter(it -> !found.containsValue(it))
                                .count()
                        == 1;
        long wanted =
                open.entrySet().stream()
                        .filter(it -> !found.containsKey(it.getKey()))
                        .filter(it -> it.getValue().contains(added))
                        .count();
        return hasOne && wanted == 1;
    }

    private FileShape file(Drift.Lost gone) {
        return files.stream()
                .filter(file -> file.origin().equals(gone.origin()))
                .findFirst()
                .orElseThrow();
    }

    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }
}
