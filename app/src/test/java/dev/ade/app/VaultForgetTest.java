package dev.ade.app;

import static dev.ade.model.EnvironmentName.PROD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.TableName;
import dev.ade.run.StepResult;
import dev.ade.run.forget.ForgetRequest;
import dev.ade.run.forget.ForgetRequest.Effect;
import dev.ade.run.forget.Forgotten;
import dev.ade.run.forget.Key;
import dev.ade.run.vault.VaultRoom;
import dev.ade.spi.VaultBatch;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// People in originals of the vault: taken out, or the key of what cannot be searched destroyed.
class VaultForgetTest {
    private static final TableName PEOPLE = TableName.of("shop", "people");
    private static final String KEPT = "id;person_id;note\n1;41;\"two\nlines; of 42\"\n3;43;42\n";
    private static final String VISIT = "{\"person_id\": 43, \"page\": \"42\"}\n";

    private final Lab lab;

    VaultForgetTest(@TempDir Path root) {
        this.lab = new Lab(root, "2126-01-01T00:00:00Z");
    }

    @BeforeEach
    void load() throws IOException, SQLException {
        lab.file(
                "shop/sources.yml",
                """
                sources:
                  - name: shop
                    tables:
                      - name: people
                        vault: {keep: 7 years}
                        load: {files: "landing/people-*"}
                        columns: &columns [{name: person_id, data_type: bigint, privacy: pseudonym}]
                      - name: visits
                        vault: {keep: 7 years}
                        load: {files: "landing/visits.ndjson"}
                        columns: *columns
                      - name: notes
                        vault: {keep: 7 years}
                        load: {files: "landing/notes.json"}
                        columns: *columns
                      - name: accounts
                        vault: {keep: 7 years}
                        load: {jdbc: "jdbc:sqlite:%s", table: accounts}
                        columns: *columns
                """
                        .formatted(lab.root.resolve("crm.db")));
        Files.createDirectories(lab.root.resolve("landing"));
        try (OutputStream out =
                new GZIPOutputStream(
                        Files.newOutputStream(lab.root.resolve("landing/people-1.csv.gz")))) {
            out.write(
                    KEPT.replace("3;43", "2;42;\"his\nown\"\n3;43")
                            .getBytes(StandardCharsets.UTF_8));
        }
        lab.file("landing/people-2.csv", "id;person_id;note\n9;44;none\n");
        lab.file(
                "landing/visits.ndjson",
                "{\"person_id\": 42, \"page\": \"a\"}\n%s{\"person_id\": \"\\u0034\\u0032\", \"page\": \"b\"}\n"
                        .formatted(VISIT));
        lab.file("landing/notes.json", "[{\"person_id\": 42}, {\"person_id\": 43}]");
        try (Connection sqlite =
                        DriverManager.getConnection("jdbc:sqlite:" + lab.root.resolve("crm.db"));
                Statement statement = sqlite.createStatement()) {
            statement.execute("create table accounts (person_id integer, name text)");
            statement.execute("insert into accounts values (42, 'bob42'), (43, 'eve43')");
        }
        assertThat(lab.run().results()).extracting(StepResult::message).containsOnly("");
    }

    private Forgotten forget(Effect effect, String key) {
        return lab.with(ade ->
                ade.forget(
                        new ForgetRequest(
                                PEOPLE,
                                List.of(Key.parse(key)),
                                List.of(),
                                PROD,
                                effect,
                                "ade forget")));
    }

    private VaultBatch batch(String source) {
        List<VaultBatch> all = lab.with(ade -> ade.vault().list());
        return all.stream()
                .filter(it -> (it.label().dataset() + " " + it.origin()).contains(source))
                .findFirst()
                .orElseThrow();
    }

