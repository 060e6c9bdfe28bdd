package dev.ade.run.build;

import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.LoadedColumns;
import dev.ade.model.Schema;
import dev.ade.model.SnapshotSpec;
import dev.ade.model.SnapshotSpec.Detection;
import dev.ade.model.SnapshotSpec.HardDeletes;
import dev.ade.model.SnapshotSpec.MetaColumns;
import dev.ade.model.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The queries of a snapshot, over `ade$incoming` (aliased `s`: what the query gives now, with `ade$key0`… and
/// `ade$updated`) and the stored rows (aliased `t`, with the same keys).
final class SnapshotSql {
    static final String INCOMING = "ade$incoming";
    static final String UPDATED = "ade$updated";
    private static final String KEY = "ade$key";

    private final SnapshotSpec spec;
    private final Renewals renewals;
    private final Schema given;
    private final Column updated;
    private final String now;

    /// What tells states of a key apart that begin when they are seen: by dates, several may begin on a day.
    private final String moment;

    /// @param incoming columns of `ade$incoming`
    /// @param now the time of the run as a timestamp literal
    SnapshotSql(SnapshotSpec spec, Renewals renewals, Schema incoming, String now) {
        this.spec = spec;
        this.renewals = renewals;
        this.given = visible(incoming);
        this.updated = incoming.find(UPDATED).orElseThrow();
        this.now = "cast(%s as %s)".formatted(now, updated.type().sql());
        this.moment = "'|' || cast(%s as varchar)".formatted(now);
    }

    private static Schema visible(Schema incoming) {
        return new Schema(
                incoming.columns().stream()
                        .filter(column -> !column.name().startsWith("ade$"))
                        .toList());
    }

    static String incoming(SnapshotSpec spec, Renewals renewals, String query, String now) {
        String updated =
                switch (spec.detection()) {
                    case Detection.Timestamp timestamp -> "(" + timestamp.updatedAt() + ")";
                    case Detection.Check check ->
                            check.updatedAt().map(it -> "(" + it + ")").orElse(now);
                };
        return "create temp table %s as select s.*, %s, %s as %s from (%s\n) as s"
                .formatted(
                        Sql.quote(INCOMING),
                        keys(spec, renewals),
                        updated,
                        Sql.quote(UPDATED),
                        query);
    }

    private static String keys(SnapshotSpec spec, Renewals renewals) {
        List<String> keys = spec.uniqueKey();
        return IntStream.range(0, keys.size())
                .mapToObj(i -> {
                    String key = renewals.compared(keys.get(i), keys.get(i));
                    return "(%s) as %s".formatted(key, Sql.quote(KEY + i));
                })
                .collect(Collectors.joining(", "));
    }

    private Stream<String> keyNames() {
        return IntStream.range(0, spec.uniqueKey().size()).mapToObj(i -> Sql.quote(KEY + i));
    }

    String repeatedKeys() {
        String key = keyNames().collect(Collectors.joining(", "));
        return "select count(*) from (select 1 from %s group by %s having count(*) > 1) as g"
                .formatted(Sql.quote(INCOMING), key);
    }

    /// What is kept of rows that nobody has seen before.
    String first() {
        return "select %s from %s as s"
                .formatted(fresh(given.columns(), Sql.quote(UPDATED), "''"), Sql.quote(INCOMING));
    }

    /// What is kept now, given what was.
    ///
    /// @param table the stored rows
    String next(Schema stored, String table) {
        List<Column> columns = new ArrayList<>(given.columns());
        Set<String> meta =
                spec.columns()
                        .names()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet());
        stored.columns().stream()
                .filter(column -> given.find(column.name()).isEmpty())
                .filter(column -> !meta.contains(column.name().toLowerCase(Locale.ROOT)))
                .forEach(columns::add);
        Template template =
                Template.of(
                                """
                                with t as (
                                  select t.*, ${keys}, ${isCurrent} as "ade$current" from ${table} as t
                                ),
                                recorded as (
                                  select ${keyNames}, max(${recorded}) as "ade$recorded" from t group by all
                                ),
                                s as (
                                  select s.*, t."ade$recorded", true as "ade$there"
                                  from ${incoming} as s left join recorded as t on ${sameKey}
                                ),
                                o as (
                                  select t.*, ${since} as "ade$new", ${isGone} as "ade$gone",
                                    ${isChanged} as "ade$changed"
                                  from t left join s on ${same}
                                )
                                select ${kept} from o as t
                                union all by name
                                select ${fresh} from s left join t on ${same}
                                where t."ade$current" is null or ${isChanged}\
                                """)
                        .with("keys", keys(spec, renewals))
                        .with("table", table)
                        .with("keyNames", keyNames().collect(Collectors.joining(", ")))
                        .with("recorded", recorded(stored))
                        .with("sameKey", sameKey())
                        .with("since", since())
                        .with("isGone", isGone(stored))
                        .with("isChanged", isChanged(stored))
                        .with("incoming", Sql.quote(INCOMING))
                        .with("isCurrent", isCurrent(stored))
                        .with("same", sameKey() + " and s.\"ade$there\" = t.\"ade$current\"")
                        .with("kept", kept(columns, stored))
                        .with(
                                "fresh",
                                fresh(
                                        columns,
                                        since(),
                                        "case when %s then %s else '' end"
                                                .formatted(isRecorded(), moment)));
        return spec.hardDeletes() == HardDeletes.NEW_RECORD
                ? template.text() + deleted(columns, stored)
                : template.text();
    }

    private String sameKey() {
        return keyNames()
                .map(key -> "s.%s is not distinct from t.%s".formatted(key, key))
                .collect(Collectors.joining(" and "));
    }

    /// Until when it is recorded what a stored row's key was.
    private String recorded(Schema stored) {
        MetaColumns meta = spec.columns();
        return "greatest(t.%s, case when not %s then t.%s end)"
                .formatted(name(meta.validFrom()), isCurrent(stored), name(meta.validTo()));
    }

    /// When the row that comes became valid: when it says that it was updated. What is recorded of its key until later
    /// stays: it came back as it was, or its time stood still, and is valid from when that is seen. A number, such as
    /// that of a version, cannot be compared with a clock.
    private String since() {
        String given = "s." + Sql.quote(UPDATED);
        String recorded = "s.\"ade$recorded\"";
        return updated.type().isNumeric()
                ? given
                : "case when %s then greatest(%s, %s) else %s end"
                        .formatted(isRecorded(), now, recorded, given);
    }

    private static String isRecorded() {
        return "s.%s <= s.\"ade$recorded\"".formatted(Sql.quote(UPDATED));
    }

    /// When a row that went ceased to be valid: not before it began, though its time may lie in the future.
    private String end() {
        return "greatest(%s, t.%s)".formatted(now, name(spec.columns().validFrom()));
    }

    private boolean hasDeletions(Schema stored) {
        return spec.hardDeletes() == HardDeletes.NEW_RECORD
                && stored.find(spec.columns().isDeleted()).isPresent();
    }

    private String wasDeleted() {
        return "t.%s is not distinct from 'True'".formatted(name(spec.columns().isDeleted()));
    }

    private String isGone(Schema stored) {
        if (spec.hardDeletes() == HardDeletes.IGNORE) {
            return "false";
        }
        String gone = "(t.\"ade$current\" and s.\"ade$there\" is null)";
        return hasDeletions(stored) ? "(%s and not %s)".formatted(gone, wasDeleted()) : gone;
    }

    private String isCurrent(Schema stored) {
        String column = "t." + name(spec.columns().validTo());
        Optional<Column> validTo = stored.find(spec.columns().validTo());
        return spec.current()
                .flatMap(current -> validTo.map(it -> cast(current, it)))
                .map(current -> "(%s is null or %s = %s)".formatted(column, column, current))
                .orElse("(%s is null)".formatted(column));
    }

    private static String cast(String expression, Column column) {
        return "cast((%s) as %s)".formatted(expression, column.type().sql());
    }

    private String isChanged(Schema stored) {
        String changed =
                switch (spec.detection()) {
                    case Detection.Timestamp _ ->
                            "t.%s < s.%s"
                                    .formatted(
                                            name(spec.columns().updatedAt()), Sql.quote(UPDATED));
                    case Detection.Check check -> differs(check, stored);
                };
        return hasDeletions(stored)
                ? "coalesce((%s) or (%s and s.\"ade$there\"), false)"
                        .formatted(changed, wasDeleted())
                : "coalesce(%s, false)".formatted(changed);
    }

    /// A column that was not there before is a change of every row.
    private String differs(Detection.Check check, Schema stored) {
        // What a load says about a row is not the row: a file that comes again does not change its
        // rows.
        List<String> columns =
                check.columns().isEmpty()
                        ? given.names().stream()
                                .filter(it -> !LoadedColumns.NAMES.contains(it))
                                .toList()
                        : check.columns();
        for (String column : columns) {
            if (given.find(column).isEmpty()) {
                throw AdeException.user(
                        "Cannot compare by '%s' of check_cols: the query gives no such column"
                                .formatted(column),
                        "It gives " + String.join(", ", given.names()));
            }
        }
        boolean isAdded = columns.stream().anyMatch(it -> stored.find(it).isEmpty());
        String there = "s.\"ade$there\"";
        return isAdded
                ? there
                : columns.stream()
                        .map(Sql::quote)
                        .map(column -> "t.%s is distinct from s.%s".formatted(column, column))
                        .collect(Collectors.joining(" or ", "(" + there + " and (", "))"));
    }

    /// Stored rows, with the end of those that changed or went.
    private String kept(List<Column> columns, Schema stored) {
        MetaColumns meta = spec.columns();
        List<String> parts = new ArrayList<>();
        columns.forEach(column -> parts.add(column(column, stored, "t.")));
        Stream.of(meta.scdId(), meta.updatedAt(), meta.validFrom())
                .forEach(column -> parts.add("t." + name(column)));
        String validTo = "t." + name(meta.validTo());
        parts.add(
                "case when \"ade$changed\" then \"ade$new\" when \"ade$gone\" then %s else %s end as %s"
                        .formatted(end(), validTo, name(meta.validTo())));
        if (spec.hardDeletes() == HardDeletes.NEW_RECORD) {
            parts.add(
                    hasDeletions(stored)
                            ? "t." + name(meta.isDeleted())
                            : "'False' as " + name(meta.isDeleted()));
        }
        return String.join(", ", parts);
    }

    private String fresh(List<Column> columns, String since, String mark) {
        List<String> parts = new ArrayList<>();
        columns.forEach(column -> parts.add(column(column, given, "s.")));
        parts.add(identity("s.", since, mark));
        parts.addAll(meta("s." + Sql.quote(UPDATED), since, "False"));
        return String.join(", ", parts);
    }

    private String deleted(List<Column> columns, Schema stored) {
        List<String> parts = new ArrayList<>();
        columns.forEach(column -> parts.add(column(column, stored, "t.")));
        parts.add(identity("t.", end(), moment));
        parts.addAll(meta(end(), end(), "True"));
        return "\nunion all by name\nselect %s from o as t where \"ade$gone\""
                .formatted(String.join(", ", parts));
    }

    private String identity(String qualifier, String since, String mark) {
        String identity =
                Stream.concat(keyNames().map(key -> qualifier + key), Stream.of(since))
                        .map("coalesce(cast(%s as varchar), '')"::formatted)
                        .collect(Collectors.joining(" || '|' || "));
        return "md5(%s || %s) as %s".formatted(identity, mark, name(spec.columns().scdId()));
    }

    private List<String> meta(String updatedAt, String since, String isDeleted) {
        MetaColumns meta = spec.columns();
        List<String> parts = new ArrayList<>();
        parts.add("%s as %s".formatted(updatedAt, name(meta.updatedAt())));
        parts.add("%s as %s".formatted(since, name(meta.validFrom())));
        parts.add(
                "%s as %s"
                        .formatted(
                                cast(spec.current().orElse("null"), updated),
                                name(meta.validTo())));
        if (spec.hardDeletes() == HardDeletes.NEW_RECORD) {
            parts.add("'%s' as %s".formatted(isDeleted, name(meta.isDeleted())));
        }
        return parts;
    }

    private static String column(Column column, Schema given, String qualifier) {
        String name = Sql.quote(column.name());
        return given.find(column.name()).isPresent()
                ? qualifier + name
                : "cast(null as %s) as %s".formatted(column.type().sql(), name);
    }

    private static String name(String column) {
        return Sql.quote(column);
    }
}
