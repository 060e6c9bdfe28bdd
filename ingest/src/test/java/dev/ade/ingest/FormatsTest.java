package dev.ade.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.AdeException;
import dev.ade.model.DriftPolicy;
import dev.ade.model.LoadSpec;
import dev.ade.model.LoadSpec.Format;
import dev.ade.model.Sql;
import dev.ade.spi.Loader.Loaded;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Formats, packings, encodings and options of files.
class FormatsTest extends InYard {
    private static final Declared ORDERS = Declared.files("in");

    @Test
    void a_folder_may_hold_files_of_every_format_and_packing() {
        yard.put("in/a.csv", "id,city\n1,Lima\n");
        yard.put("in/b.tsv", "id\tcity\n2\tOslo\n");
        yard.put("in/c.json", "[{\"id\":3,\"city\":\"Rome\"}]");
        yard.put("in/d.ndjson", "{\"id\":4,\"city\":\"Bern\"}\n{\"id\":5,\"city\":\"Kyiv\"}\n");
        yard.put("in/sub/e.csv.gz", Yard.gzip("city,id\nGraz,6\n"));
        yard.put("in/f.jsonl.gz", Yard.gzip("{\"id\":7,\"city\":\"Nice\"}\n"));
        yard.copy("select 8 as id, 'Cork' as city", "in/g.csv.zst", "FORMAT csv, COMPRESSION zstd");
        yard.copy("select 9 as id, 'Pisa' as city", "in/h.parquet", "FORMAT parquet");
        yard.put("in/i.txt", "id|city\n10|Gent\n");

        Loaded loaded = yard.load(ORDERS);

        assertThat(loaded.read()).isEqualTo(10);
        assertThat(loaded.rejected()).isZero();
        assertThat(yard.sql("select id, city from shop.orders order by id"))
                .containsExactly(
                        "1|Lima", "2|Oslo", "3|Rome", "4|Bern", "5|Kyiv", "6|Graz", "7|Nice",
                        "8|Cork", "9|Pisa", "10|Gent");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\x01", "\\x01\\x02", "a, b;c|e", "C:\\\\xdir", "\u0001"})
    void lines_of_JSON_hold_any_text(String text) {
        String escaped = text.replace("\\", "\\\\").replace("\u0001", "\\u0001");
        yard.put("in/a.ndjson", "{\"id\":1,\"t\":\"%s\"}\n".formatted(escaped));

        assertThat(yard.load(ORDERS).rejected()).isZero();
        assertThat(yard.sql("select t = %s from shop.orders".formatted(Sql.literal(text))))
                .containsExactly("true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.ndjson", "a.ndjson.gz", "a.json", "broken.ndjson"})
    void members_that_come_behind_the_sample_are_columns_too(String name) {
        String rows =
                IntStream.range(0, 30_000)
                        .mapToObj("{\"id\": %d}"::formatted)
                        .collect(Collectors.joining("\n"));
        String late = "{\"id\": 30000, \"since\": \"2026-01-31\", \"n\": {\"a\": [7]}}";
        String all = rows + "\n" + late + "\n{\"id\": 30001}\n";
        boolean isBroken = name.startsWith("broken");
        if (name.endsWith(".gz")) {
            yard.put("in/" + name, Yard.gzip(all));
        } else if (name.endsWith(".json")) {
            yard.put("in/" + name, "[" + all.strip().replace("\n", ",\n") + "]");
        } else {
            yard.put("in/" + name, (isBroken ? "no object\n" : "") + all);
        }

        Loaded loaded = yard.load(ORDERS);

        assertThat(loaded.rejected()).isEqualTo(isBroken ? 1 : 0);
        assertThat(
                        yard.sql(
                                "select id, since, n.a[1] from shop.orders where id > 29998 order by id"))
                .containsExactly("29999|null|null", "30000|2026-01-31|7", "30001|null|null");
    }

    @Test
    void a_member_behind_the_sample_that_differs_by_its_case_is_told() {
        String rows = "{\"id\": 1}\n".repeat(30_000);
        yard.put("in/a.ndjson", rows + "{\"ID\": 2}\n");

        assertThatThrownBy(() -> yard.load(ORDERS))
                .hasMessageContaining("columns 'id' and 'ID' have one name");
    }

    @Test
    void nobody_becomes_the_name_of_a_column() {
        yard.put("in/a.csv", "ann@x.org,Lima,+51 987 654 321\nbob@x.org,Oslo,+47 22 12 34 56\n");

        assertThatThrownBy(() -> yard.load(ORDERS))
                .hasMessage(
                        "Cannot load in/a.csv: its first line looks like a row, as it holds an e-mail address or a phone number");
    }

    @Test
    void nobody_becomes_the_name_of_a_member() {
        yard.put(
                "in/a.ndjson",
                """
                {"id": 1, "votes": {"ann@x.org": 3}, "n": {"list": [{"+47 22 12 34 56": 1}]}}
                {"id": 2, "votes": {"bob@x.org": 3}}
                """);
        assertThat(yard.load(ORDERS).drift()).isEmpty();
        assertThat(yard.sql("select typeof(votes), typeof(n), n from shop.orders order by id"))
                .containsExactly(
                        "UUID|VARCHAR|{\"list\":[{\"+47 22 12 34 56\":1}]}", "UUID|VARCHAR|null");

        yard.put("in/b.ndjson", "{\"id\": 3, \"votes\": {\"cem@x.org\": 3}}\n");
        Loaded more = yard.load(ORDERS);
        assertThat(more.drift()).noneMatch(said -> said.contains("votes"));
        assertThat(more.landed()).isOne();

        yard.put("in/c.ndjson", "{\"id\": 3, \"dan@x.org\": 3}\n");
        assertThatThrownBy(() -> yard.load(ORDERS))
                .hasMessage(
                        "Cannot load in/c.ndjson: members of its objects are called by e-mail addresses or phone numbers, which would be names of columns");
    }

    @Test
    void nested_json_keeps_its_shape() {
        yard.put(
                "in/a.json",
                """
                {"id": 1, "who": {"name": "A", "tags": ["x", "y"]}, "lines": [{"sku": "s", "qty": 2}]}
                {"id": 2, "who": null, "lines": []}
                """);

        yard.load(ORDERS);

        assertThat(
                        yard.sql(
                                "select id, who.name, who.tags[2], lines[1].qty, len(lines) from shop.orders order by id"))
                .containsExactly("1|A|y|2|1", "2|null|null|null|0");
    }

    @Test
    void objects_may_leave_out_members() {
        yard.put(
                "in/a.ndjson",
                """
                {"id": 1, "who": {"name": "A", "at": {"city": "X", "n": 12345678901234567890.12}}, "lines": [{"sku": "s", "qty": 2}]}
                {"id": 2, "who": {}, "lines": [{"qty": 3}, null, {}]}
                {"id": 3, "who": {"at": {"n": 12345678901234567890.12}}}
                {"id": 4, "who": {"name": "D", "name": "E"}}
                """);
        yard.put("in/b.ndjson", "{\"id\": 5, \"who\": {\"at\": {\"city\": \"Y\"}}}\n");
        Declared typed =
                ORDERS.typed(
                        "who", "struct(name varchar, at struct(city varchar, n decimal(38,2)))");

        Loaded loaded = yard.load(typed);

        assertThat(yard.sql("select id, who, lines from shop.orders order by id"))
                .containsExactly(
                        "1|{name=A, at={city=X, n=12345678901234567890.12}}|[{sku=s, qty=2}]",
                        "2|{name=null, at=null}|[{sku=null, qty=3}, null, {sku=null, qty=null}]",
                        "3|{name=null, at={city=null, n=12345678901234567890.12}}|null",
                        "5|{name=null, at={city=Y, n=null}}|null");
        assertThat(loaded.rejected()).as("a member that comes twice").isEqualTo(1);
    }

    @Test
    void files_of_empty_objects_alone_change_no_type() {
        yard.put("in/a.ndjson", "{\"id\": 1, \"who\": {}, \"lines\": [{}], \"n\": []}\n");
        yard.put(
                "in/b.ndjson",
                "{\"id\": 2, \"who\": {\"k\": 1}, \"lines\": [{\"s\": 2}], \"n\": [7]}\n");
        yard.load(ORDERS);
        yard.put("in/c.ndjson", "{\"id\": 3, \"who\": {}, \"lines\": [{}], \"n\": []}\n");

        Loaded loaded = yard.load(ORDERS);

        assertThat(loaded.drift()).isEmpty();
        assertThat(yard.sql("select id, who, lines, n from shop.orders order by id"))
                .containsExactly(
                        "1|{k=null}|[{s=null}]|[]",
                        "2|{k=1}|[{s=2}]|[7]",
                        "3|{k=null}|[{s=null}]|[]");
        yard.put("in/d.ndjson", "{\"id\": 4, \"n\": [\"007\"]}\n");
        assertThat(yard.load(ORDERS).drift())
                .as("what is not empty")
                .contains("column 'n' is varchar[] instead of bigint[] in in/d.ndjson");
    }

    @Test
    void a_json_file_with_one_object_is_one_row() {
        yard.put("in/a.json", "{\"id\": 1,\n \"city\": \"Lima\"}");

        assertThat(yard.load(ORDERS).landed()).isEqualTo(1);
    }

    @Test
    void members_of_one_name_but_for_their_case_are_refused_not_lost() {
        yard.put("in/a.json", "[{\"id\":1,\"ID\":2},{\"id\":3}]");
        assertThatThrownBy(() -> yard.load(ORDERS))
                .hasMessageMatching(
                        "Cannot load in/a.json: columns '(id|ID)' and '(id|ID)' have one name");

        yard.put("in/a.json", "[{\"id\":1,\"id_1\":2}]");
        yard.load(ORDERS);
        assertThat(yard.sql("select id, id_1 from shop.orders")).containsExactly("1|2");
        yard.put("in/a.json", "{\"id\":1,\"x\":{\"a\":1,\"A\":2}}");
        assertThatThrownBy(() -> yard.load(ORDERS))
                .hasMessage(
                        "Cannot load in/a.json: objects in it have members whose names differ in nothing but their case");
        yard.put("in/a.json", "{\"id\":1,\"\":2}");
        assertThatThrownBy(() -> yard.load(ORDERS))
                .hasMessage("Cannot load in/a.json: a member of its objects has no name");
    }

    @Test
    void objects_with_hundreds_of_members_are_rows() {
        String wide =
                IntStream.range(0, 500)
                        .mapToObj(i -> "\"c%d\":%d".formatted(i, i))
                        .collect(Collectors.joining(",", "{", "}"));
        yard.put("in/a.json", "[" + wide + "," + wide + "]");
        yard.put("in/b.ndjson", wide + "\n" + wide + "\n");

        assertThat(yard.load(ORDERS).read()).isEqualTo(4);
        assertThat(yard.sql("select sum(c499) from shop.orders")).containsExactly("1996");
    }

    @Test
    void an_empty_list_is_no_rows_and_what_is_no_object_never_fills_a_column() {
        yard.put("in/a.json", " [ ]\n");
        yard.put("in/b.ndjson", "{\"id\":1}\n\n{\"id\":2}\nnull\n[1]\n{\"id\":3}");
        yard.put("in/c.json", "{\"json\":4}");

        yard.load(ORDERS.typed("id", "varchar"));

        assertThat(yard.sql("select id, json from shop.orders order by id"))
                .containsExactly("1|null", "2|null", "3|null", "null|4");
        assertThat(yard.sql("select line, reason from ade.rejected order by line"))
                .containsExactly("4|the line is no JSON object", "5|the line is no JSON object");
    }

    @Test
    void parquet_keeps_its_types() {
        yard.copy(
                "select 1::bigint as i, 1.50::decimal(10,2) as d, timestamptz '2026-01-01 10:00:00+00' as t, [1, 2] as l, {'a': 'b'} as s, date '2026-01-02' as day",
                "in/a.parquet",
                "FORMAT parquet");

        yard.load(ORDERS);

        assertThat(yard.sql("select i, d, t, l, s.a, day from shop.orders"))
                .containsExactly("1|1.50|2026-01-01T10:00:00Z|[1, 2]|b|2026-01-02");
    }

    @ParameterizedTest
    @ValueSource(strings = {"windows-1252", "utf-16", "utf-16be", "iso-8859-15", "gb18030"})
    void encodings_are_read_as_what_they_are(String name) throws IOException {
        Charset charset = name.equals("utf-16") ? StandardCharsets.UTF_16LE : Charset.forName(name);
        yard.put("in/a.csv", "id,größe\n1,Zürich\n2,\"€\n5\"\nx,é\n", charset);

        Loaded loaded = yard.load(ORDERS.option("encoding", name).typed("id", "integer"));

        assertThat(yard.sql("select größe from shop.orders order by id"))
                .containsExactly("Zürich", "€\n5");
        assertThat(loaded.rejected()).isEqualTo(1);
        assertThat(yard.sql("select source, line from ade.rejected")).containsExactly("in/a.csv|5");
    }

    @Test
    void latin_1_is_read_without_a_copy() {
        yard.put("in/a.csv", "id,citta\n1,Málaga\n", StandardCharsets.ISO_8859_1);

        yard.load(ORDERS.option("encoding", "latin-1"));

        assertThat(yard.sql("select citta from shop.orders")).containsExactly("Málaga");
    }

    @Test
    void a_byte_order_mark_is_no_part_of_a_name() {
        yard.put("in/a.csv", "\uFEFFid,city\n1,Lima\n");

        yard.load(ORDERS);

        assertThat(yard.sql("select id, city from shop.orders")).containsExactly("1|Lima");
    }

    @Test
    void a_byte_order_mark_alone_is_an_empty_file() {
        yard.put("in/a.csv", "\uFEFF");
        yard.put("in/b.csv", "id,name\n1,ada\n");

        assertThat(yard.load(ORDERS).read()).isEqualTo(1);
    }

    @Test
    void days_beside_their_month_are_text_unless_options_say_which_is_which() {
        yard.put(
                "in/a.csv",
                "id,day,seen\n1,01.02.2026,01/02/2026 10:00:00 PM\n2,31.12.2026,12/31/2026 10:00:00 PM\n");

        yard.load(ORDERS);
        assertThat(yard.sql("select day, seen from shop.orders where id = 1"))
                .containsExactly("01.02.2026|01/02/2026 10:00:00 PM");
        assertThatThrownBy(() -> yard.load(ORDERS.typed("day", "date").limit(0, 0)))
                .isInstanceOfSatisfying(
                        AdeException.class,
                        e -> assertThat(e.nextStep()).contains("dateformat and timestampformat"));

        yard.load(
                ORDERS.typed("day", "date")
                        .typed("seen", "timestamp")
                        .option("dateformat", "%d.%m.%Y")
                        .option("timestampformat", "%m/%d/%Y %I:%M:%S %p"));
        assertThat(yard.sql("select day, seen from shop.orders where id = 1"))
                .containsExactly("2026-02-01|2026-01-02T22:00");
    }

    @Test
    void null_strings_dates_and_decimal_commas_follow_the_options() {
        yard.put(
                "in/a.csv", "id;day;at;amount\n1;31.12.2025;31.12.2025 10:30;1.234,50\n2;n/a;;-\n");

        Loaded loaded =
                yard.load(
                        ORDERS.typed("day", "date")
                                .typed("at", "timestamp")
                                .typed("amount", "decimal(10,2)")
                                .option("delim", ";")
                                .option("nullstr", List.of("n/a", "-", ""))
                                .option("dateformat", "%d.%m.%Y")
                                .option("timestampformat", "%d.%m.%Y %H:%M")
                                .option("decimal_separator", ",")
                                .option("thousands", "."));

        assertThat(loaded.rejected()).isZero();
        assertThat(yard.sql("select day, \"at\", amount from shop.orders order by id"))
                .containsExactly("2025-12-31|2025-12-31T10:30|1234.50", "null|null|null");
    }

    @Test
    void files_without_a_header_get_names() {
        yard.put("in/a.csv", "1,Lima\n2,Oslo\n");

        yard.load(ORDERS.option("header", false).option("names", List.of("id", "city")));

        assertThat(yard.sql("select id, city from shop.orders order by id"))
                .containsExactly("1|Lima", "2|Oslo");
    }

    @Test
    void lines_above_the_header_and_comments_are_left_out() {
        yard.put("in/a.csv", "Report of today\n\nid,city\n1,Lima\n# the end\n2,Oslo\n");

        Loaded loaded = yard.load(ORDERS.option("skip", 2).option("comment", "#"));

        assertThat(loaded.read()).isEqualTo(2);
        assertThat(yard.sql("select id, city from shop.orders order by id"))
                .containsExactly("1|Lima", "2|Oslo");
    }

    @Test
    void a_header_alone_and_an_empty_file_are_batches_without_rows() {
        yard.put("in/a.csv", "id,city\n");
        yard.put("in/b.csv", "");
        yard.put("in/c.csv", "id,city\n1,Lima\n");

        Loaded loaded = yard.load(ORDERS);

        assertThat(loaded.read()).isEqualTo(1);
        assertThat(yard.published().batches(Declared.NAME)).hasSize(3);
        assertThat(yard.look(ORDERS).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(LoadSpec.Mode.class)
    void a_header_alone_says_nothing_of_types(LoadSpec.Mode mode) {
        Declared orders =
                switch (mode) {
                    case APPEND -> ORDERS.drift(DriftPolicy.FREEZE);
                    case REPLACE -> ORDERS.replace();
                    case MERGE -> ORDERS.merge("id");
                };
        yard.put("in/a.csv", "id,city,amount\n");
        yard.load(orders);
        yard.put("in/b.csv", "id,city,amount\n1,Lima,3.5\n");

        assertThat(yard.load(orders).drift()).isEmpty();
        assertThat(yard.sql("select id + 1, city, amount * 2 from shop.orders"))
                .containsExactly("2|Lima|7.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id,t", "id,nan\n", "\"true\",n"})
    void a_header_alone_is_one_though_its_names_could_be_values(String line) {
        yard.put("in/1.csv", line);
        yard.load(ORDERS);
        yard.put("in/2.csv", line.strip() + "\n1,x\n");
        yard.load(ORDERS);

        assertThat(yard.sql("select count(*) from shop.orders")).containsExactly("1");
    }

    @Test
    void a_header_alone_of_text_columns_is_a_header() {
        yard.put("in/a.csv", "name,city\nAda,Lima\n");

        yard.load(ORDERS.typed("name", "varchar"));

        assertThat(yard.sql("select name, city from shop.orders")).containsExactly("Ada|Lima");
    }

    @Test
    void leading_zeros_stay_where_a_column_is_declared_as_text() {
        yard.put("in/a.csv", "zip,n\n00123,1\n");

        yard.load(ORDERS.typed("zip", "varchar"));

        assertThat(yard.sql("select zip from shop.orders")).containsExactly("00123");
    }

    @Test
    void a_name_says_nothing_where_the_format_is_said() {
        yard.put("in/export.dat", "{\"id\":1}\n{\"id\":2}\n");

        assertThat(yard.load(ORDERS.format(Format.NDJSON)).landed()).isEqualTo(2);
    }

    @Test
    void apostrophes_quote_where_most_lines_have_them() {
        yard.put("in/a.csv", "id,city\n1,Lima\n2,Bern\n3,'Oslo'\n4,Rome\n5,O'Hare\n");

        yard.load(ORDERS);

        assertThat(yard.sql("select id, city from shop.orders order by id"))
                .containsExactly("1|Lima", "2|Bern", "3|'Oslo'", "4|Rome", "5|O'Hare");

        yard.put("in/a.csv", "id,city\n1,'Lima, south'\n2,'Oslo'\n3,'O''Hare'\n4,Rome\n");

        yard.load(ORDERS);

        assertThat(yard.sql("select id, city from shop.orders order by id"))
                .containsExactly("1|Lima, south", "2|Oslo", "3|O'Hare", "4|Rome");
    }

    @Test
    void names_with_glob_characters_quotes_and_spaces_are_plain_names() {
        yard.put("in/a [1] it's*.csv", "id\n1\n");
        yard.put("in/a 1 its.csv", "id\n2\n");

        yard.load(ORDERS);

        assertThat(yard.sql("select id, _source from shop.orders order by id"))
                .containsExactly("1|in/a [1] it's*.csv", "2|in/a 1 its.csv");
    }

    @Test
    void odd_column_names_stay_what_they_are() {
        yard.put("in/a.csv", "\"Order \"\"Id\"\"\",select,größe,\"a,b\"\n1,2,3,4\n");

        yard.load(ORDERS);

        assertThat(yard.published().state(Declared.NAME).orElseThrow().schema().names())
                .startsWith("Order \"Id\"", "select", "größe", "a,b");
        assertThat(
                        yard.sql(
                                "select \"Order \"\"Id\"\"\", \"select\", größe, \"a,b\" from shop.orders"))
                .containsExactly("1|2|3|4");
    }
}
