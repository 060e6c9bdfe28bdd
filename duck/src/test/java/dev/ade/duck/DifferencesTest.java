package dev.ade.duck;

import static dev.ade.spi.QueryDifference.ADDITIVE;
import static dev.ade.spi.QueryDifference.NONE;
import static dev.ade.spi.QueryDifference.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.AdeException;
import dev.ade.model.Settings.EngineSettings;
import dev.ade.spi.QueryDifference;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DifferencesTest {
    @TempDir private static Path folder;

    private DuckEngine engine;

    @BeforeAll
    void start() {
        engine =
                new DuckEngine(
                        new EngineSettings(
                                1,
                                256L << 20,
                                folder,
                                1L << 30,
                                1,
                                1L << 20,
                                Duration.ofMinutes(1),
                                1_000));
    }

    @AfterAll
    void stop() {
        engine.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    select a, b from s.t where a > 1 | SELECT a -- first{nl}, B FROM s.t WHERE (a > 1)
                    select sum(a) as x from s.t      | select SUM( A ) x from "s"."t"
                    select 'A' as x                  | select 'A'   as x /* why */
                    """)
    void blanks_comments_and_case_are_no_difference(String before, String after) {
        assertThat(difference(before, after)).isEqualTo(NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    select a from s.t                              | select a, b from s.t
                    select a, c from s.t                           | select a, upper(b) as b, c from s.t
                    select a, sum(b) as x from s.t group by a      | select a, sum(b) as x, max(c) as y from s.t group by a
                    select a, sum(b) as x from s.t group by 1      | select a, sum(b) as x, max(c) as y from s.t group by 1
                    with u as (select a from s.t) select * from u  | with u as (select a, b from s.t) select * from u
                    with u as (select a from s.t) select a from u  | with u as (select a, b from s.t) select a, b as c from u
                    with u as (select 1 as a) select a from u      | with u as (select 1 as a), v as (select 2 as b) select a from u
                    select x.a from (select a from s.t) x          | select x.a, x.b from (select a, b from s.t) x
                    select a from s.t order by a limit 3           | select a, b from s.t order by a limit 3
                    """)
    void more_columns_are_additive(String before, String after) {
        assertThat(difference(before, after)).isEqualTo(ADDITIVE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    select a, b from s.t                          | select a from s.t
                    select a, b from s.t                          | select b, a from s.t
                    select a from s.t                             | select a from s.t where a > 1
                    select a from s.t                             | select a, b from s.u
                    select distinct a from s.t                    | select distinct a, b from s.t
                    select a, count(*) as n from s.t group by all | select a, b, count(*) as n from s.t group by all
                    select a from s.t union select b from s.u     | select a, 1 as x from s.t union select b, 1 as x from s.u
                    select a from s.t                             | select a, unnest(b) as c from s.t
                    select a from s.t                             | select a, * from s.t
                    select 1 as a from s.t                        | select 1 as a, count(*) as n from s.t
                    select b, sum(a) as x from s.t group by 1     | select c, b, sum(a) as x from s.t group by 1
                    select sum(a) as x from s.t order by c limit 1 | select sum(a) as x, d as c from s.t order by c limit 1
                    select a from s.t order by all limit 1        | select a, b from s.t order by all limit 1
                    select 'A' as x                               | select 'a' as x
                    with u as (select a from s.t) select distinct * from u   | with u as (select a, b from s.t) select distinct * from u
                    with u as (select a from s.t) select * from u natural join s.v | with u as (select a, b from s.t) select * from u natural join s.v
                    with u as (select a from s.t) select a from u | with u as (select a from s.t), v as (select 1 as b) select a from v
                    """)
    void all_else_is_other(String before, String after) {
        assertThat(difference(before, after)).isEqualTo(OTHER);
    }

    @Test
    void what_cannot_be_parsed_is_told() {
        assertThatThrownBy(() -> difference("select 1", "select from from"))
                .isInstanceOf(AdeException.class)
                .hasMessageContaining("syntax error");
    }

    private QueryDifference difference(String before, String after) {
        return engine.difference(before, after.replace("{nl}", "\n"));
    }
}
