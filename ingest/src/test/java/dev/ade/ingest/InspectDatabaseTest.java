package dev.ade.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.model.LoadSpec;
import dev.ade.model.LoadSpec.Mode;
import dev.ade.model.LoadSpec.RejectLimit;
import dev.ade.model.SourceTable;
import dev.ade.spi.Connector;
import dev.ade.spi.Loader.Inspection;
import dev.ade.testkit.MariaDb;
import dev.ade.testkit.Postgres;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is proposed for tables of real servers.
class InspectDatabaseTest extends InYard {
    @BeforeEach
    void connect() throws IOException {
        yard.connect(Yard.databases());
    }

    private static SourceTable source(String url, String table) {
        return Sources.of(
                "shop.orders",
                new LoadSpec.Outside(
                        LoadSpec.SystemKind.JDBC,
                        Map.of(
                                "jdbc",
                                url,
                                "user",
                                Postgres.USER,
                                "password",
                                "${PASSWORD}",
                                "connection",
                                "warehouse",
                                "table",
                                table,
                                "properties",
                                Map.of("sslMode", "disable")),
                        Mode.REPLACE,
                        List.of(),
                        RejectLimit.DEFAULT));
    }

    @Test
    void proposes_a_merge_by_the_time_of_the_last_change() throws IOException {
        try (Postgres server = Postgres.start()) {
            server.sql(
                    """
                    create table orders (id bigint primary key, email text, updated_at timestamptz);
                    create index on orders (updated_at);
                    create table notes (text text);
                    create materialized view late as select id from orders;
                    create table z (d date) partition by range (d);
                    insert into orders select n, 'customer' || n || '@example.org', '2026-01-01'
                    from generate_series(1, 100) n\
                    """);
            Inspection seen = yard.inspect(source(server.url(), "public.orders"));

            assertThat(seen.yaml())
                    .contains(
                            "load: {connection: warehouse, table: public.orders, mode: merge, cursor: updated_at, key: [id], overlap: \"1 hour\"}")
                    .contains("{name: id, data_type: bigint}")
                    .contains("{name: email, data_type: varchar, privacy: {class: email")
                    .doesNotContain(Postgres.PASSWORD);
            assertThat(seen.rowsSampled()).isEqualTo(100);
            assertThat(seen.notes())
                    .anyMatch(note ->
                            note.matches(
                                    "Persisted as table public.orders of PostgreSQL .*, 100 rows"))
                    .contains(
                            "Key: its primary key is id",
                            "News: 'updated_at' seems to be the time of the last change, which has an index",
                            "Reading it: the first time sends 100 rows in one read-only transaction, then those above updated_at");
            assertThat(yard.list(source(server.url(), "all")))
                    .extracting(Connector.Listed::name, Connector.Listed::key)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("public.late", List.of()),
                            org.assertj.core.groups.Tuple.tuple("public.notes", List.of()),
                            org.assertj.core.groups.Tuple.tuple("public.orders", List.of("id")),
                            org.assertj.core.groups.Tuple.tuple("public.z", List.of()));
            assertThat(yard.staged()).isEmpty();
        }
    }

    @Test
    void proposes_an_append_by_a_key_that_counts() {
        try (MariaDb server = MariaDb.start()) {
            server.sql(
                    "create table clicks (id int primary key auto_increment, page text); insert into clicks (page) values ('a'), ('b')");
            Inspection seen = yard.inspect(source(server.url(), "clicks"));

            assertThat(seen.yaml())
                    .contains(
                            "load: {connection: warehouse, table: clicks, mode: append, cursor: id}");
            assertThat(yard.list(source(server.url(), "all")))
                    .containsExactly(
                            new Connector.Listed(
                                    "clicks",
                                    java.util.OptionalLong.of(2),
                                    List.of("id"),
                                    java.util.Optional.of("id"),
                                    List.of("id", "page")));
        }
    }
}
