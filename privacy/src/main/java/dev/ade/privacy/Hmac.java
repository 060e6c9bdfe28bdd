package dev.ade.privacy;

import dev.ade.model.AdeException;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/// HMAC-SHA256 (RFC 2104) of short texts under one key. Starts from the states after the key's two pads, so a
/// text of up to 55 bytes costs two rounds of SHA-256 where `javax.crypto.Mac` takes four. Thread-safe: the
/// states are only copied.
final class Hmac {
    private static final int BLOCK = 64;
    private static final int HASH = 32;

    private final MessageDigest inner;
    private final MessageDigest outer;

    Hmac(byte[] key) {
        byte[] block = key.length > BLOCK ? sha256().digest(key) : key;
        inner = after(block, 0x36);
        outer = after(block, 0x5c);
    }

    byte[] of(byte[] message) {
        try {
            byte[] hash = new byte[HASH];
            MessageDigest in = (MessageDigest) inner.clone();
            in.update(message);
            in.digest(hash, 0, HASH);
            MessageDigest out = (MessageDigest) outer.clone();
            out.update(hash);
            out.digest(hash, 0, HASH);
            return hash;
        } catch (CloneNotSupportedException | DigestException e) {
            throw AdeException.internal("The JDK's SHA-256 can be copied", e);
        }
    }

    /// The first 128 bits of the HMAC of `text` in UTF-8.
    UUID uuid(String text) {
        return uuid(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The first 128 bits of the HMAC.
    UUID uuid(byte[] message) {
        byte[] hash = of(message);
        return new UUID(bits(hash, 0), bits(hash, 8));
    }

    private static long bits(byte[] bytes, int from) {
        long bits = 0;
        for (int i = from; i < from + 8; i++) {
            bits = bits << 8 | (bytes[i] & 0xff);
        }
        return bits;
    }

    private static MessageDigest after(byte[] key, int pad) {
        MessageDigest digest = sha256();
        for (int i = 0; i < BLOCK; i++) {
            digest.update((byte) ((i < key.length ? key[i] : 0) ^ pad));
        }
        return digest;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw AdeException.internal("Every JDK has SHA-256", e);
        }
    }
}
