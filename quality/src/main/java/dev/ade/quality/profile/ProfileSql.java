package dev.ade.quality.profile;

import dev.ade.model.Sql;
import dev.ade.quality.sketch.Frequents;
import dev.ade.spi.WrittenFile;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The statements of one pass: `scan` reduces the files to one row a part, `scalars` and `frequents` read that.
///
/// @param columns to be measured
/// @param parts files of each part; their rows and those of other parts are disjoint
/// @param source a query that gives the rows of all parts, see `Source`
record ProfileSql(List<Measured> columns, List<List<WrittenFile>> parts, String source) {
    /// A temporary table.
    static final String REDUCED = "ade_profile";

    /// Sorted samples above this size are thinned: every `STEP`th value stays, and stands for as many.
    static final int ITEMS_MAX = 4_096;

    static final int STEP = 8;

    /// Columns with more different values than this are looked through for frequent ones in a part of the sample.
    static final int DISTINCT_MAX = 4_096;

    static final int SUBSAMPLE = 4;

    /// Changes when the engine's hash of texts, whole numbers or floating ones does.
    private static final String HASH =
            "(xor(hash('ade'), xor(hash(4711::bigint), hash(47.11::double))) >> 1)::bigint";

    /// The one pass over the data.
    String scan() {
        List<String> results = new ArrayList<>();
        results.add(parts.size() == 1 ? "0::ubigint as part" : "part");
        results.add("count(*) as n");
        results.add(HASH + " as hash");
        columns.forEach(column -> reduce(column, results));
        String sample =
                sampled().stream()
                        .map(column -> "'%s': %s".formatted(column.name(), column.name()))
                        .collect(Collectors.joining(", ", "{", "}"));
        results.add(
                sampled().isEmpty()
                        ? "null as sample"
                        : "list(%s) filter (where is_sampled) as sample".formatted(sample));
        return "create or replace temp table %s as select %s from (%s)%s"
                .formatted(
                        Sql.quote(REDUCED),
                        String.join(",\n  ", results),
                        source,
                        parts.size() == 1 ? "" : " group by part");
    }

    private void reduce(Measured column, List<String> results) {
        String name = column.name();
        if (column.statistics() == Measured.Statistics.MISSING) {
            results.add("count(%s) as %s_there".formatted(name, name));
            if (hasBounds(column)) {
                results.add("min(%s) as %s_min".formatted(column.value(), name));
                results.add("max(%s) as %s_max".formatted(column.value(), name));
            }
        }
        if (column.isNested()) {
            return;
        }
        results.add(
                "cast(approx_count_distinct(%s) export_state as varchar) as %s_registers"
                        .formatted(column.hashed(), name));
        if (column.isText()) {
            results.add("min(length(%s)) as %s_shortest".formatted(name, name));
            results.add("sum(length(%s))::double as %s_length".formatted(name, name));
            results.add("max(length(%s)) as %s_longest".formatted(name, name));
        }
        column.centre().ifPresent(centre -> moments(column, centre, results));
    }

    private static void moments(Measured column, double centre, List<String> results) {
        String value = Measured.number(column.value(), column.type());
        String distance = "(%s - (%s)::double)".formatted(value, centre);
        results.add("sum(%s) as %s_sum".formatted(distance, column.name()));
        results.add("sum(%s * %s) as %s_squares".formatted(distance, distance, column.name()));
        if (column.finiteness() == Measured.Finiteness.UNKNOWN) {
            results.add("count(%s) as %s_finite".formatted(column.value(), column.name()));
        }
    }

    static boolean hasBounds(Measured column) {
        return !column.isNested() && !column.isBinary();
    }

    private List<Measured> sampled() {
        return columns.stream().filter(ProfileSql::hasBounds).toList();
    }

    /// One row a part: what `scan` reduced, but for the sample, of which there are sorted and thinned numbers.
    String scalars() {
        List<Measured> numbers = columns.stream().filter(Measured::isNumber).toList();
        if (numbers.isEmpty()) {
            return "select * exclude (sample) from " + Sql.quote(REDUCED);
        }
        String items = numbers.stream().map(ProfileSql::items).collect(Collectors.joining(",\n  "));
        String thinned =
                numbers.stream()
                        .map(column ->
                                """
                                case when len(%1$s) <= %2$d then %1$s else %1$s[%3$d:-:%4$d] end as %1$s_items,
                                  len(%1$s) as %1$s_sampled\
                                """
                                        .formatted(column.name(), ITEMS_MAX, STEP / 2, STEP))
                        .collect(Collectors.joining(",\n  "));
        return """
        with rows as (select part, unnest(sample) as x from %1$s),
        items as (select part, %2$s from rows group by part),
        thinned as (select part, %3$s from items)
        select r.* exclude (sample), t.* exclude (part) from %1$s as r left join thinned as t using (part)\
        """
                .formatted(Sql.quote(REDUCED), items, thinned);
    }

    private static String items(Measured column) {
        String value = "x." + column.name();
        String finite =
                Measured.isFloating(column.type())
                        ? "isfinite(%s)".formatted(value)
                        : value + " is not null";
        return "list_sort(list(%s) filter (where %s)) as %s"
                .formatted(Measured.number(value, column.type()), finite, column.name());
    }

    /// Rows of (part, column, different values, the most frequent with their counts).
    ///
    /// @param wide columns with many different values
    String frequents(List<Measured> wide) {
        return sampled().stream()
                .map(column -> counts(column, wide.contains(column)))
                .collect(
                        Collectors.joining(
                                "\n  union all ",
                                """
                                with rows as (select part, unnest(sample) as x, \
                                unnest(range(len(sample))) %% %d = 0 as is_subsampled from %s),
                                counts as (\
                                """
                                        .formatted(SUBSAMPLE, Sql.quote(REDUCED)),
                                """
                                )
                                select part, i, count(*), max({'n': n, 'v': v}, %d) from counts group by part, i\
                                """
                                        .formatted(entries() + 1)));
    }

    private static String counts(Measured column, boolean isWide) {
        String value = "x." + column.name();
        String text =
                column.isText()
                        ? "left(%s, %d)".formatted(value, Frequents.CHARACTERS_MAX)
                        : value + "::varchar";
        return "select part, %d as i, %s as v, count(*) as n from rows where %s is not null%s group by all"
                .formatted(column.index(), text, value, isWide ? " and is_subsampled" : "");
    }

    /// Frequent values that are kept of each part: many parts together keep fewer each.
    int entries() {
        return parts.size() <= 16 ? Frequents.ENTRIES_MAX : Frequents.ENTRIES_MAX / 4;
    }
}
