package dev.ade.privacy.detect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksumsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111111111111111",
                "4111 1111 1111 1111",
                "5555-5555-5555-4444",
                "2223003122003222",
                "378282246310005",
                "6011111111111117",
                "30569309025904",
                "3530111333300000",
            })
    void knows_test_cards_of_the_networks(String card) {
        assertThat(Checksums.isCard(card)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111111111111112",
                "1700000000000008",
                "9111111111111111",
                "411111111111",
                "41111111111111111111",
                "4111x11111111111",
                ""
            })
    void leaves_other_numbers_alone(String number) {
        assertThat(Checksums.isCard(number)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GB82 WEST 1234 5698 7654 32",
                "DE89370400440532013000",
                "FR1420041010050500013M02606",
            })
    void knows_ibans(String iban) {
        assertThat(Checksums.isIban(iban)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GB83 WEST 1234 5698 7654 32", "DE8937040044053201300", "gb82west", ""})
    void leaves_other_codes_alone(String code) {
        assertThat(Checksums.isIban(code)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "000-12-3456",
                "666-12-3456",
                "912-12-3456",
                "123-00-4567",
                "123-45-0000",
                "123456789"
            })
    void leaves_numbers_alone_that_are_never_issued(String number) {
        assertThat(Checksums.isSsn(number)).isFalse();
        assertThat(Checksums.isSsn("123-45-6789")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+1 206 555 0134",
                "+49 30 901820",
                "0049 30 901820",
                "(206) 555-0134",
                "206-555-0134",
                "206.555.0134",
                "030 901820",
                "020 7946 0018",
            })
    void knows_phone_numbers(String number) {
        assertThat(PhoneNumbers.isValid(number)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2065550134",
                "2026-11-21",
                "2026-11-21 10:00",
                "01.02.2026",
                "1.2.26",
                "01/12/2026",
                "04-28-1999",
                "-122.332100",
                "+47.606200",
                "+1000000",
                "978-3-16-148410-0",
                "192.168.100.200",
                "00-11-22-33-44-55",
                "555-0134",
                "0.123456789",
                "12345-6789",
                "100-200-3000",
            })
    void leaves_other_text_with_digits_alone(String text) {
        assertThat(PhoneNumbers.isValid(text)).isFalse();
    }
}
