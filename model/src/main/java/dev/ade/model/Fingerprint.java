package dev.ade.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;

/// The version of a thing: the first 128 bits of the SHA-256 of everything it follows from, in hex.
/// Equal fingerprints mean equal data, so what is published under one is not made again.
public record Fingerprint(String hex) implements Comparable<Fingerprint> {
    private static final int DIGITS = 32;

    /// Copied for each use, as asking for one by name takes longer than most hashes.
    private static final MessageDigest SHA_256 = sha256();

    public Fingerprint {
        if (!isHex(hex)) {
            throw new IllegalArgumentException("a fingerprint is 32 hex digits, was '" + hex + "'");
        }
    }

    private static boolean isHex(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return text.length() == DIGITS;
    }

    /// The fingerprint of parts in order. Each is framed by its length, so ("ab","c") differs from ("a","bc").
    public static Fingerprint of(Object... parts) {
        MessageDigest digest = copy();
        for (Object part : parts) {
            add(digest, part);
        }
        return first(digest.digest());
    }

    /// The fingerprint of bytes as they are.
    public static Fingerprint ofBytes(byte[] bytes) {
        return first(copy().digest(bytes));
    }

    private static Fingerprint first(byte[] hash) {
        return new Fingerprint(HexFormat.of().formatHex(hash, 0, DIGITS / 2));
    }

    private static void add(MessageDigest digest, Object part) {
        if (part instanceof Collection<?> many) {
            add(digest, "[" + many.size());
            many.forEach(one -> add(digest, one));
            return;
        }
        byte[] bytes = part.toString().getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }

    private static MessageDigest copy() {
        try {
            return (MessageDigest) SHA_256.clone();
        } catch (CloneNotSupportedException e) {
            throw AdeException.internal("The JDK's SHA-256 can be copied", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw AdeException.internal("Every JDK has SHA-256", e);
        }
    }

    /// The first 8 digits, for people.
    public String brief() {
        return hex.substring(0, 8);
    }

    /// Written out for the same reason as those of [TableName].
    @Override
    public int hashCode() {
        return hex.hashCode();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fingerprint that && hex.equals(that.hex);
    }

    @Override
    public int compareTo(Fingerprint other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
