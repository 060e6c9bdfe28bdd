package dev.ade.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.ingest.jdbc.JdbcConnector;
import dev.ade.model.LoadSpec;
import dev.ade.model.LoadSpec.Mode;
import dev.ade.model.LoadSpec.RejectLimit;
import dev.ade.model.SourceTable;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A database that is read through plain JDBC.
class SqliteTest extends InYard {
    private String url = "";

    @BeforeEach
    void make() throws SQLException {
        yard.connect(new JdbcConnector());
        url = "jdbc:sqlite:" + yard.root().resolve("shop.db");
        write("create table \"odd orders\" (id integer primary key, note text, score real)");
    }

    private void write(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement writing = connection.createStatement()) {
            writing.execute(statement);
        }
    }

    private SourceTable source(String table) {
        return source(Mode.REPLACE, Map.of("jdbc", url, "table", table));
    }

    private static SourceTable source(Mode mode, Map<String, Object> settings) {
        return Sources.of(
                "shop.orders",
                new LoadSpec.Outside(
                        LoadSpec.SystemKind.JDBC, settings, mode, List.of(), RejectLimit.DEFAULT));
    }

    @Test
    void reads_a_table_as_it_is_each_time() throws SQLException {
        write("insert into \"odd orders\" values (1, 'a', 1.0 / 3), (2, null, -0.1)");
        SourceTable source = source("odd orders");
        assertThat(yard.load(source).landed()).isEqualTo(2);
        assertThat(yard.sql("select id, note, score from shop.orders order by id"))
                .containsExactly("1|a|0.3333333333333333", "2|null|-0.1");

        write("delete from \"odd orders\" where id = 1");
        yard.load(source);

        assertThat(yard.sql("select id from shop.orders")).containsExactly("2");
    }

    @Test
    void follows_no_cursor_and_says_what_is_not_there() {
        Map<String, Object> settings = Map.of("jdbc", url, "table", "odd orders", "cursor", "id");
        assertThatThrownBy(() -> yard.load(source(Mode.APPEND, settings)))
                .hasMessageContaining("a cursor can only be followed in PostgreSQL");
        assertThatThrownBy(() -> yard.load(source("nothing")))
                .hasMessageContaining("no such table: nothing")
                .hasMessageContaining("shop.orders");
    }
}
