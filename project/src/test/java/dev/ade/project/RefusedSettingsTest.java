package dev.ade.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.AdeException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Settings and config that mean nothing.
class RefusedSettingsTest {
    private Folder folder;

    @BeforeEach
    void open(@TempDir Path root) {
        folder = new Folder(root);
    }

    @AfterEach
    void close() {
        folder.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "query_rows | -1 | a number of rows, 1 or more",
                "memory | 600% | a size such as 512MB or 4GB, or a share of 100% at most",
                "memory | 0 | a size such as 512MB or 4GB, or a share of 100% at most",
                "file_size | 0MB | a size such as 512MB, above 0",
            })
    void an_engine_setting_names_its_key_and_its_place(String key, String value, String wanted) {
        folder.file("ade.yml", "name: estate\nengine: {%s: %s}\n".formatted(key, value));

        assertThatThrownBy(folder::read)
                .hasMessage("Cannot read '%s': it must be %s, was '%s'", key, wanted, value)
                .satisfies(e -> assertThat(((AdeException) e).explain()).contains("ade.yml:2"));
    }

    @Test
    void a_lookback_is_not_negative() {
        folder.file(
                "shop/models/f.sql",
                "{{ config(materialized='fact', event_time='t', lookback=-1) }} select 1 as x");

        assertThatThrownBy(folder::read)
                .hasMessage(
                        "Cannot use config lookback: it must be a whole number of 0 or more, was '-1'")
                .satisfies(e ->
                        assertThat(((AdeException) e).explain()).contains("shop/models/f.sql"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "truncate(x, a)",
                "bucket(0, a)",
                "bucket(16)",
                "bucket(16, )",
                "month(t",
                "month()",
                "month(t))",
                "(t)",
                "day(t) desc",
                "weekly(t)"
            })
    void a_partition_is_a_column_or_a_transform_of_one(String partition) {
        folder.file(
                "shop/models/p.sql",
                "{{ config(materialized='table', partition_by='%s') }} select 1 as a"
                        .formatted(partition));

        assertThatThrownBy(folder::read)
                .isInstanceOf(AdeException.class)
                .hasMessageStartingWith("Cannot partition by '" + partition + "': ")
                .satisfies(e ->
                        assertThat(((AdeException) e).explain())
                                .contains("shop/models/p.sql", "truncate(4, zip)"));
    }
}
