package dev.ade.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.model.Interval;
import dev.ade.model.Intervals;
import dev.ade.model.LoadSpec;
import dev.ade.model.Treatment;
import dev.ade.spi.Batch;
import dev.ade.spi.Loader.Inbox;
import dev.ade.spi.Loader.Loaded;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Modes of loading, with a real engine and a real lake.
class LoadingTest extends InYard {
    private static final Declared ORDERS = Declared.files("in/*.csv");

    @Test
    void every_row_says_which_batch_when_and_from_where_it_came() {
        yard.put("in/a.csv", "id,city\n1,Lima\n2,Oslo\n");
        Inbox inbox = yard.look(ORDERS);

        Loaded loaded = yard.load(ORDERS);

        assertThat(loaded.read()).isEqualTo(2);
        assertThat(loaded.landed()).isEqualTo(2);
        assertThat(loaded.rejected()).isZero();
        assertThat(yard.published().state(Declared.NAME).orElseThrow().schema().names())
                .containsExactly("id", "city", "_batch_id", "_loaded_at", "_source");
        String batch = inbox.fresh().getFirst().id().hex();
        assertThat(yard.sql("from shop.orders order by id"))
                .containsExactly(
                        "1|Lima|" + batch + "|2026-11-21T10:00:00Z|in/a.csv",
                        "2|Oslo|" + batch + "|2026-11-21T10:00:00Z|in/a.csv");
        assertThat(yard.published().state(Declared.NAME).orElseThrow().version())
                .isEqualTo(inbox.version());
    }

    @Test
    void append_reads_what_is_new_and_leaves_the_rest_alone() {
        yard.put("in/a.csv", "id\n1\n");
        yard.load(ORDERS);
        assertThat(yard.look(ORDERS).isEmpty()).isTrue();
        yard.put("in/b.csv", "id\n2\n3\n");

        Loaded loaded = yard.load(ORDERS);

        assertThat(loaded.read()).isEqualTo(2);
        assertThat(ids()).containsExactly("1", "2", "3");
        assertThat(yard.published().batches(Declared.NAME))
                .extracting(Batch::origin)
                .containsExactlyInAnyOrder("in/a.csv", "in/b.csv");
    }

    @Test
    void a_changed_file_replaces_its_rows_and_no_others() {
        yard.put("in/a.csv", "id\n1\n");
        yard.put("in/b.csv", "id\n2\n3\n");
        yard.load(ORDERS);
        yard.put("in/b.csv", "id\n3\n4\n5\n");

        Loaded loaded = yard.load(ORDERS);

        assertThat(loaded.read()).isEqualTo(3);
        assertThat(ids()).containsExactly("1", "3", "4", "5");
        assertThat(yard.published().batches(Declared.NAME)).hasSize(2);
    }

    @Test
    void a_file_that_is_gone_keeps_its_rows_in_append_and_loses_them_in_replace() {
        yard.put("in/a.csv", "id\n1\n");
        yard.put("in/b.csv", "id\n2\n");
        yard.load(ORDERS);
        yard.delete("in/a.csv");
        yard.put("in/c.csv", "id\n3\n");

        yard.load(ORDERS);
        assertThat(ids()).containsExactly("1", "2", "3");

        yard.load(ORDERS.replace());
        assertThat(ids()).containsExactly("2", "3");
        yard.delete("in/b.csv");
        Inbox inbox = yard.look(ORDERS.replace());
        assertThat(inbox.isEmpty()).isTrue();
        assertThat(inbox.version())
                .isNotEqualTo(yard.published().state(Declared.NAME).orElseThrow().version());
        yard.load(ORDERS.replace());
        assertThat(ids()).containsExactly("3");
    }

