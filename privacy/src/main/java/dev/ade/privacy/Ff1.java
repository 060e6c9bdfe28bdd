package dev.ade.privacy;

import dev.ade.model.AdeException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// FF1 of NIST SP 800-38G: a permutation of the numeral strings of one radix and length under an AES key.
/// Of one thread.
final class Ff1 {
    /// Numerals that one string may have.
    static final int LENGTH_MAX = 256;

    private static final int BLOCK = 16;
    private static final int ROUNDS = 10;

    private final Cipher aes;
    private final int radix;
    private final byte[] tweak;
    private final @Nullable Halves[] byLength = new Halves[LENGTH_MAX + 1];

    Ff1(byte[] key, int radix, byte[] tweak) {
        this.radix = radix;
        this.tweak = tweak.clone();
        try {
            // Single blocks only: FF1 chains them itself.
            aes = Cipher.getInstance("AES/ECB/NoPadding");
            aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
        } catch (GeneralSecurityException e) {
            throw AdeException.internal("Every JDK has AES", e);
        }
    }

    /// @param numerals each 0 to radix - 1, at least 2 of them
    int[] encrypt(int[] numerals) {
        Halves halves = halves(numerals.length);
        if (halves.isSmall()) {
            return encryptSmall(halves, numerals);
        }
        BigInteger a = number(numerals, 0, halves.left);
        BigInteger b = number(numerals, halves.left, numerals.length);
        for (int i = 0; i < ROUNDS; i++) {
            BigInteger c = a.add(halves.mask(i, b)).mod(halves.modulus(i));
            a = b;
            b = c;
        }
        return halves.join(a, b);
    }

    private int[] encryptSmall(Halves halves, int[] numerals) {
        long a = small(numerals, 0, halves.left);
        long b = small(numerals, halves.left, numerals.length);
        for (int i = 0; i < ROUNDS; i++) {
            long modulus = halves.smallModulus(i);
            long c = (a + Long.remainderUnsigned(halves.smallMask(i, b), modulus)) % modulus;
            a = b;
            b = c;
        }
        return halves.joinSmall(a, b);
    }

    /// What `encrypt` made `numerals` from.
    int[] decrypt(int[] numerals) {
        Halves halves = halves(numerals.length);
        BigInteger a = number(numerals, 0, halves.left);
        BigInteger b = number(numerals, halves.left, numerals.length);
        for (int i = ROUNDS - 1; i >= 0; i--) {
            BigInteger c = b.subtract(halves.mask(i, a)).mod(halves.modulus(i));
            b = a;
            a = c;
        }
        return halves.join(a, b);
    }

    private Halves halves(int length) {
        Halves known = byLength[length];
        if (known == null) {
            known = new Halves(length);
            byLength[length] = known;
        }
        return known;
    }

    private long small(int[] numerals, int from, int to) {
        long number = 0;
        for (int i = from; i < to; i++) {
            number = number * radix + numerals[i];
        }
        return number;
    }

    private BigInteger number(int[] numerals, int from, int to) {
        BigInteger number = BigInteger.ZERO;
        BigInteger base = BigInteger.valueOf(radix);
        for (int i = from; i < to; i++) {
            number = number.multiply(base).add(BigInteger.valueOf(numerals[i]));
        }
        return number;
    }

    private void encryptBlock(byte[] block) {
        try {
            aes.update(block, 0, BLOCK, block, 0);
        } catch (GeneralSecurityException e) {
            throw AdeException.internal("AES takes blocks of 16 bytes", e);
        }
    }

    /// Lengths and constants of one string; names in comments are those of the standard.
    private final class Halves {
        private final int left; // u
        private final int right; // v
        private final int numberBytes; // b
        private final int maskBytes; // d
        private final BigInteger leftModulus;
        private final BigInteger rightModulus;
        private final byte[] message; // P || Q
        private final byte[] start; // the chain after P, which is the same in all rounds