    private byte[] original(String source) {
        Path to = lab.root.resolve("original");
        try {
            Files.deleteIfExists(to);
            String id = batch(source).label().batch().hex();
            lab.with(
                    ade -> ade.vault().read(new VaultRoom.Reading(id, "a test", to, PROD, "test")));
            return Files.readAllBytes(to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> hits(Forgotten forgotten) {
        return forgotten.vault().stream()
                .map(it ->
                        it.in().dataset().name()
                                + ": "
                                + it.unsearchable().orElseGet(() -> it.rows() + " rows"))
                .sorted()
                .toList();
    }

    @Test
    void takes_their_rows_out_of_originals_and_leaves_every_other_byte() throws IOException {
        String key = batch("people-1").sealed().orElseThrow().key();
        String before = batch("people-2").sealed().orElseThrow().file();
        List<String> expected =
                List.of(
                        "accounts: 1 rows",
                        "notes: rows of its format cannot be taken out",
                        "people: 1 rows",
                        "visits: 2 rows");
        assertThat(hits(forget(Effect.DRY_RUN, "person_id=42"))).isEqualTo(expected);
        assertThat(batch("people-1").sealed().orElseThrow().key()).isEqualTo(key);

        Forgotten done = forget(Effect.FORGET, "person_id=42");

        assertThat(hits(done)).isEqualTo(expected);
        try (InputStream in =
                new GZIPInputStream(new java.io.ByteArrayInputStream(original("people-1")))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(KEPT);
        }
        assertThat(new String(original("visits"), StandardCharsets.UTF_8)).isEqualTo(VISIT);
        assertThat(new String(original("shop.accounts"), StandardCharsets.ISO_8859_1))
                .startsWith("PAR1")
                .contains("eve43")
                .doesNotContain("bob42");
        assertThatThrownBy(() -> original("notes"))
                .hasMessageContaining("its key was destroyed")
                .hasMessageContaining("a person was forgotten");
        assertThat(batch("people-2").sealed().orElseThrow().file())
                .as("what does not hold them stays as it is")
                .isEqualTo(before);
        assertThat(Files.readString(lab.root.resolve(".ade/ade.db"), StandardCharsets.ISO_8859_1))
                .doesNotContain(key);
        assertThat(Files.readString(done.removal().orElseThrow().file()))
                .contains("\"key_destroyed\"")
                .contains("landing/people-1.csv.gz");
        assertThat(forget(Effect.FORGET, "person_id=42").isNobody()).isTrue();
    }

    @Test
    void finds_them_however_a_file_of_CSV_is_written() throws IOException {
        lab.file(
                "shop/drops.yml",
                """
                sources:
                  - name: shop
                    tables:
                      - name: drops
                        vault: {keep: 7 years}
                        load: {files: "landing/drop-*.csv"}
                        columns: [{name: person_id, data_type: bigint, aliases: [pid], privacy: pseudonym}]
                """);
        lab.file("landing/drop-cr.csv", "person_id,n\r41,ok\r42,zq\r43,ok\r");
        lab.file("landing/drop-title.csv", "People\nperson_id,n\n41,ok\n42,zq\n43,ok\n");
        lab.file("landing/drop-exp.csv", "person_id,n\n4.1e1,ok\n4.2e1,zq\n");
        lab.file("landing/drop-old.csv", "pid,n\n41,ok\n42,zq\n");
        lab.run();
        assertThat(lab.sql("select count(*) from shop.drops where n = 'zq'")).containsExactly("4");

        Forgotten done = forget(Effect.FORGET, "person_id=42");

        assertThat(hits(done))
                .contains(
                        "drops: 1 rows",
                        "drops: its first line names none of the columns",
                        "drops: its lines end by carriage returns alone");
        assertThat(new String(original("drop-exp"), StandardCharsets.UTF_8))
                .isEqualTo("person_id,n\n4.1e1,ok\n");
        assertThat(new String(original("drop-old"), StandardCharsets.UTF_8))
                .isEqualTo("pid,n\n41,ok\n");
        assertThat(batch("drop-cr").sealed()).isEmpty();
        assertThat(batch("drop-title").sealed()).isEmpty();
    }

    @Test
    void destroys_nothing_for_somebody_who_is_not_there() {
        Forgotten nobody = forget(Effect.FORGET, "person_id=77");

        assertThat(nobody.isNobody()).isTrue();
        assertThat(batch("notes").sealed()).isPresent();
    }
}
