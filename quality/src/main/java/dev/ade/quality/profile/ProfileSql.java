package dev.ade.quality.profile;

import dev.ade.model.Sql;
import dev.ade.quality.sketch.Frequents;
import dev.ade.spi.WrittenFile;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The statements of one pass: `scan` reduces the files to one row a part, `spread` lays out the sample that is in it,
/// `scalars` and `frequents` read both. What every row has alike is asked of one of them, by `constants`.
///
/// @param columns to be measured
/// @param parts files of each part; their rows and those of other parts are disjoint
/// @param source a query that gives the rows of all parts, see `Source`
record ProfileSql(List<Measured> columns, List<List<WrittenFile>> parts, String source) {
    /// A temporary table.
    static final String REDUCED = "ade_profile";

    /// Another, of the sampled rows.
    static final String SAMPLE = "ade_profile_sample";

    /// Columns whose frequent values are asked for in one statement.
    private static final int COLUMNS_MAX = 32;

    /// Sorted samples above this size are thinned: every `STEP`th value stays, and stands for as many.
    static final int ITEMS_MAX = 4_096;

    static final int STEP = 8;

    /// Columns with more different values than this are looked through for frequent ones in a part of the sample.
    static final int DISTINCT_MAX = 4_096;

    static final int SUBSAMPLE = 4;

    /// Changes when the engine's hash of texts, whole numbers or floating ones does.
    private static final String HASH =
            "(xor(hash('ade'), xor(hash(4711::bigint), hash(47.11::double))) >> 1)::bigint";

    /// The one pass over the data. A sample in a scan of its own would read all rows again.
    String scan() {
        List<String> results = new ArrayList<>();
        results.add("count(*) as n");
        varying().forEach(column -> reduce(column, results));
        String sample =
                sampled().stream()
                        .map(column -> "'%s': %s".formatted(column.name(), column.name()))
                        .collect(Collectors.joining(", ", "{", "}"));
        results.add(
                sampled().isEmpty()
                        ? "null as sample"
                        : "list(%s) filter (where is_sampled) as sample".formatted(sample));
        return "create or replace temp table %s as select %s from (%s)%s"
                .formatted(Sql.quote(REDUCED), columns(part(), results), source, grouping());
    }

    /// One row about what equal values come to, and how the engine hashes.
    String constants() {
        List<String> results = new ArrayList<>();
        for (Measured column : constant()) {
            results.add(registers(column));
            results.add("any_value(%1$s::varchar) as %1$s_text".formatted(column.name()));
            if (column.isText()) {
                results.add("max(length(%1$s)) as %1$s_length".formatted(column.name()));
            }
            if (column.isNumber()) {
                String number = Measured.number(column.name(), column.type());
                results.add("any_value(%s) as %s_number".formatted(number, column.name()));
            }
        }
        String all = "select " + columns(HASH + " as hash", results);
        return results.isEmpty() ? all : "%s from (from (%s) limit 1)".formatted(all, source);
    }

    private List<Measured> varying() {
        return columns.stream().filter(column -> !column.isConstant()).toList();
    }

    private List<Measured> constant() {
        return columns.stream().filter(Measured::isConstant).toList();
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
        results.add(registers(column));
        if (column.isText()) {
            // Bytes cost a third of what characters do, and mostly are the same; see `lengths`.
            String bytes = "strlen(%s)".formatted(name);
            results.add("min(%s) as %s_shortest".formatted(bytes, name));
            results.add("sum(%s)::double as %s_length".formatted(bytes, name));
            results.add("max(%s) as %s_longest".formatted(bytes, name));
        }
        column.centre().ifPresent(centre -> moments(column, centre, results));
    }

    private static String registers(Measured column) {
        return "cast(approx_count_distinct(%s) export_state as varchar) as %s_registers"
                .formatted(column.hashed(), column.name());
    }

    private static void moments(Measured column, double centre, List<String> results) {
        String value = Measured.number(column.value(), column.type());
        String distance = "(%s - (%s)::double)".formatted(value, centre);
        String square = "%s * %s".formatted(distance, distance);
        results.add("sum(%s) as %s_sum".formatted(distance, column.name()));
        results.add("sum(%s) as %s_squares".formatted(square, column.name()));
        if (column.finiteness() == Measured.Finiteness.UNKNOWN) {
            results.add("count(%s) as %s_finite".formatted(column.value(), column.name()));
        }
    }

    static boolean hasBounds(Measured column) {
        return !column.isNested() && !column.isBinary();
    }

    private List<Measured> sampled() {
        return varying().stream().filter(ProfileSql::hasBounds).toList();
    }

