package dev.ade.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.ade.model.Treatment;
import dev.ade.spi.Loader.InspectedColumn;
import dev.ade.spi.Loader.Inspection;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InspectTest extends InYard {
    private static final Declared ORDERS = Declared.files("in/*.csv");

    @Test
    void looks_at_a_file_of_hundreds_of_columns() {
        String names =
                IntStream.range(0, 500).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
        String values =
                IntStream.range(0, 500)
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(","));
        yard.put("in/a.csv", names + "\n" + (values + "\n").repeat(100));

        Inspection seen = yard.inspect(ORDERS.source());

        assertThat(seen.columns()).hasSize(500).allMatch(column -> column.distinct() == 1);
        assertThat(seen.notes())
                .anyMatch(note -> note.startsWith("Duplicates: 99 rows of 100 rows"));
    }

    @Test
    void proposes_a_declaration_with_types_key_event_time_and_privacy() {
        yard.put(
                "in/a.csv",
                "order_id;email;qty;ordered_at\n1;ada@example.org;2;2026-01-01 10:00:00\n2;bob@example.org;3;2026-01-02 10:00:00\n");
        yard.put(
                "in/b.csv",
                "order_id;email;qty;ordered_at\n3;cyd@example.org;;2026-01-01 23:00:00\n4;ada@example.org;2.5;2026-01-03 10:00:00\n");

        Inspection inspection = yard.inspect(ORDERS);

        assertThat(inspection.yaml())
                .isEqualTo(
                        """
                        sources:
                          - name: shop
                            tables:
                              - name: orders
                                load: {files: "in/*.csv"}
                                event_time: ordered_at
                                columns:
                                  - {name: order_id, data_type: bigint}
                                  - {name: email, data_type: varchar, privacy: {class: email, treat: pseudonym}}
                                  - {name: qty, data_type: double}
                                  - {name: ordered_at, data_type: timestamp}
                        """);
        assertThat(inspection.rowsSampled()).isEqualTo(4);
        assertThat(inspection.columns())
                .extracting(
                        InspectedColumn::name,
                        InspectedColumn::nullShare,
                        InspectedColumn::distinct)
                .containsExactly(
                        tuple("order_id", 0.0, 4L),
                        tuple("email", 0.0, 3L),
                        tuple("qty", 0.25, 3L),
                        tuple("ordered_at", 0.0, 4L));
        assertThat(inspection.columns().get(1).treatment()).isEqualTo("pseudonym");
    }

    @Test
    void answers_what_an_engineer_asks() {
        yard.put("in/a.csv", "order_id;at\n1;2026-01-01 10:00:00\n2;2026-01-02 10:00:00\n");
        yard.put("in/b.csv", "order_id;at\n3;2026-01-01 23:00:00\n4;2026-01-03 10:00:00\n");

        assertThat(yard.inspect(ORDERS).notes())
                .containsExactly(
                        "Persisted as 2 files of CSV: separated by semicolons, with a header",
                        "Size: 56 B to 56 B a file, 112 B in all; 4 rows looked at in 2 files of 112 B",
                        "Duplicates: no two rows are equal; 'order_id' is different in every row, so it may be the key: load: {mode: merge, key: order_id}",
                        "Event time: 'at'; 1 row (25%) are late: an earlier file already had later ones",
                        "Freshness: the newest file changed 16 minutes ago; its newest event time is 2026-01-03T10:00:00Z");
    }

    @Test
    void finds_duplicates_and_no_key_where_there_is_none() {
        yard.put("in/a.csv", "a,b\n1,x\n1,x\n2,y\n");

        assertThat(yard.inspect(ORDERS).notes())
                .contains(
                        "Duplicates: 1 row of 3 rows equal another; no column is different in every row",
                        "Event time: no date or timestamp column is there throughout");
    }

    @Test
    void says_how_many_rows_would_be_rejected_and_why() {
        String good = "1,2.5,2026-01-01\n".repeat(30);
        yard.put(
                "in/a.csv",
                "id,amount,day\n" + good + "x,2.5,2026-01-01\n1,2.5\n1,2.5,2026-01-01,9\n" + good);
        yard.put("in/b.ndjson", "{\"id\":1,\"amount\":\"many\"}\nno object\n{\"id\":\"x\"}\n");

        assertThat(
                        yard.inspect(
                                        Declared.files("in")
                                                .typed("id", "bigint")
                                                .typed("amount", "double"))
                                .notes())
                .contains(
                        "Rejected: a load would keep out 6 rows of the sample: 'id': not a bigint (2); the row has 2 columns instead of 3 (1); the row has 4 columns instead of 3 (1); the line is no JSON object (1); 'amount': not a double (1)");
        assertThat(yard.inspect(Declared.files("in/b.ndjson").typed("id", "varchar")).notes())
                .contains(
                        "Rejected: a load would keep out 1 row of the sample: the line is no JSON object (1)");
    }

    @Test
    void a_personal_date_is_not_the_event_time_and_broken_lines_are_no_rows() {
        yard.put(
                "in/a.ndjson",
                """
                {"id": 1, "born": "1990-01-01", "changed": "2026-01-01"}
                {"id": 2,
                {"id": 3, "born": "1991-01-01", "changed": "2026-01-02"}
                [1]
                """);

        Inspection inspection =
                yard.inspect(Declared.files("in").treated("born", new Treatment.Pseudonym("shop")));

        assertThat(inspection.yaml()).contains("event_time: changed\n");
        assertThat(inspection.rowsSampled()).isEqualTo(2);
        assertThat(inspection.notes().get(2)).startsWith("Duplicates: no two rows are equal; 'id'");
    }

    @Test
    void loads_nothing_and_shows_no_value() {
        yard.put("in/a.csv", "id,email\n1,ada@example.org\n");

        Inspection inspection = yard.inspect(ORDERS);

        assertThat(yard.published().states()).isEmpty();
        assertThat(inspection.toString()).doesNotContain("ada@example.org");
    }

    @Test
    void keeps_what_the_proposal_says_and_quotes_what_yaml_would_misread() {
        yard.put("in/a.csv", "no;Größe: cm;tags\n1;2,5;x\n", StandardCharsets.UTF_16LE);

        Inspection inspection =
                yard.inspect(
                        ORDERS.option("encoding", "utf-16")
                                .option("decimal_separator", ",")
                                .option("delim", ";")
                                .treated("tags", new Treatment.Mask(1, 0)));

        assertThat(inspection.yaml())
                .contains(
                        "load: {files: \"in/*.csv\", options: {decimal_separator: \",\", delim: \";\", encoding: utf-16}}",
                        "- {name: \"no\", data_type: bigint}",
                        "- {name: \"Größe: cm\", data_type: double}",
                        "- {name: tags, data_type: varchar, privacy: {class: personal, treat: mask, keep_first: 1, keep_last: 0}}");
    }

    @Test
    void nested_json_gets_a_type_that_can_be_declared() {
        yard.put("in/a.json", "[{\"id\": 1, \"who\": {\"a\": [1, 2]}}]");

        assertThat(yard.inspect(Declared.files("in")).yaml())
                .contains("- {name: who, data_type: 'struct(\"a\" bigint[])'}");
    }

    @Test
    void says_what_is_wrong_with_a_broken_file() {
        yard.put("in/a.csv", "id,city\n2,Zürich\n", StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> yard.inspect(ORDERS))
                .hasMessage(
                        "Cannot load in/a.csv: its text is not in the encoding it is read with");
    }

    @Test
    void an_empty_folder_says_where_it_looked() {
        assertThatThrownBy(() -> yard.inspect(ORDERS))
                .hasMessageStartingWith("Cannot load shop.orders: no file matches");
    }
}
