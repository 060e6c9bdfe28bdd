package dev.ade.privacy;

import dev.ade.model.AdeException;
import dev.ade.model.Treatment.Alphabet;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.UnaryOperator;

/// FF1 over the characters of one alphabet in a text; all others stay where they are. Thread-safe.
final class FormatPreserver {
    /// Values that a domain needs: with fewer, FF1 can be guessed (NIST SP 800-38G Rev. 1).
    static final long DOMAIN_MIN = 1_000_000;

    private static final String DIGITS = "0123456789";
    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";

    private final String characters;
    private final int lengthMin;
    private final ThreadLocal<Ff1> ff1;

    FormatPreserver(byte[] key, Alphabet alphabet) {
        characters = characters(alphabet);
        lengthMin = lengthMin(alphabet);
        byte[] secret = key.clone();
        int radix = characters.length();
        ff1 = ThreadLocal.withInitial(() -> new Ff1(secret, radix, new byte[0]));
    }

    /// Characters of the alphabet that a value needs.
    static int lengthMin(Alphabet alphabet) {
        int length = 1;
        int radix = characters(alphabet).length();
        for (long domain = radix; domain < DOMAIN_MIN; domain *= radix) {
            length++;
        }
        return length;
    }

    /// Whether a value can be treated: it is blank or has enough characters of the alphabet.
    static boolean fits(String text, Alphabet alphabet) {
        String characters = characters(alphabet);
        long count = text.chars().filter(c -> characters.indexOf(c) >= 0).count();
        return text.isBlank() || (count >= lengthMin(alphabet) && count <= Ff1.LENGTH_MAX);
    }

    String encrypt(String text) {
        return apply(text, numerals -> ff1.get().encrypt(numerals));
    }

    String decrypt(String text) {
        return apply(text, numerals -> ff1.get().decrypt(numerals));
    }

    private String apply(String text, UnaryOperator<int[]> permutation) {
        if (text.isBlank()) {
            return text;
        }
        int[] numerals = new int[text.length()];
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            int numeral = characters.indexOf(text.charAt(i));
            if (numeral >= 0) {
                numerals[count++] = numeral;
            }
        }
        requireDomain(count);
        int[] permuted = permutation.apply(Arrays.copyOf(numerals, count));
        return replaced(text, permuted);
    }

    private String replaced(String text, int[] numerals) {
        char[] result = text.toCharArray();
        int next = 0;
        for (int i = 0; i < result.length; i++) {
            if (characters.indexOf(result[i]) >= 0) {
                result[i] = characters.charAt(numerals[next++]);
            }
        }
        return new String(result);
    }

    private void requireDomain(int count) {
        if (count < lengthMin) {
            throw tooSmall(count, lengthMin, characters.length());
        }
        if (count > Ff1.LENGTH_MAX) {
            throw AdeException.data(
                    "Cannot treat a value with fpe: it has %d characters to permute, at most %d are possible"
                            .formatted(count, Ff1.LENGTH_MAX),
                    "Use token or pseudonym for long text");
        }
    }

    private static AdeException tooSmall(int count, int lengthMin, int radix) {
        return AdeException.data(
                "Cannot treat a value with fpe: %d of %d characters give fewer than a million values, which can be guessed; %d are needed"
                        .formatted(count, radix, lengthMin),
                "Use token or pseudonym for short values");
    }

    private static String characters(Alphabet alphabet) {
        return switch (alphabet) {
            case DIGITS -> DIGITS;
            case LOWER_ALPHANUMERIC -> DIGITS + LOWER;
            case ALPHANUMERIC -> DIGITS + LOWER.toUpperCase(Locale.ROOT) + LOWER;
        };
    }
}
