package dev.ade.model;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Surrogate keys of dimensions: UUID version 5 (RFC 9562, SHA-1 of a namespace and a name) of the natural
/// key. The same natural key gives the same surrogate everywhere and always, so facts compute it without a
/// join, in parallel, before the dimension is there.
///
/// The name is the parts as text, joined by the unit separator; NULL is the record separator alone.
public final class SurrogateKey {
    private static final UUID NAMESPACE = UUID.fromString("6f0b3c2e-8d5a-5c1e-9a47-2f1d0c6e4ade");

    /// Bits of the hash that stay, and those that say version 5 of variant 1 instead. Bits rather than hex digits,
    /// as each step then has one input: of columns with few values the engine hashes each value once.
    private static final BigInteger SET = new BigInteger("00000000000050008000000000000000", 16);

    private static final BigInteger KEPT = new BigInteger("ffffffffffff0fff3fffffffffffffff", 16);

    private static final char PART_END = 31;
    private static final char NULL = 30;

    private SurrogateKey() {}

    /// The surrogate as a DuckDB expression of type UUID.
    ///
    /// @param expressions the parts of the natural key
    public static String sql(List<String> expressions) {
        String name =
                expressions.stream()
                        .map(part ->
                                "coalesce(cast(%s as varchar), chr(%d))"
                                        .formatted(part, (int) NULL))
                        .collect(Collectors.joining(" || chr(" + (int) PART_END + ") || "));
        return """
        cast((cast(cast(from_hex(sha1(from_hex('%s') || encode(%s)))[1:16] as uuid) as uhugeint) \
        & uhugeint '%s') | uhugeint '%s' as uuid)\
        """
                .formatted(hex(NAMESPACE), name, KEPT, SET);
    }

    /// The surrogate of parts that are already text, as `sql` computes it.
    public static UUID of(List<? extends @Nullable String> parts) {
        String name =
                parts.stream()
                        .map(part -> part == null ? String.valueOf(NULL) : part)
                        .collect(Collectors.joining(String.valueOf(PART_END)));
        byte[] hash = sha1(HexFormat.of().parseHex(hex(NAMESPACE)), name);
        hash[6] = (byte) ((hash[6] & 0x0f) | 0x50);
        hash[8] = (byte) ((hash[8] & 0x3f) | 0x80);
        ByteBuffer bits = ByteBuffer.wrap(hash);
        return new UUID(bits.getLong(), bits.getLong());
    }

    private static String hex(UUID uuid) {
        return uuid.toString().replace("-", "");
    }

    private static byte[] sha1(byte[] namespace, String name) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest.update(namespace);
            return digest.digest(name.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw AdeException.internal("Every JDK has SHA-1", e);
        }
    }
}
