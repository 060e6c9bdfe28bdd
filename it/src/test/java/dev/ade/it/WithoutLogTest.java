package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What docs/cdc.md says of databases that give no log: their history by comparing what was read with what was read before.
class WithoutLogTest {
    private Estate estate;
    private String database;

    @BeforeEach
    void write_project(@TempDir Path folder) throws SQLException {
        database = "jdbc:sqlite:" + folder.resolve("shop.db");
        shop(
                "create table orders (id integer primary key, state text, email text, changed timestamp)",
                "insert into orders values (1, 'sent', 'a@example.org', '2026-01-01 08:00:00')",
                "insert into orders values (2, 'sent', 'b@example.org', '2026-01-01 09:00:00')");
        estate =
                new Estate(folder.resolve("project"))
                        .file("dbt_project.yml", "name: estate\n")
                        .file(
                                "models/sources.yml",
                                """
                                sources:
                                  - name: shop
                                    tables:
                                      - name: orders
                                        load: {jdbc: "%1$s", table: orders}
                                        columns: &columns
                                          - {name: email, privacy: {class: email, treat: pseudonym}}
                                      - name: orders_by_time
                                        load: {jdbc: "%1$s", table: orders, mode: merge, key: id, cursor: changed}
                                        columns: *columns
                                """
                                        .formatted(database))
                        .file(
                                "snapshots/orders_past.yml",
                                """
                                snapshots:
                                  - name: orders_past
                                    relation: source('shop', 'orders')
                                    config:
                                      unique_key: id
                                      strategy: check
                                      check_cols: all
                                      hard_deletes: new_record
                                """);
        estate.published();
    }

    private void shop(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database);
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    @Test
    void a_snapshot_of_what_is_read_knows_updates_and_deletes() throws SQLException {
        shop(
                "update orders set email = 'c@example.org' where id = 1",
                "delete from orders where id = 2",
                "insert into orders values (3, 'sent', 'd@example.org', '2026-01-02 08:00:00')");

        estate.published();

        assertThat(
                        estate.sql(
                                """
                                select id, count(distinct email), count(*), max(dbt_is_deleted), count(*) filter (dbt_valid_to is null)
                                from estate.orders_past group by id order by id
                                """))
                .as("of 1 only the e-mail changed, whose pseudonym tells; 2 is gone, 3 is new")
                .containsExactly("1|2|2|False|1", "2|1|2|True|1", "3|1|1|False|1");
    }

    @Test
    void a_time_of_the_last_change_is_enough_where_nothing_is_deleted() throws SQLException {
        shop(
                "update orders set state = 'there', changed = '2026-01-02 08:00:00' where id = 1",
                "update orders set state = 'lost' where id = 2");

        estate.published();

        assertThat(estate.sql("select id, state from shop.orders_by_time order by id"))
                .as("what says no new time is not found")
                .containsExactly("1|there", "2|sent");
    }
}
