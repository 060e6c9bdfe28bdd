package dev.ade.ingest.cdc.binlog;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// What MariaDB compresses in its log (`log_bin_compress`).
final class Deflated {
    private static final int METHOD = 0x70;
    private static final int LENGTH_BYTES = 0x07;

    private Deflated() {}

    /// All that is left, as it was.
    static byte[] inflate(Bytes in) {
        int head = in.one();
        if ((head & METHOD) != 0) {
            throw new Bytes.NoLog("the log is compressed in an unknown way");
        }
        long length = in.bigEndian(head & LENGTH_BYTES);
        if (length > Event.BYTES_MAX) {
            throw new Bytes.NoLog("an event of the log is too large");
        }
        byte[] plain = new byte[(int) length];
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(in.rest());
            int done = 0;
            while (done < plain.length) {
                int more = inflater.inflate(plain, done, plain.length - done);
                if (more == 0) {
                    throw new Bytes.NoLog("a compressed event of the log ends too early");
                }
                done += more;
            }
            return plain;
        } catch (DataFormatException e) {
            throw new Bytes.NoLog("the log is compressed in an unknown way");
        } finally {
            inflater.end();
        }
    }
}
