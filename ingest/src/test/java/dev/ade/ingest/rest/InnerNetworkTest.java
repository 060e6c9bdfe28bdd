package dev.ade.ingest.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// With addresses as they are written, which nobody is asked about.
class InnerNetworkTest {
    private static final URI OUTSIDE = URI.create("https://8.8.8.8/v1/orders");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:5432/",
                "http://127.1.2.3/",
                "http://[::1]/",
                "http://0.0.0.0/",
                "http://169.254.169.254/latest/meta-data/",
                "http://[fe80::1]/",
                "http://10.1.2.3/",
                "http://172.16.0.1/",
                "http://192.168.1.1/",
                "http://100.64.0.1/",
                "http://[fd00::1]/",
                "http://[::ffff:127.0.0.1]/"
            })
    void is_not_entered_from_outside(String inside) {
        URI to = URI.create(inside);
        assertThat(InnerNetwork.isEnteredBy(OUTSIDE, to)).isTrue();
        assertThat(InnerNetwork.isEnteredBy(URI.create("http://127.0.0.1:8080/"), to)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://8.8.4.4/",
                "http://100.128.0.1/",
                "http://172.32.0.1/",
                "http://[2001:4860:4860::8888]/"
            })
    void others_are_outside(String outside) {
        assertThat(InnerNetwork.isEnteredBy(OUTSIDE, URI.create(outside))).isFalse();
    }
}
