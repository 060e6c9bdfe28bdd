package dev.ade.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.ingest.ApiServer.Said;
import org.junit.jupiter.api.Test;

/// Tables at an address, such as what a sheet is exported as.
class RestCsvTest extends InApi {
    @Test
    void a_table_is_typed_as_a_file_is() {
        api.at(
                "/export",
                _ -> Said.of("id,city,day\n1,Lima,2026-01-31\n2,\"Oslo, N\",2026-02-01\n"));

        var loaded = yard.load(replaced(rest("/export", "rows", "csv")));

        assertThat(loaded.landed()).isEqualTo(2);
        assertThat(yard.sql("select id + 1, city, day + 1 from shop.orders order by id"))
                .containsExactly("2|Lima|2026-02-01", "3|Oslo, N|2026-02-02");
        assertThat(api.last().header("Accept")).isEqualTo("text/csv");
    }

    @Test
    void a_table_may_be_merged_by_key() {
        api.at("/export", _ -> Said.of("id,city\n1,Lima\n"));
        yard.load(merged(rest("/export", "rows", "csv"), "id"));
        api.at("/export", _ -> Said.of("id,city\n1,Rome\n2,Oslo\n"));
        yard.load(merged(rest("/export", "rows", "csv"), "id"));

        assertThat(yard.sql("select id, city from shop.orders order by id"))
                .containsExactly("1|Rome", "2|Oslo");
    }

    @Test
    void a_web_page_is_no_table() {
        api.at("/export", _ -> Said.of("<!DOCTYPE html><html>Sign in</html>"));

        assertThatThrownBy(() -> yard.load(replaced(rest("/export", "rows", "csv"))))
                .hasMessageContaining("its answer is a web page instead of CSV");
    }

    @Test
    void a_table_is_read_whole() {
        assertThatThrownBy(
                        () -> yard.load(replaced(rest("/export", "rows", "csv", "pages", "link"))))
                .hasMessageContaining("rows: csv is one table, read whole");
    }
}
