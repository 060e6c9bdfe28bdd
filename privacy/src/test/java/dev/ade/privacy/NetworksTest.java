package dev.ade.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworksTest {
    @ParameterizedTest
    @CsvSource({
        "203.0.113.77, 24, 203.0.113.0/24",
        "203.0.113.77, 0, 0.0.0.0/0",
        "203.0.113.77, 32, 203.0.113.77/32",
        "10.255.1.1, 9, 10.128.0.0/9",
        "' 10.0.0.1 ', 8, 10.0.0.0/8",
        "::ffff:203.0.113.77, 24, 203.0.113.0/24",
    })
    void cuts_ipv4(String address, int bits, String network) {
        assertThat(Networks.of(address, bits, 48)).isEqualTo(network);
    }

    @ParameterizedTest
    @CsvSource({
        "2001:DB8:1:2:3:4:5:6, 48, 2001:db8:1::/48",
        "2001:db8::1, 128, 2001:db8::1/128",
        "::1, 48, ::/48",
        "1:0:0:2:0:0:0:3, 128, 1:0:0:2::3/128",
        "1:2:3:4:5:6:7:8, 128, 1:2:3:4:5:6:7:8/128",
        "ffff::, 3, e000::/3",
    })
    void cuts_ipv6(String address, int bits, String network) {
        assertThat(Networks.of(address, 24, bits)).isEqualTo(network);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "example.com",
                "1.2.3",
                "1.2.3.4.5",
                "256.1.1.1",
                "01.2.3.4",
                "1..2.3",
                "1:2",
                ":::",
                "fe80::1%eth0",
                "2001:db8::1/64",
                "1.2.3.4:80",
                "２.2.2.2",
                "a.b.c.d",
                "-1.2.3.4"
            })
    void is_null_for_what_is_no_address(String text) {
        assertThat(Networks.of(text, 24, 48)).isNull();
    }
}