    @Test
    void merge_keeps_the_last_row_of_each_key_in_file_order() {
        Declared merged = ORDERS.merge("id");
        yard.put("in/1.csv", "id,city\n1,Lima\n2,Oslo\n1,Bern\n");
        yard.put("in/2.csv", "id,city\n2,Rome\n3,Kyiv\n");

        Loaded first = yard.load(merged);

        assertThat(first.landed()).isEqualTo(5);
        assertThat(yard.sql("select id, city, _source from shop.orders order by id"))
                .containsExactly("1|Bern|in/1.csv", "2|Rome|in/2.csv", "3|Kyiv|in/2.csv");
        yard.put("in/3.csv", "id,city\n3,Graz\n4,Nice\n");
        yard.load(merged);
        assertThat(yard.sql("select id, city from shop.orders order by id"))
                .containsExactly("1|Bern", "2|Rome", "3|Graz", "4|Nice");
    }

    @Test
    void merge_joins_treated_keys_by_what_they_were() {
        Declared merged = ORDERS.merge("id").treated("id", new Treatment.Pseudonym("shop"));
        yard.put("in/1.csv", "id,city\na,Lima\nb,Oslo\n");
        yard.load(merged);
        yard.put("in/2.csv", "id,city\nb,Rome\n");

        yard.load(merged);

        assertThat(
                        yard.sql(
                                "select city from shop.orders where id = '%s'"
                                        .formatted(PlainPrivacy.pseudonym("b"))))
                .containsExactly("Rome");
        assertThat(yard.sql("select count(*) from shop.orders")).containsExactly("2");
    }

    @Test
    void a_key_that_is_treated_from_now_on_still_identifies_its_rows() {
        yard.put("in/1.csv", "id,city\na,Lima\nb,Oslo\n");
        yard.load(ORDERS.merge("id"));
        yard.delete("in/1.csv");
        yard.put("in/2.csv", "id,city\nb,Rome\nc,Bern\n");

        yard.load(ORDERS.merge("id").treated("id", new Treatment.Pseudonym("shop")));

        assertThat(yard.sql("select id, city from shop.orders"))
                .containsExactlyInAnyOrder(
                        PlainPrivacy.pseudonym("a") + "|Lima",
                        PlainPrivacy.pseudonym("b") + "|Rome",
                        PlainPrivacy.pseudonym("c") + "|Bern");
    }

    @Test
    void a_key_that_is_treated_otherwise_leaves_no_old_rows_of_files_that_are_there() {
        Declared merged = ORDERS.merge("id");
        yard.put("in/1.csv", "id,city\n123456,Lima\n234567,Oslo\n");
        yard.load(merged.typed("id", "varchar", new Treatment.Pseudonym("shop")));

        yard.load(
                merged.typed(
                        "id",
                        "varchar",
                        new Treatment.FormatPreserving("shop", Treatment.Alphabet.DIGITS)));

        assertThat(yard.sql("select id, city from shop.orders order by id"))
                .containsExactly("654321|Lima", "765432|Oslo");
    }

    @Test
    void a_merge_with_a_key_of_several_columns_and_other_case() {
        Declared merged = ORDERS.merge("Shop", "ID");
        yard.put("in/1.csv", "shop,id,n\n1,1,a\n1,2,b\n2,1,c\n");
        yard.load(merged);
        yard.put("in/2.csv", "shop,id,n\n1,2,z\n");

        yard.load(merged);

        assertThat(yard.sql("select shop, id, n from shop.orders order by all"))
                .containsExactly("1|1|a", "1|2|z", "2|1|c");
    }

    @Test
    void a_late_file_says_which_hours_it_touches() {
        Declared timed = ORDERS.eventTime("at");
        yard.put(
                "in/a.csv",
                "id,at\n1,2026-01-01 10:20:00\n2,2026-01-01 11:59:59\n3,2026-01-03 00:00:00\n");
        Loaded first = yard.load(timed);
        assertThat(first.changed())
                .isEqualTo(
                        hours(
                                "2026-01-01T10:00:00Z/2026-01-01T12:00:00Z",
                                "2026-01-03T00:00:00Z/2026-01-03T01:00:00Z"));
        yard.put("in/b.csv", "id,at\n9,2025-12-31 23:30:00\n");

        Loaded late = yard.load(timed);

        assertThat(late.changed()).isEqualTo(hours("2025-12-31T23:00:00Z/2026-01-01T00:00:00Z"));
        assertThat(batch("in/b.csv").eventTimes()).isEqualTo(late.changed());
    }

