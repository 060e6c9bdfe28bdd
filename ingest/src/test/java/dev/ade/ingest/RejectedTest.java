package dev.ade.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.AdeException;
import dev.ade.model.Treatment;
import dev.ade.spi.Batch;
import dev.ade.spi.Loader.Loaded;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Rows that stay out: which, why, and that none is lost.
class RejectedTest extends InYard {
    private static final Declared ORDERS = Declared.files("in/*");
    private static final String REJECTED =
            "select source, line, column_name, value_class, reason from ade.rejected order by all";

    @Test
    void a_value_that_does_not_fit_keeps_its_row_out_with_line_column_and_reason()
            throws IOException {
        yard.put(
                "in/a.csv",
                "id,note,day\n1,\"two\nlines\",2026-01-01\nsecret,b,2026-01-02\n3,c,someday\n4,d,\n");

        Loaded loaded = yard.load(ORDERS.typed("id", "bigint").typed("day", "date"));

        assertThat(loaded.read()).isEqualTo(4);
        assertThat(loaded.landed()).isEqualTo(2);
        assertThat(loaded.rejected()).isEqualTo(2);
        assertThat(yard.sql(REJECTED))
                .containsExactly(
                        "in/a.csv|4|id|text of 6 characters|not a bigint",
                        "in/a.csv|5|day|text of 7 characters|not a date");
        assertThat(
                        yard.sql(
                                "select run_id, dataset, batch_id, rejected_at from ade.rejected limit 1"))
                .containsExactly("1|shop.orders|" + batch().id().hex() + "|2026-11-21T10:00:00Z");
        assertThat(yard.keeps("secret")).isFalse();
        assertThat(yard.keeps("someday")).isFalse();
        assertThat(batch().rowsRead()).isEqualTo(4);
        assertThat(batch().rowsRejected()).isEqualTo(2);
    }

    @Test
    void files_whose_samples_differ_are_read_and_searched_alike() {
        yard.put("in/a.csv", "id,items,amount\n1,3,1.00\n");
        yard.put("in/b.csv", "id,items,amount\n2,many,1.00\n3,3,n/a\n4,3,1.00\n");

        Loaded loaded =
                yard.load(ORDERS.typed("items", "integer").typed("amount", "decimal(10,2)"));

        assertThat(loaded.landed()).isEqualTo(2);
        assertThat(yard.sql(REJECTED))
                .containsExactly(
                        "in/b.csv|2|items|text of 4 characters|not an integer",
                        "in/b.csv|3|amount|text of 3 characters|not a decimal(10,2)");
    }

    @Test
    void rows_that_the_reader_and_a_check_keep_out_are_told_apart() {
        StringBuilder text = new StringBuilder("id,items,amount\n");
        for (int i = 2; i < 40_000; i++) {
            String items = i == 30_000 ? "many" : "3";
            text.append(i).append(',').append(items).append(i == 30_002 ? ",n/a\n" : ",1.00\n");
        }
        yard.put("in/a.csv", text.toString());

        yard.load(ORDERS.typed("items", "integer").typed("amount", "decimal(10,2)"));

        assertThat(yard.sql(REJECTED))
                .containsExactly(
                        "in/a.csv|30000|items|text of 4 characters|not an integer",
                        "in/a.csv|30002|amount|text of 3 characters|not a decimal(10,2)");
    }

    @Test
    void ragged_rows_and_open_quotes_are_rejected_by_line() {
        yard.put("in/a.csv", "id,a,b\n1,x,y\n2,x\n3,x,y,z\n4,x,y\n5,\"x\"y,z\n6,x,y\n");

        Loaded loaded = yard.load(ORDERS.typed("id", "integer"));

        assertThat(loaded.read()).isEqualTo(6);
        assertThat(loaded.landed()).isEqualTo(3);
        assertThat(yard.sql(REJECTED))
                .containsExactly(
                        "in/a.csv|3|null|a line|the row has 2 columns instead of 3",
                        "in/a.csv|4|null|a line|the row has 4 columns instead of 3",
                        "in/a.csv|6|a|NULL|a quote is not closed or text follows it");
    }

    @Test
    void null_in_a_not_null_column_and_in_a_key_is_rejected() {
        yard.put("in/a.csv", "id,city,n\n1,Lima,1\n,Oslo,2\n3,,3\n");

        Loaded loaded = yard.load(ORDERS.merge("id").notNull("city", "varchar"));

        assertThat(loaded.landed()).isEqualTo(1);
        assertThat(yard.sql(REJECTED))
                .containsExactly(
                        "in/a.csv|3|id|NULL|the key is NULL",
                        "in/a.csv|4|city|NULL|NULL breaks not_null");
    }

    @Test
    void a_row_that_breaks_in_two_ways_is_one_row_with_two_reasons() {
        yard.put("in/a.csv", "id,qty\n1,1\nx,y\n3,3\n");

        Loaded loaded = yard.load(ORDERS.typed("id", "integer").typed("qty", "integer"));

        assertThat(loaded.rejected()).isEqualTo(1);
        assertThat(yard.sql("select line, column_name from ade.rejected order by all"))
                .containsExactly("3|id", "3|qty");
    }

