package dev.ade.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.model.LoadSpec;
import dev.ade.model.LoadSpec.Mode;
import dev.ade.model.LoadSpec.RejectLimit;
import dev.ade.model.SourceTable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A database of which no more is known than JDBC tells.
class H2Test extends InYard {
    @BeforeEach
    void connect() throws IOException {
        yard.connect(Yard.databases());
    }

    /// Each connection runs the script first.
    private SourceTable source(Mode mode, Map<String, Object> cursor, String script) {
        String url =
                "jdbc:h2:%s;INIT=runscript from '%s'"
                        .formatted(yard.root().resolve("shop"), yard.put("script.sql", script));
        var settings =
                new java.util.HashMap<String, Object>(Map.of("jdbc", url, "table", "ORDERS"));
        settings.putAll(cursor);
        return Sources.of(
                "shop.orders",
                new LoadSpec.Outside(
                        LoadSpec.SystemKind.JDBC,
                        settings,
                        mode,
                        List.of(),
                        new RejectLimit(Long.MAX_VALUE, 1)));
    }

    @Test
    void reads_types_as_the_driver_tells_them() {
        yard.load(
                source(
                        Mode.REPLACE,
                        Map.of(),
                        """
                        create table if not exists orders (i int, d decimal(38, 5), big decimal(50, 2),
                            b boolean, u uuid, z timestamp(6) with time zone, n timestamp(9), r real,
                            bytes varbinary(4), c char(3), dt date);
                        delete from orders;
                        insert into orders values (1, 1.10000, 3.25, true,
                            '123e4567-e89b-12d3-a456-426655440000', '2026-01-02 03:04:05.000006+02',
                            '2026-01-02 03:04:05.123456789', 0.1, x'00ff', 'a', '0044-03-15');
                        """));

        assertThat(
                        yard.sql(
                                "select i, d, big, b, u::varchar, z::varchar, n, r, hex(bytes), c, dt from shop.orders"))
                .containsExactly(
                        "1|1.10000|3.25|true|123e4567-e89b-12d3-a456-426655440000|2026-01-02 01:04:05.000006+00|2026-01-02 03:04:05.123456789|0.1|00FF|a  |0044-03-15");
    }

    @Test
    void follows_a_time_with_a_zone() {
        String script =
                "create table if not exists orders (i int primary key, z timestamp(6) with time zone);"
                        + "merge into orders values (1, '2026-01-02 03:04:05.000006+02');";
        yard.load(source(Mode.APPEND, Map.of("cursor", "z"), script));
        SourceTable more =
                source(
                        Mode.APPEND,
                        Map.of("cursor", "z"),
                        script
                                + "merge into orders values (2, '2026-01-02 02:04:05.000006+01'), (3, '2026-01-02 02:04:05.000007+01');");
        assertThat(yard.load(more).read()).isEqualTo(1);

        assertThat(yard.sql("select i from shop.orders order by i")).containsExactly("1", "3");
    }
}
