package dev.ade.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.ColumnSpec;
import dev.ade.model.Grain;
import dev.ade.model.PrivacyPolicy;
import dev.ade.model.PrivacySpec;
import dev.ade.model.TableName;
import dev.ade.model.Treatment;
import dev.ade.model.Treatment.Alphabet;
import dev.ade.model.Treatment.Coarsening;
import dev.ade.model.Type;
import dev.ade.model.Type.Simple;
import dev.ade.spi.Privacy;
import dev.ade.spi.Privacy.Decision;
import dev.ade.spi.Privacy.Ground;
import dev.ade.spi.Privacy.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyedPrivacyTest {
    private static final TableName SOURCE = TableName.parse("shop.customers");
    private static final Treatment PSEUDONYM = new Treatment.Pseudonym("default");
    private static final Sample EMAIL =
            new Sample("email", Simple.VARCHAR, List.of("ada@example.com"));
    private static final Type STRUCT =
            new Type.Struct(List.of(new Column("street", Simple.VARCHAR)));

    private @TempDir Path folder = Path.of("");

    @Test
    void what_is_declared_wins_over_what_is_detected() {
        assertThat(
                        decide(
                                PrivacyPolicy.REFUSE,
                                EMAIL,
                                declared("EMAIL", null, new Treatment.Keep())))
                .isEqualTo(
                        new Decision(
                                "email",
                                "email",
                                new Treatment.Keep(),
                                Ground.DECLARED,
                                "declared in the project; column name; 100% of 1 values contain e-mail addresses"));
    }

    @Test
    void a_class_alone_is_treated_by_the_policy() {
        Sample sample = new Sample("c1", Simple.VARCHAR, List.of());
        ColumnSpec spec = declared("c1", "name", null);
        assertThat(decide(PrivacyPolicy.PSEUDONYM, sample, spec).treatment()).isEqualTo(PSEUDONYM);
        assertThat(decide(PrivacyPolicy.DROP, sample, spec).treatment())
                .isEqualTo(new Treatment.Drop());
        assertThat(decide(PrivacyPolicy.DROP, EMAIL, declared("email", "none", null)).treatment())
                .isEqualTo(new Treatment.Keep());
        assertThatThrownBy(() -> decide(PrivacyPolicy.REFUSE, sample, spec))
                .hasMessageContaining("'c1' looks like name (declared without treat:)");
    }

    @Test
    void a_column_that_looks_personal_is_treated_by_the_policy_and_says_why() {
        assertThat(decide(PrivacyPolicy.PSEUDONYM, EMAIL))
                .isEqualTo(
                        new Decision(
                                "email",
                                "email",
                                PSEUDONYM,
                                Ground.DETECTED,
                                "column name; 100% of 1 values contain e-mail addresses"));
        assertThat(decide(PrivacyPolicy.DROP, EMAIL).treatment()).isEqualTo(new Treatment.Drop());
        assertThat(
                        decide(PrivacyPolicy.PSEUDONYM, new Sample("address", STRUCT, List.of()))
                                .treatment())
                .as("nested")
                .isEqualTo(new Treatment.Drop());
    }

    @Test
    void a_plain_column_is_kept_and_says_what_was_looked_at() {
        assertThat(
                        decide(
                                PrivacyPolicy.REFUSE,
                                new Sample("city", Simple.VARCHAR, List.of("Rome"))))
                .isEqualTo(
                        new Decision(
                                "city",
                                "none",
                                new Treatment.Keep(),
                                Ground.NOT_PERSONAL,
                                "neither its name nor 1 values look personal"));
    }

    @Test
    void keeps_what_looks_personal_where_the_project_says_so_and_says_whose_decision_it_was() {
        assertThat(decide(PrivacyPolicy.KEEP, EMAIL))
                .isEqualTo(
                        new Decision(
                                "email",
                                "email",
                                new Treatment.Keep(),
                                Ground.KEPT,
                                "the project says undeclared: keep; column name; 100% of 1 values contain e-mail addresses"));
        assertThat(decide(PrivacyPolicy.KEEP, EMAIL, declared("email", null, new Treatment.Drop())))
                .extracting(Decision::treatment)
                .isEqualTo(new Treatment.Drop());
    }

    @Test
    void refuses_all_columns_at_once_with_the_lines_to_add() {
        assertThatThrownBy(() ->
                        privacy()
                                .decide(
                                        SOURCE,
                                        new Privacy.Declared(List.of(), PrivacyPolicy.REFUSE),
                                        List.of(EMAIL, new Sample("dob", Simple.DATE, List.of()))))
                .isInstanceOf(AdeException.class)
                .hasMessage(
                        "Cannot load shop.customers: nobody said what to do with personal data, and the project refuses to guess:"
                                + " 'email' looks like email (column name; 100% of 1 values contain e-mail addresses),"
                                + " 'dob' looks like birth_date (column name)")
                .extracting(e -> ((AdeException) e).nextStep())
                .isEqualTo(
                        """
                        Add to the columns of shop.customers in sources.yml (privacy: keep where it is not personal):
                            - {name: email, privacy: {class: email, treat: pseudonym}}
                            - {name: dob, privacy: {class: birth_date, treat: pseudonym}}\
                        """);
    }

    @Test
    void deciding_makes_no_keys() {
        decide(PrivacyPolicy.PSEUDONYM, EMAIL);
        assertThat(folder.resolve("keys.json")).doesNotExist();
    }

    @Test
    void says_which_declarations_do_not_fit() {
        assertMisfit(
                new Treatment.Generalise(new Coarsening.ToBucket(10)),
                Simple.VARCHAR,
                "Cannot treat column 'c' of shop.customers with generalise to buckets: it needs a number, was varchar");
        assertMisfit(
                new Treatment.Generalise(new Coarsening.ToGrain(Grain.YEAR)),
                Simple.VARCHAR,
                "Cannot treat column 'c' of shop.customers with generalise to year: it needs a date or timestamp, was varchar");
        assertMisfit(
                new Treatment.Generalise(new Coarsening.ToNetwork(24, 48)),
                Simple.BIGINT,
                "Cannot treat column 'c' of shop.customers with generalise to networks: it needs text, was bigint");
        assertMisfit(
                new Treatment.FormatPreserving("r", Alphabet.DIGITS),
                Simple.DOUBLE,
                "Cannot treat column 'c' of shop.customers with fpe: it needs text or a whole number, was double");
        assertMisfit(
                PSEUDONYM,
                new Type.ListOf(Simple.VARCHAR),
                "Cannot treat column 'c' of shop.customers with pseudonym: it needs a plain value, was varchar[]");
        assertMisfit(
                new Treatment.Token(" "), Simple.VARCHAR, "Cannot use a realm of 1 characters");
    }

    @Test
    void says_before_the_load_that_a_domain_is_too_small_for_fpe() {
        ColumnSpec spec =
                declared("pin", null, new Treatment.FormatPreserving("r", Alphabet.DIGITS));
        Sample sample = new Sample("pin", Simple.VARCHAR, List.of("1234", "123456", ""));

        assertThatThrownBy(() -> decide(PrivacyPolicy.PSEUDONYM, sample, spec))
                .hasMessage(
                        "Cannot treat column 'pin' of shop.customers with fpe: 1 of 3 sampled values do not have the 6 to 256"
                                + " characters of the alphabet digits that a domain of a million values takes; fewer can be guessed");
    }

    @Test
    void a_reveal_leaves_a_line_without_the_value() throws IOException {
        KeyedPrivacy privacy = privacy();
        String token = new Tokens(keyring()).maker("crm").apply("Ada Lovelace");

        assertThat(privacy.reveal("crm", token, "case \"7\"\n")).isEqualTo("Ada Lovelace");

        assertThat(Files.readString(folder.resolve("keys.audit")))
                .startsWith("{\"at\":\"2026-11-21T00:00:00Z\",\"user\":")
                .endsWith(
                        "\"realm\":\"crm\",\"token\":\"%s\",\"reason\":\"case \\\"7\\\"\\n\"}\n"
                                .formatted(token))
                .doesNotContain("Lovelace");
    }

    @Test
    void reveals_nothing_without_a_reason_or_from_another_realm_or_text() {
        KeyedPrivacy privacy = privacy();
        String token = new Tokens(keyring()).maker("crm").apply("Ada");

        assertThatThrownBy(() -> privacy.reveal("crm", token, " "))
                .hasMessage(
                        "Cannot reveal a token: a reason of 1 to 500 characters is needed, was 1");
        assertThatThrownBy(() -> privacy.reveal("shop", token, "why"))
                .hasMessageStartingWith(
                        "Cannot reveal a token: it was not made in realm 'shop' with key version 1");
        assertThatThrownBy(() -> privacy.reveal("crm", "Ada", "why"))
                .hasMessage("Cannot reveal a token: it is not of the form t1.<base64>");
        assertThatThrownBy(() -> privacy.reveal("crm", token.replace("t1", "t7"), "why"))
                .hasMessageStartingWith("Cannot use key version 7");
        assertThat(folder.resolve("keys.audit")).doesNotExist();
    }

    @Test
    void says_what_a_value_is_without_saying_it() {
        KeyedPrivacy privacy = privacy();
        assertThat(privacy.valueClass(null)).isEqualTo("no value");
        assertThat(privacy.valueClass("")).isEqualTo("empty text");
        assertThat(privacy.valueClass("  ")).isEqualTo("blank text of 2 characters");
        assertThat(privacy.valueClass("3x😀")).isEqualTo("text of 3 characters");
        assertThat(privacy.valueClass("x")).isEqualTo("text of 1 character");
        assertThat(privacy.valueClass("-4.5e3")).isEqualTo("a negative number");
        assertThat(privacy.valueClass(" 42 ")).isEqualTo("a positive number");
        assertThat(privacy.valueClass("-0.00e7")).isEqualTo("the number 0");
    }

    private void assertMisfit(Treatment treatment, Type type, String message) {
        assertThatThrownBy(() ->
                        decide(
                                PrivacyPolicy.PSEUDONYM,
                                new Sample("c", type, List.of()),
                                declared("c", null, treatment)))
                .isInstanceOf(AdeException.class)
                .hasMessage(message);
    }

    private Decision decide(PrivacyPolicy policy, Sample sample, ColumnSpec... declared) {
        return privacy()
                .decide(SOURCE, new Privacy.Declared(List.of(declared), policy), List.of(sample))
                .getFirst();
    }

    private static ColumnSpec declared(
            String column, @Nullable String dataClass, @Nullable Treatment treatment) {
        return new ColumnSpec(
                column,
                Optional.empty(),
                ColumnSpec.Nullability.NULLABLE,
                Optional.of(
                        new PrivacySpec(
                                Optional.ofNullable(dataClass), Optional.ofNullable(treatment))),
                "");
    }

    private KeyedPrivacy privacy() {
        return new KeyedPrivacy(
                keyring(), Clock.fixed(Instant.parse("2026-11-21T00:00:00Z"), ZoneOffset.UTC));
    }

    private Keyring keyring() {
        return Keyring.open(
                folder.resolve("keys.json"),
                Optional.empty(),
                Optional.empty(),
                new SecureRandom());
    }
}
