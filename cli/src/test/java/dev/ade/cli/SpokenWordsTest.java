package dev.ade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What templates tell people, by `print` and `log`: once, when they are compiled for their step.
final class SpokenWordsTest {
    @TempDir private Path folder;

    private DbtShop shop;

    @BeforeEach
    void write() {
        shop = DbtShop.in(folder);
        shop.file(
                "models/totals.sql",
                """
                {{ config(materialized='table') }}
                {{ print('printed by totals') }}{{ log('two lines\\nof totals', info=true) }}
                {{ log('for the file of dbt only') }}
                select status, sum(amount) as total from {{ ref('stg_orders') }} group by all
                """);
    }

    @Test
    void a_run_tells_them_once() {
        String built = shop.out("build");

        assertThat(built.lines())
                .filteredOn(line -> line.contains("totals") || line.contains("lines"))
                .startsWith("printed by totals", "two lines", "of totals");
        assertThat(built).containsOnlyOnce("printed by").doesNotContain("for the file");
    }

    @Test
    void what_is_current_is_silent() {
        shop.out("build");

        assertThat(shop.out("build")).doesNotContain("printed by");
        assertThat(shop.says("ls").err()).doesNotContain("printed by");
        assertThat(shop.out("plan")).doesNotContain("printed by");
    }

    @Test
    void compile_and_show_tell_them_on_the_standard_error() {
        shop.out("build");

        for (String word : new String[] {"compile", "show"}) {
            DbtShop.Said said = shop.says(word, "-s", "totals");
            assertThat(said.err()).as(word).startsWith("printed by totals\ntwo lines\nof totals\n");
            assertThat(said.out()).as(word).doesNotContain("printed by");
        }
    }

    @Test
    void they_cannot_move_the_cursor() {
        shop.file("models/blank.sql", "{{ print('a\\x1b[2Jb') }}select 1 as n");

        assertThat(shop.out("build", "-s", "blank")).contains("a\\u001b[2Jb\n");
    }
}
