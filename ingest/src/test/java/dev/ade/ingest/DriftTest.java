package dev.ade.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.AdeException;
import dev.ade.model.DriftPolicy;
import dev.ade.model.Treatment;
import dev.ade.spi.Loader.Loaded;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What happens when files change their shape.
class DriftTest extends InYard {
    private static final Declared ORDERS = Declared.files("in/*.csv");

    @BeforeEach
    void put_files() {
        yard.put("in/a.csv", "id,qty\n1,10\n2,20\n");
    }

    @Test
    void evolve_adds_a_new_column_and_says_so() {
        yard.load(ORDERS);
        yard.put("in/b.csv", "id,coupon,qty\n3,SUMMER,30\n");

        Loaded loaded = yard.load(ORDERS);

        assertThat(loaded.drift()).containsExactly("new column 'coupon' (varchar) in in/b.csv");
        assertThat(yard.sql("select id, qty, coupon from shop.orders order by id"))
                .containsExactly("1|10|null", "2|20|null", "3|30|SUMMER");
    }

    @Test
    void evolve_fills_a_lost_column_with_null_and_guesses_its_new_name() {
        yard.load(ORDERS);
        yard.put("in/b.csv", "id,amount\n3,30\n");

        Loaded loaded = yard.load(ORDERS);

        assertThat(loaded.drift())
                .containsExactly(
                        """
                        column 'qty' is not in in/b.csv, and 'amount' (bigint) is new: perhaps one under another name; \
                        if so, declare {name: amount, aliases: [qty]} to have it all as 'amount', \
                        or {name: qty, aliases: [amount]} to keep it 'qty'\
                        """);
        assertThat(yard.sql("select id, qty, amount from shop.orders order by id"))
                .containsExactly("1|10|null", "2|20|null", "3|null|30");
    }

    @Test
    void a_declared_column_that_no_file_has_is_told() {
        Declared mistyped = ORDERS.treated("quantity", new Treatment.Keep());

        assertThat(yard.load(mistyped).drift())
                .containsExactly("column 'quantity' is declared, but in/a.csv has id, qty");
        yard.put("in/b.csv", "id,quantity\n3,30\n");
        assertThat(yard.load(mistyped).drift()).noneMatch(line -> line.contains("is declared"));
    }

    private List<String> drift(String before, String... after) {
        yard.put("in/a.csv", before);
        yard.load(ORDERS);
        for (int i = 0; i < after.length; i++) {
            yard.put("in/b%d.csv".formatted(i), after[i]);
        }
        return yard.drift(ORDERS.source()).stream()
                .map(line -> line.replaceAll("; if so.*", ""))
                .toList();
    }

    @Test
    void several_columns_pair_up_by_spelling_by_place_and_by_what_is_left() {
        assertThat(
                        drift(
                                "a,first_name,b,c,d\n1,Ann,2,3,x\n",
                                "bb,FirstName,a,ccc,dd\n2,Ann,1,3,x\n"))
                .containsExactly(
                        "column 'first_name' is not in in/b0.csv, and 'FirstName' (varchar) is new: perhaps one under another name",
                        "column 'b' is not in in/b0.csv, and 'bb' (bigint) is new: perhaps one under another name",
                        "column 'c' is not in in/b0.csv, and 'ccc' (bigint) is new: perhaps one under another name",
                        "column 'd' is not in in/b0.csv, and 'dd' (varchar) is new: perhaps one under another name");
    }

    @Test
    void no_name_is_guessed_where_several_could_be_it() {
        assertThat(drift("id,b,c\n1,2,3\n", "id,z,w,y,x\n1,x,z,2,3\n"))
                .containsExactly(
                        "new column 'z' (varchar) in in/b0.csv",
                        "new column 'w' (varchar) in in/b0.csv",
                        "new column 'y' (bigint) in in/b0.csv",
                        "new column 'x' (bigint) in in/b0.csv",
                        "column 'b' is not in in/b0.csv",
                        "column 'c' is not in in/b0.csv");
    }

    @Test
    void no_name_is_guessed_of_another_type() {
        assertThat(drift("id,qty\n1,2\n", "id,amount\n1,x\n"))
                .containsExactly(
                        "new column 'amount' (varchar) in in/b0.csv",
                        "column 'qty' is not in in/b0.csv");
    }

    @Test
    void no_name_is_guessed_where_a_file_has_both() {
        assertThat(drift("id,qty\n1,2\n", "id,amount\n1,2\n", "id,qty,amount\n1,2,3\n"))
                .containsExactly(
                        "new column 'amount' (bigint) in in/b0.csv",
                        "column 'qty' is not in in/b0.csv");
    }

    @Test
    void a_key_that_is_called_otherwise_is_told_with_what_to_declare() {
        Declared merged = ORDERS.merge("id");
        yard.load(merged);
        yard.put("in/b.csv", "number,qty\n3,30\n");

        assertThatThrownBy(() -> yard.load(merged))
                .isInstanceOfSatisfying(
                        AdeException.class,
                        e ->
                                assertThat(e.nextStep())
                                        .endsWith(
                                                "If it is 'number' by now, declare {name: id, aliases: [number]}"));
    }

    @Test
    void freeze_says_how_to_declare_another_name() {
        Declared frozen = ORDERS.drift(DriftPolicy.FREEZE);
        yard.load(frozen);
        yard.put("in/b.csv", "id,amount\n3,30\n");

        assertThatThrownBy(() -> yard.load(frozen))
                .isInstanceOfSatisfying(
                        AdeException.class,
                        e -> assertThat(e.nextStep()).endsWith("- {name: amount, aliases: [qty]}"));
        assertThat(yard.load(frozen.called("amount", "qty")).read()).isEqualTo(1);
    }

