package dev.ade.ingest.cdc.binlog;

import java.util.ArrayList;
import java.util.List;

/// How rows of a table look in the log from here on.
///
/// @param id by which events of rows name it
/// @param names of columns; empty where the server does not write them (`binlog_row_metadata`)
/// @param enums the words of each enum, as bytes of the column's own character set
/// @param sets the words of each set
record TableMap(
        long id,
        String database,
        String table,
        List<Physical> columns,
        List<String> names,
        List<List<byte[]>> enums,
        List<List<byte[]>> sets) {
    private static final int ID_BYTES = 6;
    private static final int FLAG_BYTES = 2;
    private static final int NAMES = 4;
    private static final int SETS = 5;
    private static final int ENUMS = 6;

    TableMap {
        columns = List.copyOf(columns);
        names = List.copyOf(names);
    }

    static TableMap of(Bytes in) {
        long id = in.number(ID_BYTES);
        in.skip(FLAG_BYTES);
        String database = name(in);
        String table = name(in);
        int count = (int) in.packed();
        Bytes codes = in.part(count);
        Bytes more = in.part((int) in.packed());
        List<Physical> columns = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            columns.add(Physical.of(codes.one(), more));
        }
        in.skip((count + 7) / 8);
        List<String> names = new ArrayList<>();
        List<List<byte[]>> enums = new ArrayList<>();
        List<List<byte[]>> sets = new ArrayList<>();
        while (!in.isAtEnd()) {
            int kind = in.one();
            Bytes part = in.part((int) in.packed());
            switch (kind) {
                case NAMES -> names(part, names);
                case SETS -> words(part, sets);
                case ENUMS -> words(part, enums);
                default -> {
                    // What else there is of columns the database is asked for.
                }
            }
        }
        return new TableMap(id, database, table, columns, names, enums, sets);
    }

    private static String name(Bytes in) {
        String name = in.utf8(in.one());
        in.skip(1);
        return name;
    }

    private static void names(Bytes in, List<String> names) {
        while (!in.isAtEnd()) {
            names.add(in.utf8((int) in.packed()));
        }
    }

    private static void words(Bytes in, List<List<byte[]>> all) {
        while (!in.isAtEnd()) {
            int count = (int) in.packed();
            List<byte[]> words = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                words.add(in.take((int) in.packed()));
            }
            all.add(words);
        }
    }

    /// The words of an enum or a set.
    ///
    /// @param index of the column
    List<byte[]> words(int index) {
        int code = columns.get(index).code();
        int before = 0;
        for (int i = 0; i < index; i++) {
            before += columns.get(i).code() == code ? 1 : 0;
        }
        List<List<byte[]>> all = code == Physical.ENUM ? enums : sets;
        return before < all.size() ? all.get(before) : List.of();
    }
}
