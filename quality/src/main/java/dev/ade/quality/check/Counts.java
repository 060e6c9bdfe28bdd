package dev.ade.quality.check;

import dev.ade.model.AdeException;
import dev.ade.model.TableName;
import dev.ade.spi.Checker.Context;
import dev.ade.spi.Cursor;
import dev.ade.spi.Profile;
import dev.ade.spi.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What checks of a dataset count, all of them in one pass over it. Where that pass fails, because of any of them,
/// each is counted alone, so that only those that are to blame fail.
final class Counts {
    /// Measures of one pass; more are taken in turns.
    private static final int MEASURES_MAX = 200;

    private final Session session;
    private final TableName dataset;
    private final Map<Measure, Long> known = new HashMap<>();

    private Counts(Session session, TableName dataset) {
        this.session = session;
        this.dataset = dataset;
    }

    static Counts of(List<CheckSql> checks, Context context) {
        Counts counts = new Counts(context.session(), context.state().name());
        context.profile().ifPresent(profile -> counts.takeNulls(checks, profile));
        List<Measure> measures =
                checks.stream()
                        .flatMap(check -> check.measures().stream())
                        .filter(measure -> !counts.known.containsKey(measure))
                        .distinct()
                        .toList();
        for (int from = 0; from < measures.size(); from += MEASURES_MAX) {
            counts.tryAll(measures.subList(from, Math.min(measures.size(), from + MEASURES_MAX)));
        }
        return counts;
    }

    /// A profile has counted NULLs, exactly and of the same rows.
    private void takeNulls(List<CheckSql> checks, Profile profile) {
        for (CheckSql check : checks) {
            check.nullsOf()
                    .flatMap(profile::column)
                    .ifPresent(column ->
                            check.measures().forEach(rows -> known.put(rows, column.nulls())));
        }
    }

    private void tryAll(List<Measure> measures) {
        try {
            known.putAll(count(measures));
        } catch (AdeException e) {
            if (e.kind() == AdeException.Kind.CANCELLED) {
                throw e;
            }
        }
    }

    /// @throws AdeException where one of them cannot be counted
    List<Long> of(List<Measure> measures) {
        List<Measure> missing = measures.stream().filter(it -> !known.containsKey(it)).toList();
        if (!missing.isEmpty()) {
            known.putAll(count(missing));
        }
        return measures.stream().map(known::get).map(Objects::requireNonNull).toList();
    }

    /// Rows that a query gives, at most `limit`.
    long rows(String query, long limit) {
        return single(
                "select count(*) from (select * from (%s\n) limit %d)".formatted(query, limit));
    }

    /// What an aggregate makes of the rows that a query gives, of at most `limit`; NULL is 0.
    long calculated(String aggregate, String query, long limit) {
        return single(
                "select coalesce(cast((%s) as bigint), 0) from (select * from (%s\n) limit %d)"
                        .formatted(aggregate, query, limit));
    }

    /// The numbers in the one row that a query gives.
    List<Long> numbers(String select) {
        try (Cursor cursor = session.query(select)) {
            return cursor.all(1).getFirst().stream().map(Counts::number).toList();
        }
    }

    /// Why a check cannot run: where the parent of a relationship lacks its column, the engine says so only when
    /// it is asked for that alone.
    AdeException reason(CheckSql check, AdeException error) {
        try {
            check.parent().ifPresent(session::describe);
            return error;
        } catch (AdeException plainer) {
            return plainer;
        }
    }

    private long single(String select) {
        try (Cursor cursor = session.query(select)) {
            return number(cursor.all(1).getFirst().getFirst());
        }
    }

    private Map<Measure, Long> count(List<Measure> measures) {
        List<String> projected = new ArrayList<>();
        List<String> counted = new ArrayList<>();
        for (Measure measure : measures) {
            String name = "m" + projected.size();
            projected.add("(%s) as %s".formatted(measure.projected(), name));
            counted.add(measure.counted(name));
        }
        String sql =
                "select %s from (select %s from %s)"
                        .formatted(
                                String.join(", ", counted),
                                projected.stream().collect(Collectors.joining(",\n  ")),
                                dataset.quoted());
        try (Cursor cursor = session.query(sql)) {
            List<@Nullable Object> row = cursor.all(1).getFirst();
            Map<Measure, Long> counts = new HashMap<>();
            for (int i = 0; i < measures.size(); i++) {
                counts.put(measures.get(i), number(row.get(i)));
            }
            return counts;
        }
    }

    private static long number(@Nullable Object value) {
        return ((Number) Objects.requireNonNull(value)).longValue();
    }
}