    /// The sampled rows as a table: columns of a list of structs would be taken apart again for each question.
    String spread() {
        String values =
                sampled().stream()
                        .map(column -> ", x.%1$s as %1$s".formatted(column.name()))
                        .collect(Collectors.joining());
        return """
        create or replace temp table %1$s as select part, is_subsampled%2$s from (
          select part, unnest(sample) as x, unnest(range(len(sample))) %% %3$d = 0 as is_subsampled from %4$s)\
        """
                .formatted(Sql.quote(SAMPLE), values, SUBSAMPLE, Sql.quote(REDUCED));
    }

    boolean hasSample() {
        return !sampled().isEmpty();
    }

    /// One row a part: what `scan` reduced, but for the sample, of which there are sorted and thinned numbers, and
    /// whether texts have characters of several bytes.
    String scalars() {
        if (!hasSample()) {
            return "select * exclude (sample) from " + Sql.quote(REDUCED);
        }
        List<String> gathered = new ArrayList<>();
        List<String> thinned = new ArrayList<>();
        for (Measured column : sampled()) {
            if (column.isNumber()) {
                gathered.add(items(column));
                thinned.add(thinned(column));
            } else if (column.isText()) {
                String name = column.name() + "_multibyte";
                gathered.add(
                        "bool_or(strlen(%1$s) <> length(%1$s)) as %2$s"
                                .formatted(column.name(), name));
                thinned.add(name);
            }
        }
        return """
        with gathered as (select %1$s from %3$s group by part),
        thinned as (select %2$s from gathered)
        select r.* exclude (sample), t.* exclude (part) from %4$s as r left join thinned as t using (part)\
        """
                .formatted(
                        columns("part", gathered),
                        columns("part", thinned),
                        Sql.quote(SAMPLE),
                        Sql.quote(REDUCED));
    }

    private static String columns(String first, List<String> others) {
        return first + others.stream().map(other -> ",\n  " + other).collect(Collectors.joining());
    }

    private static String thinned(Measured column) {
        return """
        case when len(%1$s) <= %2$d then %1$s else %1$s[%3$d:-:%4$d] end as %1$s_items,
          len(%1$s) as %1$s_sampled\
        """
                .formatted(column.name(), ITEMS_MAX, STEP / 2, STEP);
    }

    /// One row a part with lengths in characters: a second scan, of these columns only.
    String lengths(List<Measured> texts) {
        List<String> results = new ArrayList<>();
        results.add("count(*) as n");
        for (Measured column : texts) {
            String name = column.name();
            results.add("min(length(%s)) as %s_shortest".formatted(name, name));
            results.add("sum(length(%s))::double as %s_length".formatted(name, name));
            results.add("max(length(%s)) as %s_longest".formatted(name, name));
        }
        return "select %s from (%s)%s".formatted(columns(part(), results), source, grouping());
    }

    private String part() {
        return parts.size() == 1 ? "0::bigint as part" : "part";
    }

    private String grouping() {
        return parts.size() == 1 ? "" : " group by part";
    }

    private static String items(Measured column) {
        String value = column.name();
        String finite =
                Measured.isFloating(column.type())
                        ? "isfinite(%s)".formatted(value)
                        : value + " is not null";
        return "list_sort(list(%s) filter (where %s)) as %s"
                .formatted(Measured.number(value, column.type()), finite, value);
    }

    /// Queries that give rows of (part, column, different values, the most frequent with their counts).
    ///
    /// @param wide columns with many different values
    List<String> frequents(List<Measured> wide) {
        List<String> counts =
                sampled().stream().map(column -> counts(column, wide.contains(column))).toList();
        List<String> queries = new ArrayList<>();
        for (int from = 0; from < counts.size(); from += COLUMNS_MAX) {
            int to = Math.min(counts.size(), from + COLUMNS_MAX);
            queries.add(String.join("\n  union all ", counts.subList(from, to)));
        }
        return queries;
    }

    private String counts(Measured column, boolean isWide) {
        String value =
                column.isText()
                        ? "left(%s, %d)".formatted(column.name(), Frequents.CHARACTERS_MAX)
                        : column.name();
        return """
        select part, %1$d, count(*), max({'n': n, 'v': v::varchar}, %2$d) from (
          select part, %3$s as v, count(*) as n from %4$s where %5$s is not null%6$s group by part, v)
        group by part\
        """
                .formatted(
                        column.index(),
                        entries() + 1,
                        value,
                        Sql.quote(SAMPLE),
                        column.name(),
                        isWide ? " and is_subsampled" : "");
    }

    /// Frequent values that are kept of each part: many parts together keep fewer each.
    int entries() {
        return parts.size() <= 16 ? Frequents.ENTRIES_MAX : Frequents.ENTRIES_MAX / 4;
    }
}