    @Test
    void a_value_that_privacy_cannot_treat_keeps_its_row_out() throws IOException {
        yard.put("in/a.csv", "id,card\n1,12345678\n2,777\n3,87654321\n");

        Loaded loaded =
                yard.load(
                        ORDERS.treated(
                                "card",
                                new Treatment.FormatPreserving("r", Treatment.Alphabet.DIGITS)));

        assertThat(loaded.landed()).isEqualTo(3 - loaded.rejected());
        assertThat(yard.sql(REJECTED))
                .containsExactly(
                        "in/a.csv|3|card|text of 3 characters|the value cannot be treated by fpe");
    }

    @Test
    void a_treated_value_is_typed_before_it_is_treated() {
        yard.put("in/a.csv", "id\n007\n3x\n");

        Loaded loaded = yard.load(ORDERS.typed("id", "bigint", new Treatment.Pseudonym("shop")));

        assertThat(loaded.rejected()).isEqualTo(1);
        assertThat(yard.sql("select id from shop.orders"))
                .containsExactly(PlainPrivacy.pseudonym("7").toString());
    }

    @Test
    void ndjson_rejects_malformed_lines_and_keeps_the_others() {
        yard.put(
                "in/a.ndjson",
                "{\"id\":1,\"n\":{\"a\":1}}\n\n{\"id\":2,\n{\"id\":\"x\",\"n\":{\"a\":2}}\n[1]\n{\"id\":5}\n");

        Loaded loaded = yard.load(ORDERS.typed("id", "bigint"));

        assertThat(loaded.read()).isEqualTo(5);
        assertThat(loaded.landed()).isEqualTo(2);
        assertThat(yard.sql(REJECTED))
                .containsExactly(
                        "in/a.ndjson|3|null|a line|the line is no JSON object",
                        "in/a.ndjson|4|id|text of 1 characters|not a bigint",
                        "in/a.ndjson|5|null|a line|the line is no JSON object");
        assertThat(yard.sql("select id, n.a from shop.orders order by id"))
                .containsExactly("1|1", "5|null");
    }

    @Test
    void json_arrays_reject_objects_by_the_line_they_start_on() {
        yard.put("in/a.json", "[\n{\"id\":1},\n{\n \"id\": \"x\"},{\"id\":3}\n]\n");

        Loaded loaded = yard.load(ORDERS.typed("id", "bigint"));

        assertThat(loaded.landed()).isEqualTo(2);
        assertThat(yard.sql(REJECTED))
                .containsExactly("in/a.json|3|id|text of 1 characters|not a bigint");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " ~ ",
            textBlock =
                    """
                    in/a.json ~ [{"id":1,"n":"x","m":"y"},{"id":2,"n":"y","m":1},{"id":3,"n":3,"m":3}]
                    in/a.json ~ {"id":1,"n":"x","m":"y"} {"id":2,"n":"y","m":1} {"id":3,"n":3,"m":3}
                    in/a.xml ~ <e><r id="1"><n>x</n><m>y</m></r><r id="2"><n>y</n><m>1</m></r><r id="3"><n>3</n><m>3</m></r></e>
                    """)
    void rows_that_begin_on_one_line_are_rejected_one_by_one(String file, String text) {
        yard.put(file, text);
        Declared typed =
                ORDERS.typed("id", "bigint").typed("n", "integer").typed("m", "decimal(4,1)");

        assertThatThrownBy(() -> yard.load(typed.limit(1, 1)))
                .hasMessageContaining("2 of 3 rows were rejected");
        Loaded loaded = yard.load(typed.limit(2, 1));

        assertThat(loaded.read()).isEqualTo(3);
        assertThat(loaded.rejected()).isEqualTo(2);
        assertThat(yard.sql("select id, n, m from shop.orders")).containsExactly("3|3|3.0");
        assertThat(
                        yard.sql(
                                "select line, column_name from ade.rejected where run_id = (select max(run_id) from ade.rejected) order by all"))
                .containsExactly("1|m", "1|n", "1|n");
    }

    @Test
    void parquet_rejects_by_row() {
        yard.copy(
                "select i as id, case when i = 3 then 'x' else i::varchar end as qty from range(1, 6) t(i)",
                "in/a.parquet",
                "FORMAT parquet");

        Loaded loaded = yard.load(ORDERS.typed("qty", "integer"));

        assertThat(loaded.landed()).isEqualTo(4);
        assertThat(yard.sql(REJECTED))
                .containsExactly("in/a.parquet|3|qty|text of 1 characters|not an integer");
    }

