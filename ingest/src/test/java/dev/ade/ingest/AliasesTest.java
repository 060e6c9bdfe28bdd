package dev.ade.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.DriftPolicy;
import dev.ade.model.Field;
import dev.ade.model.Treatment;
import dev.ade.spi.Loader.Inbox;
import dev.ade.spi.Loader.Loaded;
import dev.ade.spi.Relation;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Columns that are called otherwise outside, or were before.
class AliasesTest extends InYard {
    private static final Declared ORDERS = Declared.files("in/*.csv");

    @BeforeEach
    void put_files() {
        yard.put("in/a.csv", "id,tel\n1,10\n2,20\n");
    }

    private List<Field> fields() {
        return ((Relation.Scan) yard.published().find(Declared.NAME).orElseThrow()).fields();
    }

    private int id(String column) {
        return fields().stream()
                .filter(field -> field.name().equals(column))
                .findFirst()
                .orElseThrow()
                .id();
    }

    @Test
    void a_column_gets_another_name_and_nothing_is_loaded_again() {
        yard.load(ORDERS);
        int id = id("tel");
        Declared renamed = ORDERS.called("phone", "tel");

        Inbox inbox = yard.look(renamed);
        Loaded loaded = yard.load(renamed);

        assertThat(inbox.isEmpty()).isTrue();
        assertThat(inbox.news()).contains("column 'tel' is called 'phone' from now on");
        assertThat(loaded.read()).isZero();
        assertThat(loaded.written()).isEmpty();
        assertThat(loaded.drift()).containsExactly("column 'tel' is called 'phone' from now on");
        assertThat(id("phone")).isEqualTo(id);
        assertThat(yard.sql("select id, phone from shop.orders order by id"))
                .containsExactly("1|10", "2|20");
        assertThat(yard.look(renamed).news()).isEmpty();
        assertThat(yard.look(renamed).version())
                .isEqualTo(yard.published().state(Declared.NAME).orElseThrow().version());
    }

    @Test
    void files_may_have_either_name() {
        Declared both = ORDERS.called("phone", "tel");
        yard.put("in/b.csv", "id,phone\n3,30\n");
        yard.put("in/c.ndjson", "{\"tel\":40,\"id\":4}\n");
        yard.copy("select 5 as id, 50 as \"TEL\"", "in/d.parquet", "FORMAT parquet");
        Declared all = Declared.files("in/*").called("phone", "tel");

        assertThat(yard.load(both).drift()).isEmpty();
        assertThat(yard.load(all).drift()).isEmpty();

        assertThat(yard.sql("select id, phone from shop.orders order by id"))
                .containsExactly("1|10", "2|20", "3|30", "4|40", "5|50");
    }

    @Test
    void columns_that_were_loaded_apart_become_one_without_their_files() {
        yard.load(ORDERS);
        yard.put("in/b.csv", "id,phone\n3,30\n");
        yard.load(ORDERS);
        yard.delete("in/a.csv");

        Loaded loaded = yard.load(ORDERS.called("phone", "tel"));

        assertThat(loaded.read()).isZero();
        assertThat(loaded.drift())
                .containsExactly("columns 'tel' and 'phone' are one from now on: 'phone'");
        assertThat(fields()).extracting(Field::name).doesNotContain("tel");
        assertThat(yard.sql("select id, phone from shop.orders order by id"))
                .containsExactly("1|10", "2|20", "3|30");
    }

    @Test
    void the_old_name_stays_where_that_is_the_dataset_s_own() {
        yard.load(ORDERS);
        int id = id("tel");
        yard.put("in/b.csv", "id,phone\n3,30\n");

        Loaded loaded = yard.load(ORDERS.called("tel", "phone"));

        assertThat(loaded.drift()).isEmpty();
        assertThat(loaded.read()).isEqualTo(1);
        assertThat(id("tel")).isEqualTo(id);
        assertThat(yard.sql("select id, tel from shop.orders order by id"))
                .containsExactly("1|10", "2|20", "3|30");
    }

