package dev.ade.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VectorsTest {
    private static final HexFormat HEX = HexFormat.of();

    @ParameterizedTest
    @CsvSource({
        "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, Hi There,"
                + " b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
        "4a656665, what do ya want for nothing?,"
                + " 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    })
    void hmac_gives_the_answers_of_rfc_4231(String key, String message, String hash) {
        Hmac hmac = new Hmac(HEX.parseHex(key));

        assertThat(HEX.formatHex(hmac.of(message.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(hash);
        assertThat(hmac.uuid(message).toString().replace("-", "")).isEqualTo(hash.substring(0, 32));
    }

    @Test
    void hmac_equals_the_jdk_for_keys_and_texts_of_any_length() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            byte[] key = new byte[1 + random.nextInt(150)];
            byte[] message = new byte[random.nextInt(300)];
            random.nextBytes(key);
            random.nextBytes(message);
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));

            assertThat(new Hmac(key).of(message))
                    .as("seed %d", seed)
                    .isEqualTo(mac.doFinal(message));
        }
    }

    @Test
    void a_pseudonym_is_all_of_the_first_128_bits() {
        UUID uuid = new Hmac(new byte[] {1}).uuid("42");

        assertThat(uuid).isEqualTo(new Hmac(new byte[] {1}).uuid("42"));
        assertThat(uuid).isNotEqualTo(new Hmac(new byte[] {2}).uuid("42"));
    }

    /// The nine samples that NIST publishes with SP 800-38G.
    @ParameterizedTest
    @CsvSource({
        "16, 10, '', 0123456789, 2433477484",
        "16, 10, 39383736353433323130, 0123456789, 6124200773",
        "16, 36, 3737373770717273373737, 0123456789abcdefghi, a9tv40mll9kdu509eum",
        "24, 10, '', 0123456789, 2830668132",
        "24, 10, 39383736353433323130, 0123456789, 2496655549",
        "24, 36, 3737373770717273373737, 0123456789abcdefghi, xbj3kv35jrawxv32ysr",
        "32, 10, '', 0123456789, 6657667009",
        "32, 10, 39383736353433323130, 0123456789, 1001623463",
        "32, 36, 3737373770717273373737, 0123456789abcdefghi, xs8a0azh2avyalyzuwd",
    })
    void ff1_gives_the_answers_of_nist(
            int keyBytes, int radix, String tweak, String plain, String secret) {
        String key = "2B7E151628AED2A6ABF7158809CF4F3CEF4359D8D580AA4F7F036D6F04FC6A94";
        Ff1 ff1 = new Ff1(HEX.parseHex(key.substring(0, 2 * keyBytes)), radix, HEX.parseHex(tweak));

        assertThat(text(ff1.encrypt(numerals(plain)))).isEqualTo(secret);
        assertThat(text(ff1.decrypt(numerals(secret)))).isEqualTo(plain);
    }

    @Test
    void ff1_undoes_itself_for_any_radix_and_length() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            int radix = 2 + random.nextInt(200);
            int[] plain =
                    random.ints(2 + random.nextInt(i % 2 == 0 ? 20 : 100), 0, radix).toArray();
            byte[] key = new byte[32];
            random.nextBytes(key);
            byte[] tweak = new byte[random.nextInt(20)];
            Ff1 ff1 = new Ff1(key, radix, tweak);

            assertThat(ff1.decrypt(ff1.encrypt(plain))).as("seed %d", seed).isEqualTo(plain);
        }
    }

    private static int[] numerals(String text) {
        return text.chars().map(c -> Character.digit(c, 36)).toArray();
    }

    private static String text(int[] numerals) {
        StringBuilder text = new StringBuilder();
        for (int numeral : numerals) {
            text.append(Character.forDigit(numeral, 36));
        }
        return text.toString();
    }
}
