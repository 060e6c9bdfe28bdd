package dev.ade.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.AdeException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is written wrong of a test or in config.
class ChecksReaderTest {
    private Folder folder;

    @BeforeEach
    void open(@TempDir Path root) {
        folder =
                new Folder(root)
                        .file("ade.yml", "name: estate\n")
                        .file("shop/models/a.sql", "select 1 as id");
    }

    @AfterEach
    void close() {
        folder.close();
    }

    private void tested(String test) {
        folder.file(
                "shop/models/a.yml",
                "models: [{name: a, columns: [{name: id, data_tests: [%s]}]}]".formatted(test));
    }

    private void refused(String test, String message, String nextStep) {
        tested(test);
        assertThatThrownBy(folder::read)
                .hasMessage(message)
                .satisfies(e -> assertThat(((AdeException) e).nextStep()).isEqualTo(nextStep));
    }

    @Test
    void an_argument_that_a_test_does_not_take_is_refused() {
        refused(
                "not_null: {wher: id > 1}",
                "Cannot check not_null: it takes no argument 'wher'",
                "Did you mean 'where'?");
        refused(
                "accepted_values: {values: [1], quoted: false}",
                "Cannot check accepted_values: it takes no argument 'quoted'",
                "Did you mean 'quote'?");
    }

    @Test
    void what_a_test_says_stands_below_its_name() {
        refused(
                "{not_null: , config: {severity: warn}}",
                "Cannot read a test: it must have one name, but has [config, not_null]",
                "Write what it says below its name, two blanks further in");
    }

    @Test
    void a_slip_in_the_config_of_a_test_is_told_once() {
        tested("not_null: {config: {severty: warn, note: mine}}");
        assertThat(folder.read().project().warnings())
                .containsExactly(
                        "shop/models/a.yml:1:64: 'severty' is not something ADE knows of a test's config; did you mean 'severity'?");
    }

    @Test
    void a_limit_of_no_rows_would_find_nothing() {
        refused(
                "not_null: {config: {limit: 0}}",
                "Cannot use config limit: it must be a number of rows, 1 or more, was '0'",
                "Mend it and try again");
    }

    @Test
    void a_slip_in_what_decides_how_rows_are_kept_is_refused() {
        folder.file("shop/models/a.sql", "{{ config(materialised='table') }} select 1 as id");
        assertThatThrownBy(folder::read)
                .hasMessage(
                        "Cannot use config materialised: it is not something ADE knows of a model")
                .satisfies(e ->
                        assertThat(((AdeException) e).nextStep())
                                .isEqualTo("Did you mean 'materialized'?"));

        folder.file(
                "shop/models/a.sql",
                "{{ config(materialized='incremental', incremental_stratgy='merge', unique_key='id') }} select 1 as id");
        assertThatThrownBy(folder::read).hasMessageContaining("incremental_stratgy");
    }
}