    @Test
    void a_second_name_follows_the_first() {
        yard.load(ORDERS);
        yard.load(ORDERS.called("phone", "tel"));
        yard.put("in/b.csv", "id,mobile\n3,30\n");

        Loaded loaded = yard.load(ORDERS.called("mobile", "phone", "tel"));

        assertThat(loaded.read()).isEqualTo(1);
        assertThat(yard.sql("select id, mobile from shop.orders order by id"))
                .containsExactly("1|10", "2|20", "3|30");
    }

    @Test
    void a_bare_declaration_of_the_old_name_is_the_same_contract() {
        yard.load(ORDERS.called("tel"));

        assertThat(yard.load(ORDERS.called("phone", "tel")).read()).isZero();
    }

    @Test
    void what_was_discarded_is_loaded_again() {
        Declared lenient = ORDERS.drift(DriftPolicy.DISCARD_VALUE);
        yard.load(lenient);
        yard.put("in/b.csv", "id,phone\n3,30\n");
        yard.load(lenient);

        yard.load(lenient.called("phone", "tel"));

        assertThat(yard.sql("select id, phone from shop.orders order by id"))
                .containsExactly("1|10", "2|20", "3|30");
    }

    @Test
    void a_treated_column_stays_treated_and_its_pseudonyms_stay_what_they_are() {
        Treatment pseudonym = new Treatment.Pseudonym("tel");
        yard.load(ORDERS.treated("tel", pseudonym));
        List<String> before = yard.sql("select id, tel from shop.orders order by id");
        yard.put("in/b.csv", "id,phone\n1,10\n");

        Declared renamed = ORDERS.called("phone", "tel");
        yard.load(renamed.treatedLast(pseudonym));

        assertThat(yard.sql("select distinct id, phone from shop.orders order by id"))
                .isEqualTo(before);
    }

    @Test
    void what_looked_personal_once_does_under_any_name() {
        yard.put("in/a.csv", "id,mail\n1,ann@example.org\n");
        yard.load(ORDERS);
        yard.load(ORDERS.called("contact", "mail"));
        yard.put("in/b.csv", "id,contact\n2,Bob\n");

        yard.load(ORDERS.called("contact", "mail"));
        yard.put("in/c.csv", "id,contact\n3,Cid\n");
        yard.load(ORDERS);

        assertThat(yard.sql("select contact from shop.orders order by id"))
                .containsExactly(
                        PlainPrivacy.pseudonym("ann@example.org").toString(),
                        PlainPrivacy.pseudonym("Bob").toString(),
                        PlainPrivacy.pseudonym("Cid").toString());
    }

    @Test
    void a_key_may_have_another_name() {
        yard.load(ORDERS.merge("id"));
        yard.put("in/b.csv", "number,tel\n2,21\n3,30\n");

        yard.load(ORDERS.merge("number").called("number", "id"));

        assertThat(yard.sql("select number, tel from shop.orders order by 1"))
                .containsExactly("1|10", "2|21", "3|30");
    }

    @Test
    void a_file_with_both_names_is_refused() {
        yard.put("in/b.csv", "id,tel,phone\n3,30,31\n");

        assertThatThrownBy(() -> yard.load(ORDERS.called("phone", "tel")))
                .hasMessage(
                        "Cannot load in/b.csv: it has columns 'tel' and 'phone', which are both 'phone' by their aliases");
    }

    @Test
    void what_is_published_is_compared_under_the_new_name() {
        Declared renamed = ORDERS.called("phone", "tel");
        yard.load(ORDERS);
        assertThatThrownBy(() -> yard.verify(renamed))
                .hasMessageEndingWith("its declaration changed since it was loaded");
        yard.load(renamed);

        assertThat(yard.verify(renamed).isEqual()).isTrue();
    }
}
