package dev.ade.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.AdeException;
import dev.ade.model.Freshness;
import dev.ade.model.PrivacySpec;
import dev.ade.model.Treatment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `sources:` say, and references in comments.
class SourcesTest {
    private Folder folder;

    @BeforeEach
    void open(@TempDir Path root) {
        folder = new Folder(root).file("ade.yml", "name: estate\n");
    }

    @AfterEach
    void close() {
        folder.close();
    }

    @Test
    void a_source_that_nobody_loads_is_a_name_until_it_is_read() {
        folder.file(
                        "shop/models/sources.yml",
                        "sources: [{name: crm, schema: raw, tables: [{name: people}]}]")
                .file("shop/models/a.sql", "-- like {{ source('crm', 'people') }}\nselect 1 as id");

        assertThat(folder.sql("shop.a")).isEqualTo("-- like \"raw\".\"people\"\nselect 1 as id");
        assertThat(folder.model("shop.a").inputs()).isEmpty();

        folder.file("shop/models/b.sql", "select * from {{ source('crm', 'people') }}");
        assertThatThrownBy(folder::read)
                .hasMessageContaining(
                        "Cannot read raw.people: source crm.people says nothing of where its rows come from");
    }

    @Test
    void each_limit_of_freshness_is_that_of_the_table_or_else_of_its_source() {
        folder.file(
                "shop/models/sources.yml",
                """
                sources:
                  - name: crm
                    freshness: {warn_after: {count: 1, period: day}, error_after: {count: 2, period: day}}
                    tables:
                      - {name: people, load: {files: raw/p*.csv}, freshness: {warn_after: {count: 6, period: hour}}}
                      - {name: visits, load: {files: raw/v*.csv}, freshness: {warn_after: null}}
                      - {name: letters, load: {files: raw/l*.csv}, freshness: null}
                """);

        assertThat(folder.source("crm.people").freshness().orElseThrow())
                .extracting(Freshness::warnAfter, Freshness::errorAfter)
                .containsExactly(Optional.of(Duration.ofHours(6)), Optional.of(Duration.ofDays(2)));
        assertThat(folder.source("crm.visits").freshness().orElseThrow())
                .extracting(Freshness::warnAfter, Freshness::errorAfter)
                .containsExactly(Optional.empty(), Optional.of(Duration.ofDays(2)));
        assertThat(folder.source("crm.letters").freshness()).isEmpty();
    }

    @Test
    void misspelt_keys_of_what_is_loaded_and_of_privacy_are_refused() {
        refused("load: {files: a.csv, mod: merge, key: id}", "'mod'", "load", "mode");
        refused("load: {files: a.csv, reject_limit: {row: 3}}", "'row'", "reject_limit", "rows");
        refused(
                "load: {files: a.csv}, columns: [{name: id, privcy: drop}]",
                "'privcy'",
                "a column",
                "privacy");
        refused(
                "load: {files: a.csv}, columns: [{name: id, privacy: {treet: drop}}]",
                "'treet'",
                "privacy",
                "treat");
        refused(
                "load: {files: a.csv}, privacy: {undeclard: refuse}",
                "'undeclard'",
                "privacy",
                "undeclared");
        refused(
                "load: {files: a.csv}, pryvacy: {undeclared: refuse}",
                "'pryvacy'",
                "a source table",
                "privacy");
    }

    @Test
    void what_could_be_meant_for_the_privacy_of_a_column_never_does_nothing() {
        refused(
                "{name: id, privacy: keep, treat: drop}",
                "Cannot read 'treat' of column 'id': it belongs into privacy");
        refused(
                "{name: id, privacy: drop}, {name: ID, privacy: keep}",
                "Cannot declare column 'ID' twice: 'id' is declared at shop/sources.yml:1:79");
        refused(
                "{name: id, privacy: drop, meta: {privacy: {treat: pseudonym}}}",
                "Cannot tell the privacy of column 'id': it is said in more than one place");
        refused("{name: id, config: {privacy: yes}}", "Cannot read 'privacy': it must be keep");
    }

    private void refused(String columns, String message) {
        source("load: {files: a.csv}, columns: [%s]".formatted(columns));
        assertThatThrownBy(folder::read).hasMessageStartingWith(message);
    }

