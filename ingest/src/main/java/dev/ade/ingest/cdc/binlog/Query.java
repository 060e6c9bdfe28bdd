package dev.ade.ingest.cdc.binlog;

import java.nio.charset.StandardCharsets;

/// A statement in the log.
///
/// @param database in which it was run
record Query(String database, String sql) {
    private static final int IDS_AND_SECONDS_BYTES = 8;
    private static final int ERROR_BYTES = 2;

    static Query of(Event event) {
        Bytes in = event.body();
        in.skip(IDS_AND_SECONDS_BYTES);
        int database = in.one();
        in.skip(ERROR_BYTES);
        in.skip((int) in.number(2));
        String name = in.utf8(database);
        in.skip(1);
        byte[] sql = event.type() == Event.QUERY_COMPRESSED ? Deflated.inflate(in) : in.rest();
        return new Query(name, text(sql));
    }

    /// Its character set is the client's. Where it is not the usual one, letters other than those of English are lost,
    /// which no keyword has.
    private static String text(byte[] sql) {
        return new String(sql, StandardCharsets.UTF_8).strip();
    }
}