    @Test
    void rows_that_happened_beyond_all_intervals_are_told() {
        Declared timed = ORDERS.typed("at", "timestamp").eventTime("at");
        yard.put(
                "in/a.csv",
                "id,at\n1,2026-01-01 10:20:00\n2,9999-12-31 00:00:00\n3,infinity\n4,0044-03-15 (BC) 12:00:00\n5,\n6,9999-12-30 23:00:00\n7,0001-01-01 00:00:00\n");

        Loaded loaded = yard.load(timed);

        assertThat(loaded.landed()).isEqualTo(7);
        assertThat(loaded.drift())
                .containsExactly(
                        "at of 3 rows is infinite, before year 1 or after 9999-12-30: nothing that is filled by it has them");
        assertThat(loaded.changed())
                .isEqualTo(
                        hours(
                                "0001-01-01T00:00:00Z/0001-01-01T01:00:00Z",
                                "2026-01-01T10:00:00Z/2026-01-01T11:00:00Z",
                                "9999-12-30T23:00:00Z/9999-12-31T00:00:00Z"));
    }

    @Test
    void a_changed_file_touches_the_hours_its_rows_came_to_and_went_from() {
        Declared timed = ORDERS.eventTime("at");
        yard.put("in/a.csv", "id,at\n1,2026-01-01 10:20:00\n");
        yard.put("in/b.csv", "id,at\n2,2026-01-02 10:20:00\n");
        yard.load(timed);
        yard.put("in/b.csv", "id,at\n2,2026-01-05 10:20:00\n");

        Loaded changed = yard.load(timed);

        assertThat(changed.changed())
                .isEqualTo(
                        hours(
                                "2026-01-02T10:00:00Z/2026-01-02T11:00:00Z",
                                "2026-01-05T10:00:00Z/2026-01-05T11:00:00Z"));
    }

    @Test
    void a_merge_touches_the_hours_of_the_rows_it_replaces() {
        Declared timed = ORDERS.merge("id").eventTime("at");
        yard.put("in/a.csv", "id,at\n1,2026-01-01 10:20:00\n2,2026-01-02 10:00:00\n");
        yard.load(timed);
        yard.put("in/b.csv", "id,at\n2,2026-01-07 10:20:00\n");

        Loaded changed = yard.load(timed);

        assertThat(changed.changed())
                .isEqualTo(
                        hours(
                                "2026-01-02T10:00:00Z/2026-01-02T11:00:00Z",
                                "2026-01-07T10:00:00Z/2026-01-07T11:00:00Z"));
    }

    @Test
    void personal_values_never_reach_the_lake() throws IOException {
        yard.put(
                "in/a.csv",
                "id,mail,card,phone\n1,ada@example.org,4111111111111111,555-1234\n2,bob@example.org,5500005555555559,555-9876\n");

        Loaded loaded =
                yard.load(
                        ORDERS.treated("card", new Treatment.Drop())
                                .treated("phone", new Treatment.Pseudonym("shop")));

        assertThat(loaded.decisions()).hasSize(4);
        assertThat(yard.published().state(Declared.NAME).orElseThrow().schema().names())
                .containsExactly("id", "mail", "phone", "_batch_id", "_loaded_at", "_source");
        assertThat(yard.sql("select mail, phone from shop.orders where id = 1"))
                .containsExactly(
                        PlainPrivacy.pseudonym("ada@example.org")
                                + "|"
                                + PlainPrivacy.pseudonym("555-1234"));
        for (String personal : List.of("example.org", "4111111111111111", "555-1234")) {
            assertThat(yard.keeps(personal)).as(personal).isFalse();
        }
    }