        Halves(int length) {
            left = length / 2;
            right = length - left;
            leftModulus = BigInteger.valueOf(radix).pow(left);
            rightModulus = BigInteger.valueOf(radix).pow(right);
            int bits = rightModulus.subtract(BigInteger.ONE).bitLength();
            numberBytes = (bits + 7) / 8;
            maskBytes = 4 * ((numberBytes + 3) / 4) + 4;
            int padding = Math.floorMod(-tweak.length - numberBytes - 1, BLOCK);
            ByteBuffer buffer =
                    ByteBuffer.allocate(BLOCK + tweak.length + padding + 1 + numberBytes);
            buffer.put((byte) 1).put((byte) 2).put((byte) 1);
            buffer.put((byte) (radix >> 16)).putShort((short) radix);
            buffer.put((byte) ROUNDS).put((byte) left).putInt(length).putInt(tweak.length);
            buffer.put(tweak);
            message = buffer.array();
            start = Arrays.copyOf(message, BLOCK);
            encryptBlock(start);
        }

        /// Whether both halves are below 2^32, so that masks have 64 bits: up to 18 digits.
        boolean isSmall() {
            return numberBytes <= Integer.BYTES;
        }

        long smallModulus(int i) {
            return modulus(i).longValue();
        }

        /// `mask` of small halves, as an unsigned number.
        long smallMask(int i, long half) {
            int at = message.length - numberBytes;
            message[at - 1] = (byte) i;
            for (int j = message.length - 1; j >= at; j--) {
                message[j] = (byte) (half >> (8 * (message.length - 1 - j)));
            }
            return ByteBuffer.wrap(chain()).getLong();
        }

        int[] joinSmall(long a, long b) {
            int[] numerals = new int[left + right];
            long rest = a;
            for (int i = left - 1; i >= 0; i--, rest /= radix) {
                numerals[i] = (int) (rest % radix);
            }
            rest = b;
            for (int i = numerals.length - 1; i >= left; i--, rest /= radix) {
                numerals[i] = (int) (rest % radix);
            }
            return numerals;
        }

        /// The number that round `i` adds, from the half that it does not change.
        BigInteger mask(int i, BigInteger half) {
            int at = message.length - numberBytes;
            message[at - 1] = (byte) i;
            Arrays.fill(message, at, message.length, (byte) 0);
            byte[] bytes = half.toByteArray();
            int skip = Math.max(0, bytes.length - numberBytes); // a sign byte
            System.arraycopy(
                    bytes,
                    skip,
                    message,
                    message.length - bytes.length + skip,
                    bytes.length - skip);
            return new BigInteger(1, expand(chain()));
        }

        /// CBC-MAC of the message (PRF).
        private byte[] chain() {
            byte[] block = start.clone();
            for (int from = BLOCK; from < message.length; from += BLOCK) {
                for (int i = 0; i < BLOCK; i++) {
                    block[i] ^= message[from + i];
                }
                encryptBlock(block);
            }
            return block;
        }

        /// The first d bytes of R || AES(R ^ 1) || AES(R ^ 2) ….
        private byte[] expand(byte[] block) {
            byte[] mask = new byte[(maskBytes + BLOCK - 1) / BLOCK * BLOCK];
            System.arraycopy(block, 0, mask, 0, BLOCK);
            for (int j = 1; j * BLOCK < mask.length; j++) {
                byte[] next = block.clone();
                next[BLOCK - 2] ^= (byte) (j >> 8);
                next[BLOCK - 1] ^= (byte) j;
                encryptBlock(next);
                System.arraycopy(next, 0, mask, j * BLOCK, BLOCK);
            }
            return Arrays.copyOf(mask, maskBytes);
        }

        BigInteger modulus(int i) {
            return i % 2 == 0 ? leftModulus : rightModulus;
        }

        int[] join(BigInteger a, BigInteger b) {
            int[] numerals = new int[left + right];
            write(a, numerals, 0, left);
            write(b, numerals, left, numerals.length);
            return numerals;
        }

        private void write(BigInteger number, int[] numerals, int from, int to) {
            BigInteger base = BigInteger.valueOf(radix);
            BigInteger rest = number;
            for (int i = to - 1; i >= from; i--) {
                BigInteger[] parts = rest.divideAndRemainder(base);
                numerals[i] = parts[1].intValue();
                rest = parts[0];
            }
        }
    }
}