    @Test
    void privacy_may_stand_where_dbt_wants_the_keys_of_others() {
        for (String place :
                List.of(
                        "privacy: drop",
                        "config: {privacy: drop}",
                        "config: {meta: {privacy: drop}}",
                        "meta: {privacy: {treat: drop}}")) {
            source("load: {files: a.csv}, columns: [{name: id, %s}]".formatted(place));
            assertThat(folder.source("crm.people").columns().getFirst().privacy())
                    .as(place)
                    .contains(new PrivacySpec(Optional.empty(), Optional.of(new Treatment.Drop())));
        }
        source("load: {files: a.csv}, columns: [{name: id, meta: {privacy: see page 7}}]");
        assertThat(folder.source("crm.people").columns().getFirst().privacy()).isEmpty();
    }

    @Test
    void a_model_s_column_cannot_be_treated_and_a_model_is_described_once() {
        folder.file("shop/models/a.sql", "select 1 as id")
                .file(
                        "shop/models/a.yml",
                        "models: [{name: a, columns: [{name: id, privacy: drop}]}]");
        assertThatThrownBy(folder::read)
                .hasMessage(
                        "Cannot treat column 'id' of a model: privacy is for columns of sources and seeds");

        folder.file("shop/models/a.yml", "models: [{name: a}]")
                .file("shop/models/b.yml", "models: [{name: A}]");
        assertThatThrownBy(folder::read)
                .hasMessage("Cannot describe 'A' twice: shop/models/a.yml:1:10 describes it too");
    }

    private void refused(String table, String key, String what, String meant) {
        source(table);
        assertThatThrownBy(folder::read)
                .hasMessage("Cannot read %s: it is not something ADE knows of %s", key, what)
                .satisfies(e ->
                        assertThat(((AdeException) e).nextStep())
                                .isEqualTo("Did you mean '" + meant + "'?"));
    }

    @Test
    void a_load_that_does_not_say_what_to_load_is_told_what_it_may_say() {
        source("load: {jdb: 'jdbc:postgresql://db/shop', table: orders}");
        assertThatThrownBy(folder::read)
                .hasMessage("Cannot read 'load': it does not say what to load")
                .satisfies(e ->
                        assertThat(((AdeException) e).nextStep())
                                .isEqualTo("Did you mean 'jdbc'?"));
        source("load: {mode: append}");
        assertThatThrownBy(folder::read)
                .satisfies(e ->
                        assertThat(((AdeException) e).nextStep())
                                .startsWith("Add one of files, connection, jdbc"));
        source("load: {files: a.csv, reject_limit: 200%}");
        assertThatThrownBy(folder::read).hasMessage("Cannot limit rejected rows to a share of 2.0");
    }

    private void source(String table) {
        folder.file(
                "shop/sources.yml",
                "sources: [{name: crm, tables: [{name: people, %s}]}]".formatted(table));
    }

    @Test
    void other_names_of_a_column_are_nobody_else_s() {
        String source =
                """
                sources:
                  - name: crm
                    tables:
                      - name: people
                        load: {files: raw/p*.csv}
                        columns: [{name: phone, aliases: [tel, mobile]}, {name: zip, aliases: %s}]
                """;
        folder.file("shop/models/sources.yml", source.formatted("plz"));
        assertThat(folder.source("crm.people").aliases().own("TEL")).isEqualTo("phone");
        assertThat(folder.source("crm.people").aliases().own("plz")).isEqualTo("zip");

        folder.file("shop/models/sources.yml", source.formatted("Phone"));
        assertThatThrownBy(folder::read)
                .hasMessage("Cannot call column 'zip' also 'Phone': a column has that name");
    }

    @Test
    void an_ephemeral_model_named_in_a_comment_stays_on_its_line() {
        folder.file(
                        "shop/models/e.sql",
                        "{{ config(materialized='ephemeral') }}select 1 as id -- one\nwhere true")
                .file("shop/models/a.sql", "-- depends on: {{ ref('e') }}\nselect 2 as id");

        assertThat(folder.sql("shop.a"))
                .isEqualTo("-- depends on: (select 1 as id where true )\nselect 2 as id");
    }
}