    @Test
    void evolve_widens_a_type_and_keeps_what_is_there() {
        yard.load(ORDERS);
        yard.put("in/b.csv", "id,qty\n3,1.5\n4,2.5\n");
        Loaded first = yard.load(ORDERS);
        yard.put("in/c.csv", "id,qty\n5,many\n6,few\n");

        Loaded second = yard.load(ORDERS);

        assertThat(first.drift())
                .containsExactly("column 'qty' is double instead of bigint in in/b.csv");
        assertThat(second.drift())
                .containsExactly("column 'qty' is varchar instead of double in in/c.csv");
        assertThat(yard.sql("select id, qty from shop.orders order by id"))
                .containsExactly("1|10.0", "2|20.0", "3|1.5", "4|2.5", "5|many", "6|few");
    }

    @Test
    void a_few_odd_values_are_rejected_instead_of_changing_the_type() {
        yard.load(ORDERS);
        StringBuilder text = new StringBuilder("id,qty\n");
        for (int i = 100; i < 200; i++) {
            text.append(i).append(i == 150 ? ",oops\n" : ",1\n");
        }
        yard.put("in/b.csv", text.toString());

        Loaded loaded = yard.load(ORDERS);

        assertThat(loaded.drift()).isEmpty();
        assertThat(loaded.rejected()).isEqualTo(1);
        assertThat(yard.sql("select line, column_name from ade.rejected"))
                .containsExactly("52|qty");
    }

    @Test
    void freeze_refuses_and_says_what_to_declare() {
        Declared frozen = ORDERS.drift(DriftPolicy.FREEZE);
        yard.load(frozen);
        yard.put("in/b.csv", "id,qty,coupon\n3,x,y\n4,z,w\n");

        assertThatThrownBy(() -> yard.load(frozen))
                .isInstanceOfSatisfying(
                        AdeException.class,
                        e -> {
                            assertThat(e.kind()).isEqualTo(AdeException.Kind.DATA);
                            assertThat(e.nextStep())
                                    .contains("- {name: coupon, data_type: varchar}")
                                    .contains("- {name: qty, data_type: varchar}");
                        })
                .hasMessageStartingWith(
                        "Cannot load shop.orders: its contract is frozen and the files have changed: ");
        assertThat(yard.sql("select count(*) from shop.orders")).containsExactly("2");
    }

    @Test
    void discard_row_rejects_rows_with_values_in_new_columns_and_of_other_types() {
        Declared strict = ORDERS.drift(DriftPolicy.DISCARD_ROW);
        yard.load(strict);
        yard.put("in/b.csv", "id,qty,coupon\n3,30,\n4,40,X\n5,many,\n");

        Loaded loaded = yard.load(strict);

        assertThat(loaded.read()).isEqualTo(3);
        assertThat(yard.sql("select id from shop.orders order by id"))
                .containsExactly("1", "2", "3");
        assertThat(yard.sql("select line, column_name, reason from ade.rejected order by 1"))
                .containsExactly(
                        "3|coupon|the column is new and drift is discard_row",
                        "4|qty|not a bigint");
    }

    @Test
    void discard_value_keeps_the_row_and_drops_what_is_new() {
        Declared lenient = ORDERS.drift(DriftPolicy.DISCARD_VALUE);
        yard.load(lenient);
        yard.put("in/b.csv", "id,qty,coupon\n3,30,\n4,40,X\n5,many,\n");

        Loaded loaded = yard.load(lenient);

        assertThat(loaded.rejected()).isZero();
        assertThat(loaded.drift()).hasSize(2);
        assertThat(yard.sql("select id, qty from shop.orders order by id"))
                .containsExactly("1|10", "2|20", "3|30", "4|40", "5|null");
        assertThat(yard.published().state(Declared.NAME).orElseThrow().schema().names())
                .doesNotContain("coupon");
    }

    @Test
    void files_of_one_load_are_united_by_name() {
        yard.put("in/b.csv", "QTY,id,note\n30,3,x\n");
        yard.put("in/c.csv", "id,qty\n4,4.5\n");

        yard.load(ORDERS);

        assertThat(yard.sql("select id, qty, note from shop.orders order by id"))
                .containsExactly("1|10.0|null", "2|20.0|null", "3|30.0|x", "4|4.5|null");
    }

    @Test
    void nested_fields_evolve_as_well() {
        Declared json = Declared.files("in/*.ndjson");
        yard.put("in/a.ndjson", "{\"id\":1,\"who\":{\"a\":1}}\n");
        yard.load(json);
        yard.put("in/b.ndjson", "{\"id\":2,\"who\":{\"a\":2,\"b\":\"x\"}}\n");

        yard.load(json);

        assertThat(yard.sql("select id, who.a, who.b from shop.orders order by id"))
                .containsExactly("1|1|null", "2|2|x");
    }

    @Test
    void a_declared_type_that_changes_loads_the_files_again() {
        yard.load(ORDERS);

        Loaded loaded = yard.load(ORDERS.typed("qty", "varchar"));

        assertThat(loaded.read()).isEqualTo(2);
        assertThat(yard.sql("select typeof(qty), qty from shop.orders order by id"))
                .containsExactly("VARCHAR|10", "VARCHAR|20");
    }
}