    @Test
    void too_many_rejected_rows_fail_the_load_and_stay_to_be_looked_at() {
        yard.put("in/a.csv", "id,qty\n1,1\n2,b\n3,c\n4,4\n");

        assertThatThrownBy(
                        () -> yard.load(ORDERS.typed("qty", "integer").limit(Long.MAX_VALUE, 0.1)))
                .isInstanceOfSatisfying(
                        AdeException.class,
                        e -> {
                            assertThat(e.kind()).isEqualTo(AdeException.Kind.DATA);
                            assertThat(e.nextStep())
                                    .contains("ade.rejected where dataset = 'shop.orders'");
                        })
                .hasMessage(
                        "Cannot load shop.orders: 2 of 4 rows were rejected, 10% are allowed; most of them: 'qty': not an integer (2, first in/a.csv:3)");

        assertThat(yard.published().state(Declared.NAME)).isEmpty();
        assertThat(yard.sql("select line from ade.rejected order by 1")).containsExactly("3", "4");
    }

    @Test
    void one_rejected_row_more_than_allowed_fails() {
        yard.put("in/a.csv", "id\n1\nx\n3\ny\n");
        Declared typed = ORDERS.typed("id", "integer");

        assertThatThrownBy(() -> yard.load(typed.limit(1, 1)))
                .hasMessageContaining("2 of 4 rows were rejected");
        assertThat(yard.load(typed.limit(2, 1)).rejected()).isEqualTo(2);
    }

    @Test
    void a_corrected_file_lands_whole() {
        Declared typed = ORDERS.typed("id", "integer");
        yard.put("in/a.csv", "id\n1\nx\n");
        yard.load(typed);
        yard.put("in/a.csv", "id\n1\n2\n");

        Loaded loaded = yard.load(typed);

        assertThat(loaded.rejected()).isZero();
        assertThat(yard.sql("select id from shop.orders order by 1")).containsExactly("1", "2");
        assertThat(batch().rowsRejected()).isZero();
    }

    @Test
    void rows_read_are_rows_landed_and_rejected_whatever_breaks() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Declared typed = ORDERS.typed("id", "varchar").typed("a", "varchar").typed("b", "integer");
        for (int round = 0; round < 20; round++) {
            String end = round % 2 == 0 ? "\n" : "\r\n";
            yard.put("in/a.csv", "id,a,b" + end + "k,1,1" + end + rows(random, 400, end));

            Loaded loaded = yard.load(typed.option("delim", ","));

            assertThat(loaded.read()).as("seed %d round %d", seed, round).isEqualTo(401);
            assertThat(loaded.landed() + loaded.rejected())
                    .as("seed %d round %d", seed, round)
                    .isEqualTo(401);
        }
    }

    @Test
    void no_row_is_taken_for_a_title() {
        yard.put(
                "in/a.csv",
                "id,a,b\nk,1,1\n" + "k,\"a\"\"b\",\"n\nl\"\n".repeat(30) + "k,\"q,u\",\"q,u\",é\n");
        Loaded loaded = yard.load(ORDERS);

        assertThat(loaded.read()).isEqualTo(32);
        assertThat(yard.sql("select count(*) from shop.orders where id = 'k'"))
                .containsExactly(String.valueOf(loaded.landed()));
        assertThat(loaded.rejected()).isEqualTo(1);
    }

    @Test
    void a_name_that_is_expected_is_no_title() {
        yard.put("in/a.csv", "id\nann\nbob;2026\n");
        Loaded loaded = yard.load(ORDERS.typed("id", "varchar").option("delim", ";"));

        assertThat(loaded.read()).isEqualTo(2);
        assertThat(yard.sql("select id from shop.orders")).containsExactly("ann");
        assertThat(loaded.rejected()).isEqualTo(1);
    }

    @Test
    void a_title_is_passed_over() {
        yard.put("in/a.csv", "Report of 2026\n\nid,a\n1,x\n2,y\n");

        assertThat(yard.load(ORDERS).landed()).isEqualTo(2);
        assertThat(yard.sql("select id, a from shop.orders order by id"))
                .containsExactly("1|x", "2|y");
    }

    private static String rows(Random random, int count, String end) {
        List<String> fields =
                List.of(
                        "1",
                        "22",
                        "x",
                        "",
                        "\"q,u\"",
                        "\"a\"\"b\"",
                        "\"n" + end + "l\"",
                        "é",
                        " 7 ",
                        "\"\"");
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < count; row++) {
            int width = random.nextInt(20) == 0 ? 2 + random.nextInt(3) : 3;
            text.append('k').append(row);
            for (int i = 1; i < width; i++) {
                text.append(',').append(fields.get(random.nextInt(fields.size())));
            }
            text.append(end);
        }
        return text.toString();
    }

    @Test
    void mixed_line_ends_are_said_to_be_so_and_can_be_read_less_strictly() {
        yard.put("in/a.csv", "id,a\n1,\"x\"\r\n2,\"y\"\n3,z\r\n4,\"q\nq\"\n");

        assertThatThrownBy(() -> yard.load(ORDERS))
                .hasMessage(
                        "Cannot load in/a.csv: its lines end in different ways, or text follows a closing quote");
        Loaded loaded = yard.load(ORDERS.option("strict_mode", false));
        assertThat(loaded.landed()).isEqualTo(4);
        assertThat(yard.sql("select a from shop.orders order by id"))
                .containsExactly("x", "y", "z", "q\nq");
    }

    private Batch batch() {
        return yard.published().batches(Declared.NAME).getFirst();
    }
}