    @Test
    void what_was_found_personal_once_stays_so() {
        yard.put("in/a.csv", "id,contact\n1,ada@example.org\n");
        yard.load(ORDERS);
        yard.put("in/b.csv", "id,contact\n2,nobody\n");

        yard.load(ORDERS);

        assertThat(yard.sql("select contact from shop.orders where id = 2"))
                .containsExactly(PlainPrivacy.pseudonym("nobody").toString());
    }

    @Test
    void a_column_that_becomes_personal_is_treated_in_rows_already_there() throws IOException {
        yard.put("in/a.csv", "id,name\n1,Zebulon\n");
        yard.load(ORDERS);
        Declared treated = ORDERS.treated("name", new Treatment.Pseudonym("shop"));
        yard.delete("in/a.csv");
        yard.put("in/b.csv", "id,name\n2,Quentin\n");

        yard.load(treated);

        assertThat(yard.sql("select id, name from shop.orders order by id"))
                .containsExactly(
                        "1|" + PlainPrivacy.pseudonym("Zebulon"),
                        "2|" + PlainPrivacy.pseudonym("Quentin"));
    }

    @Test
    void many_small_files_are_written_together_and_changed_one_by_one() {
        for (int i = 0; i < 620; i++) {
            yard.put("in/%04d.csv".formatted(i), "id,n\n%d,a\n%d,b\n".formatted(i, i));
        }
        Loaded first = yard.load(ORDERS);
        assertThat(first.landed()).isEqualTo(1240);
        assertThat(first.written()).hasSize(2);
        yard.put("in/0300.csv", "id,n\n300,c\n");

        Loaded second = yard.load(ORDERS);

        assertThat(second.read()).isEqualTo(1);
        assertThat(yard.sql("select count(*), count(distinct _source) from shop.orders"))
                .containsExactly("1239|620");
        assertThat(yard.sql("select n from shop.orders where id = 300")).containsExactly("c");
    }

    @Test
    void a_load_reports_the_files_it_wrote() {
        yard.put("in/a.csv", "id\n1\n2\n");

        Loaded loaded = yard.load(ORDERS);

        assertThat(loaded.written()).hasSize(1);
        assertThat(loaded.written().getFirst().rows()).isEqualTo(2);
    }

    private List<String> ids() {
        return yard.sql("select id from shop.orders order by id");
    }

    private Batch batch(String origin) {
        return yard.published().batches(Declared.NAME).stream()
                .filter(batch -> batch.origin().equals(origin))
                .findFirst()
                .orElseThrow();
    }

    private static Intervals hours(String... spans) {
        return Intervals.of(
                java.util.Arrays.stream(spans)
                        .map(span -> span.split("/", -1))
                        .map(ends -> new Interval(Instant.parse(ends[0]), Instant.parse(ends[1])))
                        .toList());
    }

    @ParameterizedTest
    @EnumSource(
            value = LoadSpec.Mode.class,
            names = {"APPEND", "MERGE"})
    void a_file_that_gave_its_name_to_a_new_one_is_not_loaded_again(LoadSpec.Mode mode) {
        Declared exports = Declared.files("export*.csv");
        Declared files = mode == LoadSpec.Mode.MERGE ? exports.merge("id") : exports;
        yard.put("export.csv", "id,qty\n1,10\n2,20\n");
        yard.load(files);
        yard.delete("export.csv");
        yard.put("export_1.csv", "id,qty\n1,10\n2,20\n");
        yard.put("export.csv", "id,qty\n1,11\n");
        yard.later();
        yard.load(files);
        List<String> rows = yard.sql("select id, qty from shop.orders order by all");

        assertThat(rows)
                .isEqualTo(
                        mode == LoadSpec.Mode.MERGE
                                ? List.of("1|11", "2|20")
                                : List.of("1|10", "1|11", "2|20"));
        assertThat(yard.look(files).isEmpty()).as("nothing to do").isTrue();

        yard.delete("export_1.csv");
        yard.put("export.csv", "id,qty\n3,30\n");
        yard.later();
        yard.load(files);

        assertThat(yard.sql("select id, qty from shop.orders order by all"))
                .as("of a file that is gone the rows stay")
                .contains("2|20", "3|30");
    }
}
