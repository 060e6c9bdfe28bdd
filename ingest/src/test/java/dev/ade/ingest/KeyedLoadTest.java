package dev.ade.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.model.Grain;
import dev.ade.model.Treatment;
import dev.ade.model.Treatment.Coarsening;
import dev.ade.privacy.KeyedPrivacy;
import dev.ade.privacy.Keyring;
import dev.ade.spi.Loader.Loaded;
import dev.ade.spi.Verified;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Loads with the privacy that ADE has, keys and all.
class KeyedLoadTest {
    private static final Declared PEOPLE =
            Declared.files("in/*.csv")
                    .typed("id", "bigint", new Treatment.Pseudonym("people"))
                    .treated("mail", new Treatment.Token("people"))
                    .treated("phone", new Treatment.Mask(3, 0))
                    .typed(
                            "born",
                            "date",
                            new Treatment.Generalise(new Coarsening.ToGrain(Grain.YEAR)))
                    .typed(
                            "card",
                            "varchar",
                            new Treatment.FormatPreserving("people", Treatment.Alphabet.DIGITS))
                    .treated("street", new Treatment.Drop());

    /// More than the sample that privacy decides by.
    private static final int GOOD = 2_100;

    private Yard yard;
    private Keyring keyring;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        keyring =
                Keyring.open(
                        folder.resolve("keys.json"),
                        Optional.empty(),
                        Optional.empty(),
                        new SecureRandom());
        yard = new Yard(folder, new KeyedPrivacy(keyring, Clock.systemUTC()));
        StringBuilder text = new StringBuilder("id,mail,phone,born,card,street,contact\n");
        for (int i = 1; i <= GOOD; i++) {
            text.append(
                    "%1$d,p%1$d@example.org,+44123456,1990-05-06,4111111111%1$06d,Main 1,q%1$d@example.org\n"
                            .formatted(i));
        }
        text.append("70001,bob@example.org,+44999999,1991-01-02,12,Main 2,bob@example.org\n");
        text.append(
                "x,cyd@example.org,+44888888,1992-03-04,5500005555555559,Main 3,a@example.org\n");
        text.append(
                "70002,dan@example.org,+447777,sometime,5105105105105100,Main 4,b@example.org\n");
        yard.put("in/a.csv", text.toString());
    }

    @AfterEach
    void close() {
        yard.close();
    }

    @Test
    void what_can_be_treated_lands_and_what_cannot_is_rejected() {
        Loaded loaded = yard.load(PEOPLE);

        assertThat(loaded.read()).isEqualTo(GOOD + 3);
        assertThat(yard.sql("select line, column_name, reason from ade.rejected order by line"))
                .containsExactly(
                        (GOOD + 2) + "|card|the value cannot be treated by fpe",
                        (GOOD + 3) + "|id|not a bigint",
                        (GOOD + 4) + "|born|not a date");
        assertThat(
                        yard.sql(
                                "select phone, born, length(card), typeof(id), typeof(contact) from shop.orders limit 1"))
                .containsExactly("+44******|1990-01-01|16|UUID|UUID");
    }

    @Test
    void nothing_personal_is_kept_anywhere() throws IOException {
        yard.load(PEOPLE);

        for (String personal :
                List.of(
                        "example.org",
                        "4111111111000001",
                        "44123456",
                        "1990-05-06",
                        "Main 1",
                        "sometime")) {
            assertThat(yard.keeps(personal)).as(personal).isFalse();
        }
    }

    @Test
    void the_same_files_give_the_same_rows() {
        yard.load(PEOPLE);
        List<String> first =
                yard.sql("select * exclude (_loaded_at) from shop.orders order by all");
        yard.put("in/b.csv", "id,mail,phone,born,card,street,contact\n");

        yard.load(PEOPLE.replace());

        assertThat(yard.sql("select * exclude (_loaded_at) from shop.orders order by all"))
                .isEqualTo(first);
    }

    @Test
    void what_is_published_is_compared_as_it_is_treated() {
        yard.load(PEOPLE);

        Verified found = yard.verify(PEOPLE);

        assertThat(found.isEqual()).isTrue();
        assertThat(found.counts()).isEqualTo(new Verified.Counts(GOOD, GOOD, 3, 0));
        assertThat(found.notes()).isEmpty();

        keyring.rotate();
        found = yard.verify(PEOPLE);
        assertThat(found.isEqual()).isTrue();
        assertThat(found.notes())
                .containsExactly(
                        "'mail' is not compared: its tokens may be made with any of 2 keys");
    }

    @Test
    void a_merge_finds_keys_whose_tokens_are_older_than_a_rotation() {
        Declared points =
                Declared.files("keys/*.csv")
                        .merge("mail")
                        .treated("mail", new Treatment.Token("people"));
        yard.put("keys/1.csv", "mail,points\nann@example.org,1\nbob@example.org,2\n");
        yard.load(points);
        keyring.rotate();
        yard.put("keys/2.csv", "mail,points\nann@example.org,3\ndee@example.org,4\n");
        yard.load(points);
        keyring.rotate();
        yard.put("keys/3.csv", "mail,points\nann@example.org,5\nbob@example.org,6\n");
        yard.load(points);

        assertThat(yard.sql("select left(mail, 3), points from shop.orders order by points"))
                .containsExactly("t2.|4", "t3.|5", "t3.|6");
    }

    @Test
    void inspection_shows_what_would_be_treated() {
        assertThat(yard.inspect(Declared.files("in/*.csv")).yaml())
                .contains(
                        "- {name: mail, data_type: varchar, privacy: {class: email, treat: pseudonym}}")
                .contains(
                        "- {name: born, data_type: varchar, privacy: {class: birth_date, treat: pseudonym}}");
    }
}
