package dev.ade.ingest.cdc.binlog;

/// One event of a log.
///
/// @param type the server's number of its kind, see below
/// @param seconds since 1970 when its statement began
/// @param end where it ends in its file; 0 where it is in none
/// @param body what follows its head, to be read once
record Event(int type, long seconds, long end, Bytes body) {
    static final int QUERY = 2;
    static final int STOP = 3;
    static final int ROTATE = 4;
    static final int INTVAR = 5;
    static final int APPEND_BLOCK = 9;
    static final int RAND = 13;
    static final int USER_VAR = 14;
    static final int FORMAT = 15;
    static final int XID = 16;
    static final int TABLE_MAP = 19;
    static final int WRITE_V1 = 23;
    static final int UPDATE_V1 = 24;
    static final int DELETE_V1 = 25;
    static final int INCIDENT = 26;
    static final int HEARTBEAT = 27;
    static final int IGNORABLE = 28;
    static final int ROWS_QUERY = 29;
    static final int WRITE = 30;
    static final int UPDATE = 31;
    static final int DELETE = 32;
    static final int GTID = 33;
    static final int ANONYMOUS_GTID = 34;
    static final int PREVIOUS_GTIDS = 35;
    static final int XA_PREPARE = 38;
    static final int PARTIAL_UPDATE = 39;
    static final int PAYLOAD = 40;
    static final int HEARTBEAT_V2 = 41;
    static final int TAGGED_GTID = 42;
    static final int ANNOTATE = 160;
    static final int CHECKPOINT = 161;
    static final int MARIA_GTID = 162;
    static final int GTID_LIST = 163;
    static final int ENCRYPTION = 164;
    static final int QUERY_COMPRESSED = 165;
    static final int WRITE_COMPRESSED_V1 = 166;
    static final int UPDATE_COMPRESSED_V1 = 167;
    static final int DELETE_COMPRESSED_V1 = 168;
    static final int WRITE_COMPRESSED = 169;
    static final int UPDATE_COMPRESSED = 170;
    static final int DELETE_COMPRESSED = 171;

    static final int HEADER_BYTES = 19;

    /// The largest packet that a server sends.
    static final long BYTES_MAX = 1L << 30;

    private static final int SERVER_AND_SIZE_BYTES = 8;
    private static final int FLAG_ARTIFICIAL = 0x20;

    static Event of(byte[] bytes) {
        Bytes in = new Bytes(bytes);
        if (in.left() < HEADER_BYTES) {
            throw new Bytes.NoLog("an event of the log has no header");
        }
        long seconds = in.number(4);
        int type = in.one();
        in.skip(SERVER_AND_SIZE_BYTES);
        long end = in.number(4);
        boolean isInNoFile = (in.number(2) & FLAG_ARTIFICIAL) != 0;
        return new Event(type, seconds, isInNoFile ? 0 : end, in);
    }
}
