package dev.ade.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// The version of a thing: the first 128 bits of the SHA-256 of everything it follows from, in hex.
/// Equal fingerprints mean equal data, so what is published under one is not made again.
public record Fingerprint(String hex) implements Comparable<Fingerprint> {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{32}");

    public Fingerprint {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("a fingerprint is 32 hex digits, was '" + hex + "'");
        }
    }

    /// The fingerprint of parts in order. Each is framed by its length, so ("ab","c") differs from ("a","bc").
    public static Fingerprint of(Object... parts) {
        MessageDigest digest = sha256();
        for (Object part : parts) {
            add(digest, part);
        }
        return new Fingerprint(HexFormat.of().formatHex(digest.digest(), 0, 16));
    }

    private static void add(MessageDigest digest, Object part) {
        if (part instanceof Collection<?> many) {
            add(digest, "[" + many.size());
            many.forEach(one -> add(digest, one));
            return;
        }
        byte[] bytes = part.toString().getBytes(StandardCharsets.UTF_8);
        digest.update((byte) (bytes.length >>> 24));
        digest.update((byte) (bytes.length >>> 16));
        digest.update((byte) (bytes.length >>> 8));
        digest.update((byte) bytes.length);
        digest.update(bytes);
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

    @Override
    public int compareTo(Fingerprint other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
