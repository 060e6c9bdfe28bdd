package dev.ade.ingest.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShownAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:oracle:thin:scott/tiger@host:1521:xe",
                "jdbc:oracle:thin:scott/tiger@//host:1521/xe",
                "jdbc:oracle:thin:scott/ti?ger@host:1521:xe",
                "jdbc:postgresql://scott:tiger@host:5432/shop",
                "jdbc:postgresql://scott:tig?er@host:5432/shop",
                "jdbc:postgresql://scott:ti@ger@host/shop?ssl=on",
                "jdbc:postgresql://host/shop?user=scott&password=tiger",
                "jdbc:sqlserver://host:1433;user=scott;password=tiger"
            })
    void shows_neither_user_nor_password(String url) {
        assertThat(ShownAddress.of(url))
                .startsWith(url.substring(0, url.indexOf(':', 5) + 1))
                .doesNotContain("scott")
                .doesNotContain("tig")
                .doesNotContain("ger");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://127.0.0.1:5432/shop",
                "jdbc:mysql://[::1]:3306/",
                "jdbc:mariadb:replication://a:1,b:2/shop",
                "jdbc:sqlserver://host\\one:1433",
                "jdbc:sqlite:/no/such.db",
                "jdbc:h2:mem:shop",
                "jdbc:what:ever"
            })
    void shows_host_port_and_database(String url) {
        assertThat(ShownAddress.of(url)).isEqualTo(url);
    }

    @Test
    void a_table_shows_no_more_of_its_address() {
        TableAddress address =
                new TableAddress(
                        "jdbc:oracle:thin:scott/tiger@host:1521:xe",
                        Map.of(),
                        List.of("orders"),
                        OptionalLong.empty(),
                        1);
        assertThat(address).hasToString("TableAddress[jdbc:oracle:host:1521:xe]");
    }
}
