package dev.ade.ingest.format;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// How large something packed may become: as many times its own size as no honest file does, and what is small may be packed
/// as well as it likes. A trap of some kilobytes would fill the disk.
///
/// @param bytes that anything may unpack to, however small it is
public record UnpackLimit(long bytes) {
    public static final UnpackLimit DEFAULT = new UnpackLimit(10L << 30);
    public static final UnpackLimit NONE = new UnpackLimit(Long.MAX_VALUE);

    /// Continues "If that is right, raise unpacked_max in load".
    public static final String HOW = " (bytes; -1 for no limit)";

    /// Deflate cannot do more than 1,032, and of text it does 5 to 20.
    private static final long RATIO_MAX = 250;

    public UnpackLimit {
        if (bytes < 1) {
            throw new IllegalArgumentException("nothing could be unpacked: " + bytes);
        }
    }

    /// @param said bytes, negative for no limit
    public static UnpackLimit of(long said) {
        return said < 0 ? NONE : new UnpackLimit(Math.max(1, said));
    }

    /// Makes an error of a reason, which continues "Cannot load FILE: ".
    public interface Refusal {
        RuntimeException of(String reason);
    }

    /// The limit of one file.
    ///
    /// @param packedBytes its size
    public Unpacking of(long packedBytes, Refusal refusal) {
        return new Unpacking(packedBytes, Math.max(bytes, packedBytes * RATIO_MAX), refusal);
    }

    /// Counts what is unpacked of one file, and refuses to go on where that is too much. Not thread-safe.
    public static final class Unpacking {
        private final long packedBytes;
        private final long bytesMax;
        private final Refusal refusal;
        private long bytes;

        private Unpacking(long packedBytes, long bytesMax, Refusal refusal) {
            this.packedBytes = packedBytes;
            this.bytesMax = bytesMax;
            this.refusal = refusal;
        }

        /// @param plain all of it, or a part
        public InputStream on(InputStream plain) {
            return new Counted(plain);
        }

        private void add(long read) {
            bytes += Math.max(0, read);
            if (bytes > bytesMax) {
                throw refusal.of(
                        "%,d bytes were unpacked from its %,d, more than %,d"
                                .formatted(bytes, packedBytes, bytesMax));
            }
        }

        private final class Counted extends FilterInputStream {
            Counted(InputStream plain) {
                super(plain);
            }

            @Override
            public int read() throws IOException {
                int one = super.read();
                add(one < 0 ? 0 : 1);
                return one;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int read = super.read(target, offset, length);
                add(read);
                return read;
            }

            @Override
            public long skip(long bytes) throws IOException {
                long skipped = super.skip(bytes);
                add(skipped);
                return skipped;
            }

            @Override
            public boolean markSupported() {
                return false;
            }
        }
    }
}
