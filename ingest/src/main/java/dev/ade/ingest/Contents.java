package dev.ade.ingest;

import dev.ade.ingest.format.UnpackLimit;
import dev.ade.model.AdeException;
import dev.ade.model.Fingerprint;
import io.airlift.compress.zstd.ZstdInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/// The bytes of files, as they lie there and as a reader sees them.
final class Contents {
    static final int BUFFER_BYTES = 1 << 20;

    private static final int SMALL_BYTES_MAX = 64 << 10;

    private Contents() {}

    /// The first 128 bits of the SHA-256 of the bytes as they lie there. About 1.5 GB/s a core.
    static Fingerprint hash(Path path) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(path)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return fingerprint(digest);
    }

    /// The first 128 bits of what a digest was told.
    static Fingerprint fingerprint(MessageDigest digest) {
        return new Fingerprint(HexFormat.of().formatHex(digest.digest(), 0, 16));
    }

    /// Unpacked, and in UTF-8 whatever it was in: the bytes that positions of the CSV reader count.
    static InputStream open(Path path, Charset charset, String origin, ReaderOptions options)
            throws IOException {
        return utf8(unpacked(path, origin, options), charset);
    }

    /// What a file begins with, as `open` would give it.
    static byte[] head(Path path, Charset charset, int bytesMax) throws IOException {
        try (InputStream in = utf8(unpacked(path), charset)) {
            return in.readNBytes(bytesMax);
        }
    }

    private static InputStream utf8(InputStream plain, Charset charset) {
        return charset.equals(StandardCharsets.UTF_8) ? plain : new Utf8Stream(plain, charset);
    }

    /// Whether a pattern of ASCII finds something in a file. Of a large one the answer is yes, unread: small ones are many.
    ///
    /// @param origin what the file is called where it cannot be read
    static boolean mayHave(Path path, Charset charset, Pattern pattern, String origin) {
        byte[] bytes;
        try {
            bytes = head(path, charset, SMALL_BYTES_MAX + 1);
        } catch (IOException e) {
            throw Broken.file(origin, e);
        }
        return bytes.length > SMALL_BYTES_MAX
                || pattern.matcher(new String(bytes, StandardCharsets.ISO_8859_1)).find();
    }

    /// The bytes that were packed, as they were, as long as they are not far more than is to be expected.
    ///
    /// @param origin what the file is called where they are
    static InputStream unpacked(Path path, String origin, ReaderOptions options)
            throws IOException {
        InputStream plain = unpacked(path);
        return Compression.of(path.toString()) == Compression.NONE
                ? plain
                : options.unpackLimit()
                        .of(Files.size(path), reason -> tooLarge(origin, reason))
                        .on(plain);
    }

    private static AdeException tooLarge(String origin, String reason) {
        return AdeException.data(
                "Cannot load %s: %s".formatted(origin, reason),
                "If that is right, raise unpacked_max in load: options" + UnpackLimit.HOW);
    }

    private static InputStream unpacked(Path path) throws IOException {
        InputStream raw = Files.newInputStream(path);
        try {
            return switch (Compression.of(path.toString())) {
                case NONE -> raw;
                case GZIP -> new GZIPInputStream(raw, 1 << 16);
                case ZSTD -> new ZstdInputStream(raw);
            };
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// Text of any charset as UTF-8 bytes.
    private static final class Utf8Stream extends InputStream {
        private final Reader reader;
        private final CharBuffer chars = CharBuffer.allocate(1 << 16);
        private ByteBuffer bytes = ByteBuffer.allocate(0);

        Utf8Stream(InputStream in, Charset charset) {
            this.reader =
                    new BufferedReader(
                            new InputStreamReader(
                                    in,
                                    charset.newDecoder()
                                            .onMalformedInput(CodingErrorAction.REPLACE)
                                            .onUnmappableCharacter(CodingErrorAction.REPLACE)));
        }

        @Override
        public int read() throws IOException {
            return fill() ? bytes.get() & 0xff : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (!fill()) {
                return -1;
            }
            int n = Math.min(length, bytes.remaining());
            bytes.get(target, offset, n);
            return n;
        }

        private boolean fill() throws IOException {
            while (!bytes.hasRemaining()) {
                int n = reader.read(chars);
                if (n < 0 && chars.position() == 0) {
                    return false;
                }
                chars.flip();
                boolean isSplit =
                        n >= 0
                                && chars.limit() > 1
                                && Character.isHighSurrogate(chars.get(chars.limit() - 1));
                char last = isSplit ? chars.get(chars.limit() - 1) : 0;
                chars.limit(chars.limit() - (isSplit ? 1 : 0));
                bytes = StandardCharsets.UTF_8.encode(chars);
                chars.clear();
                if (isSplit) {
                    chars.put(last);
                }
            }
            return true;
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }
}
