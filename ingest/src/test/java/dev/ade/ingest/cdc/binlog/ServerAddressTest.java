package dev.ade.ingest.cdc.binlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.ingest.jdbc.TableAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ServerAddressTest {
    private static Optional<ServerAddress> address(String url, Map<String, String> properties) {
        return ServerAddress.of(
                new TableAddress(url, properties, List.of("orders"), OptionalLong.empty(), 1));
    }

    @Test
    void understands_an_address_of_one_server() {
        assertThat(
                        address(
                                "jdbc:mariadb://db.example.org:3307/shop?sslMode=disable&user=a%26b",
                                Map.of("password", "p")))
                .contains(
                        new ServerAddress(
                                "db.example.org",
                                3307,
                                "a&b",
                                "p",
                                ServerAddress.Tls.DISABLE,
                                Optional.empty()));
        assertThat(address("jdbc:mysql://[::1]/", Map.of("user", "u")))
                .contains(
                        new ServerAddress(
                                "::1",
                                3306,
                                "u",
                                "",
                                ServerAddress.Tls.VERIFY_FULL,
                                Optional.empty()));
    }

    @Test
    void asks_for_a_certificate_where_nothing_else_is_said() {
        assertThat(address("jdbc:mariadb://h", Map.of()).orElseThrow().tls())
                .isEqualTo(ServerAddress.Tls.VERIFY_FULL);
        assertThat(address("jdbc:mariadb://h", Map.of("sslMode", "trust")).orElseThrow().tls())
                .isEqualTo(ServerAddress.Tls.VERIFY_FULL);
        assertThat(address("jdbc:mariadb://h", Map.of("sslMode", "verify-ca")).orElseThrow().tls())
                .isEqualTo(ServerAddress.Tls.VERIFY_CA);
    }

    @Test
    void knows_no_address_of_several() {
        assertThat(address("jdbc:mariadb://a,b/shop", Map.of())).isEmpty();
        assertThat(address("jdbc:mariadb:replication://a,b/shop", Map.of())).isEmpty();
        assertThat(address("jdbc:mariadb://address=(host=a)(port=1)/shop", Map.of())).isEmpty();
    }

    @Test
    void shows_no_password() {
        assertThat(address("jdbc:mariadb://h", Map.of("password", "secret")).orElseThrow())
                .hasToString("ServerAddress[h:3306]");
    }
}
