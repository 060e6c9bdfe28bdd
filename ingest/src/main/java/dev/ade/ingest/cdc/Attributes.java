package dev.ade.ingest.cdc;

import dev.ade.ingest.cdc.sink.PositionText;
import dev.ade.ingest.jdbc.PgDatabase;
import dev.ade.spi.Connector;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What a server says of a table beside its log, which is silent where a statement changes a column in all rows, or takes a
/// partition with its rows out or in.
///
/// @param files changes where the table is written anew
/// @param computed numbers of columns that are computed from others, which are not followed
record Attributes(
        String files, List<One> columns, Set<Integer> computed, List<Partition> partitions) {
    private static final String LINE = "\n";
    private static final String PART = " ";
    private static final String PARTITION = "+";
    private static final String COMPUTED = "=";

    /// @param number the server's, which no other column of the table ever has
    /// @param changed when what the server knows of it last did
    /// @param hasValue whether rows have a value in it that were there before it
    /// @param hasDefault whether it has a default
    record One(int number, String changed, boolean hasValue, boolean hasDefault, String name) {}

    /// @param wasTable whether it was one by itself before
    record Partition(String number, boolean wasTable) {}

    Attributes {
        columns = List.copyOf(columns);
        computed = Set.copyOf(computed);
        partitions = List.copyOf(partitions);
    }

    /// @param table the server's number of it
    static Attributes of(PgDatabase.Session session, String table) throws SQLException {
        List<One> columns = new ArrayList<>();
        Set<Integer> computed = new TreeSet<>();
        String files =
                session.row(
                                """
                                select md5(string_agg(pg_relation_filenode(c.oid)::text, ' ' order by c.oid)) from pg_class c
                                where c.oid = %1$s or c.oid in (select relid from pg_partition_tree(%1$s))\
                                """
                                        .formatted(table))
                        .getFirst()
                        .orElse("");
        for (List<Optional<String>> row :
                session.rows(
                        """
                        select a.attnum, a.xmin, a.atthasmissing or exists (
                                select 1 from pg_partition_tree(%1$s) t join pg_attribute p on p.attrelid = t.relid
                                where p.attname = a.attname and p.atthasmissing),
                            a.atthasdef, a.attname, a.attgenerated <> '' from pg_attribute a
                        where a.attrelid = %1$s and a.attnum > 0 and not a.attisdropped order by a.attnum\
                        """
                                .formatted(table))) {
            int number = Integer.parseInt(row.get(0).orElseThrow());
            if (row.get(5).filter("t"::equals).isPresent()) {
                computed.add(number);
                continue;
            }
            columns.add(
                    new One(
                            number,
                            row.get(1).orElseThrow(),
                            row.get(2).filter("t"::equals).isPresent(),
                            row.get(3).filter("t"::equals).isPresent(),
                            row.get(4).orElseThrow()));
        }
        return new Attributes(files, columns, computed, partitions(session, table));
    }

    /// The server makes the type of a table's rows with the table, and never again.
    private static List<Partition> partitions(PgDatabase.Session session, String table)
            throws SQLException {
        return session
                .rows(
                        """
                        select p.relid::oid, i.xmin::text <> t.xmin::text
                        from pg_partition_tree(%s) p join pg_inherits i on i.inhrelid = p.relid
                            join pg_type t on t.typrelid = p.relid
                        where p.isleaf and p.level > 0 order by 1\
                        """
                                .formatted(table))
                .stream()
                .map(row ->
                        new Partition(
                                row.get(0).orElseThrow(),
                                row.get(1).filter("t"::equals).isPresent()))
                .toList();
    }

    /// Of which only what tells it apart is kept.
    String text() {
        return files
                + columns.stream()
                        .map(one ->
                                LINE
                                        + one.number
                                        + PART
                                        + one.changed
                                        + PART
                                        + PositionText.encoded(one.name))
                        .collect(Collectors.joining())
                + computed.stream()
                        .sorted()
                        .map(number -> LINE + COMPUTED + number)
                        .collect(Collectors.joining())
                + partitions.stream()
                        .map(one -> LINE + PARTITION + one.number)
                        .collect(Collectors.joining());
    }

    static Attributes parse(String text) {
        String[] lines = text.split(LINE, -1);
        List<One> columns = new ArrayList<>();
        Set<Integer> computed = new TreeSet<>();
        List<Partition> partitions = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            if (lines[i].startsWith(COMPUTED)) {
                computed.add(Integer.parseInt(lines[i].substring(COMPUTED.length())));
                continue;
            }
            if (lines[i].startsWith(PARTITION)) {
                partitions.add(new Partition(lines[i].substring(PARTITION.length()), false));
                continue;
            }
            String[] parts = lines[i].split(PART, 3);
            columns.add(
                    new One(
                            Integer.parseInt(parts[0]),
                            parts[1],
                            false,
                            false,
                            PositionText.decoded(parts[2])));
        }
        return new Attributes(lines[0], columns, computed, partitions);
    }

    /// @param words the table's name
    /// @throws Connector.PositionLost where rows may have other values since, which the log does not say
    void requireSameRows(Attributes before, String words) {
        requireSamePartitions(before, words);
        boolean isRewritten = !files.equals(before.files);
        List<One> added = columns.stream().filter(it -> before.find(it.number).isEmpty()).toList();
        for (One column : added) {
            if (before.computed.contains(column.number)) {
                throw lost(column, words, "was computed, and is no more");
            }
            if (before.columns.stream().anyMatch(it -> it.name.equals(column.name))) {
                throw lost(column, words, "was dropped and added again");
            }
            if (column.hasValue || (isRewritten && column.hasDefault)) {
                throw lost(column, words, "was added with a value in all rows");
            }
        }
        if (isRewritten && !added.isEmpty()) {
            // An identity, a default that is gone again: what rows have in it now cannot be told.
            throw lost(added.getFirst(), words, "was added, and all rows written anew");
        }
        columns.stream()
                .filter(column ->
                        isRewritten
                                && before.find(column.number)
                                        .filter(it -> !it.changed.equals(column.changed))
                                        .isPresent())
                .findFirst()
                .ifPresent(column -> {
                    throw lost(column, words, "was altered, and all rows written anew");
                });
    }

    private void requireSamePartitions(Attributes before, String words) {
        Set<String> now = numbers(partitions);
        Set<String> then = numbers(before.partitions);
        if (!now.containsAll(then)) {
            throw new Connector.PositionLost(
                    "a partition of %s was detached or dropped".formatted(words));
        }
        if (partitions.stream().anyMatch(it -> it.wasTable && !then.contains(it.number))) {
            throw new Connector.PositionLost("a table was attached to %s".formatted(words));
        }
    }

    private static Set<String> numbers(List<Partition> partitions) {
        return partitions.stream().map(Partition::number).collect(Collectors.toSet());
    }

    private Optional<One> find(int number) {
        return columns.stream().filter(it -> it.number == number).findFirst();
    }

    private static Connector.PositionLost lost(One column, String words, String what) {
        return new Connector.PositionLost("column %s of %s %s".formatted(column.name, words, what));
    }
}
