package dev.ade.ingest;

import static dev.ade.ingest.Verifications.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.AdeException;
import dev.ade.model.DriftPolicy;
import dev.ade.model.Treatment;
import dev.ade.spi.Verified;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;

/// What is published of files against what is in them now.
class VerifyTest extends InYard {
    private static final String ORDERS = "id,qty,note\n1,10,a\n2,20,b\n3,30,c\n";

    /// Another content of a file, of which nothing else tells.
    private void falsify(String name, String text) throws IOException {
        Path file = yard.root().resolve(name);
        FileTime before = Files.getLastModifiedTime(file);
        assertThat(text).hasSize((int) Files.size(file));
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, before);
    }

    @Test
    void finds_nothing_where_all_is_as_it_was_loaded() {
        yard.put("a.csv", ORDERS);
        yard.put("b.csv", "id,qty,note\n1,10,a\n4,40,\n");
        Declared files = Declared.files("*.csv");
        yard.load(files);

        Verified found = yard.verify(files);

        assertThat(found.isEqual()).isTrue();
        assertThat(found.counts()).isEqualTo(new Verified.Counts(5, 5, 0, 0));
        assertThat(found.notes()).isEmpty();
    }

    @Test
    void a_column_that_some_files_lack_is_no_difference() {
        Declared files = Declared.files("*.csv");
        yard.put("a.csv", "id,qty\n1,10\n");
        yard.load(files);
        yard.put("b.csv", "id,qty,note\n2,20,b\n");
        yard.load(files);
        assertThat(yard.verify(files).isEqual()).isTrue();
        assertThat(yard.refresh(files).drift()).isEmpty();

        yard.delete("b.csv");

        Verified found = yard.verify(files);
        assertThat(found.isEqual()).as("where no file has it any more").isTrue();
        assertThat(found.notes()).noneMatch(note -> note.contains("is not compared"));
    }

    @Test
    void files_that_a_frozen_contract_let_in_stay_in() {
        Declared files = Declared.files("*.csv").drift(DriftPolicy.FREEZE);
        yard.put("a.csv", "id,qty\n1,10\n");
        yard.put("b.csv", "id,qty,note\n2,20,b\n");
        yard.load(files);

        assertThat(yard.verify(files).isEqual()).isTrue();
        assertThat(yard.refresh(files).landed()).isEqualTo(2);
    }

    @Test
    void compares_rows_as_a_whole_where_no_key_tells_them_apart() throws IOException {
        yard.put("a.csv", ORDERS);
        Declared files = Declared.files("*.csv");
        yard.load(files);
        falsify("a.csv", "id,qty,note\n1,10,a\n1,10,a\n3,30,d\n");

        Verified found = yard.verify(files);

        assertThat(said(found)).isEqualTo("MISSING 2 []\nGONE 2 []");
        assertThat(found.key()).isEmpty();
    }

    @Test
    void says_by_key_which_rows_differ_and_in_which_columns() throws IOException {
        yard.put("a.csv", ORDERS);
        yard.put("b.csv", "id,qty,note\n3,31,c\n");
        Declared files = Declared.files("*.csv").merge("id");
        yard.load(files);
        assertThat(yard.verify(files).isEqual()).isTrue();
        falsify("a.csv", "id,qty,note\n1,11,z\n5,20,b\n3,30,c\n");

        Verified found = yard.verify(files);

        assertThat(found.key()).containsExactly("id");
        assertThat(said(found))
                .isEqualTo("MISSING 1 [id=5]\nGONE 1 [id=2]\nCHANGED 1 [id=1] qty 1 note 1");
    }

    @Test
    void merges_files_in_the_order_in_which_they_were_loaded() {
        Declared files = Declared.files("*.csv").merge("id");
        yard.put("b.csv", "id,qty\n1,10\n");
        yard.load(files);
        yard.later();
        yard.put("a.csv", "id,qty\n1,11\n");
        yard.load(files);

        assertThat(yard.sql("select qty from shop.orders")).containsExactly("11");
        assertThat(yard.verify(files).isEqual()).isTrue();
    }

    @Test
    void leaves_files_apart_that_were_not_loaded_as_they_are() {
        Declared files = Declared.files("*.csv");
        yard.put("a.csv", ORDERS);
        yard.put("b.csv", "id,qty,note\n4,40,d\n");
        yard.put("c.csv", "id,qty,note\n5,50,e\n");
        yard.load(files);
        yard.put("b.csv", "id,qty,note\n4,41,d\n");
        yard.delete("c.csv");
        yard.put("d.csv", "id,qty,note\n6,60,f\n");

        Verified found = yard.verify(files);

        assertThat(found.isEqual()).isTrue();
        assertThat(found.counts()).isEqualTo(new Verified.Counts(3, 3, 0, 0));
        assertThat(found.notes())
                .containsExactly(
                        "1 file not loaded yet: not compared",
                        "1 file changed since it was loaded: not compared",
                        "1 file not there any more: not compared");
    }

    @Test
    void leaves_keys_apart_that_a_file_has_which_is_gone() {
        Declared files = Declared.files("*.csv").merge("id");
        yard.put("a.csv", ORDERS);
        yard.put("b.csv", "id,qty,note\n3,31,c\n4,40,d\n");
        yard.load(files);
        yard.delete("b.csv");

        Verified found = yard.verify(files);

        assertThat(found.isEqual()).isTrue();
        assertThat(found.counts()).isEqualTo(new Verified.Counts(2, 2, 0, 0));
    }

    @Test
    void counts_rejected_rows_as_rejected() throws IOException {
        Declared files = Declared.files("*.csv").typed("qty", "integer");
        yard.put("a.csv", "id,qty\n1,10\n2,no\n3,30\n");
        yard.load(files);

        Verified found = yard.verify(files);
        assertThat(found.isEqual()).isTrue();
        assertThat(found.counts()).isEqualTo(new Verified.Counts(2, 2, 1, 0));

        falsify("a.csv", "id,qty\n1,10\n2,20\n3,no\n");
        found = yard.verify(files);
        assertThat(said(found)).isEqualTo("MISSING 1 []\nGONE 1 []");
        assertThat(found.counts()).isEqualTo(new Verified.Counts(2, 2, 1, 0));
        assertThat(found.notes())
                .containsExactly(
                        "rows that are rejected now may be among those that are not found");
    }

    @Test
    void compares_what_is_treated_as_it_is_treated_and_shows_no_key_of_it() throws IOException {
        Declared files =
                Declared.files("*.csv")
                        .merge("email")
                        .treated("email", new Treatment.Pseudonym("person"))
                        .treated("name", new Treatment.Pseudonym("person"))
                        .treated("born", new Treatment.Drop());
        yard.put(
                "a.csv",
                """
                email,name,born,qty
                ann@example.org,Ann,1980-01-01,1
                bob@example.org,Bob,1981-01-01,2
                cay@example.org,Cay,1982-01-01,3
                """);
        yard.load(files);
        assertThat(yard.verify(files).isEqual()).isTrue();
        falsify(
                "a.csv",
                """
                email,name,born,qty
                ann@example.org,Anx,1999-01-01,1
                eve@example.org,Bob,1981-01-01,2
                cay@example.org,Cay,1982-01-01,3
                """);

        Verified found = yard.verify(files);

        assertThat(said(found)).isEqualTo("MISSING 1 []\nGONE 1 []\nCHANGED 1 [] name 1");
        assertThat(found.toString()).doesNotContain("example.org", "Anx", "Eve");
        assertThat(yard.keeps("eve@example.org")).isFalse();
    }

    @Test
    void compares_nested_and_odd_values() {
        yard.put(
                "a.json",
                """
                [{"id": 1, "tags": ["a", "b"], "at": {"x": 1, "y": null}, "f": 0.1},
                 {"id": 2, "tags": null, "at": {"x": 2, "y": "z"}, "f": 1e300}]
                """);
        Declared files = Declared.files("*.json").replace();
        yard.load(files);

        assertThat(yard.verify(files).isEqual()).isTrue();
    }

    @Test
    void says_what_the_next_load_would_make_of_other_columns() throws IOException {
        yard.put("a.csv", "id,qty,note\n1,10,a\n2,20,b\n");
        Declared files = Declared.files("*.csv");
        yard.load(files);
        falsify("a.csv", "id,qty,mote\n1,10,a\n2,20,b\n");

        Verified found = yard.verify(files);

        assertThat(found.isEqual()).isFalse();
        assertThat(said(found)).as("'note' is NULL there now").isEqualTo("MISSING 2 []\nGONE 2 []");
        assertThat(found.drift()).singleElement().asString().contains("mote");
    }

    @Test
    void refuses_what_was_not_loaded_by_this_declaration() {
        Declared files = Declared.files("*.csv");
        yard.put("a.csv", ORDERS);
        assertThatThrownBy(() -> yard.verify(files))
                .hasMessage("Cannot compare shop.orders with its source: it is not loaded yet");
        yard.load(files);

        assertThatThrownBy(() -> yard.verify(files.typed("qty", "double")))
                .isInstanceOf(AdeException.class)
                .hasMessage(
                        "Cannot compare shop.orders with its source: its declaration changed since it was loaded")
                .extracting(e -> ((AdeException) e).nextStep())
                .isEqualTo("ade run shop.orders");
    }
}
