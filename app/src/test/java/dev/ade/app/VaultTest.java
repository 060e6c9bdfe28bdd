package dev.ade.app;

import static dev.ade.model.EnvironmentName.PROD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.AdeException;
import dev.ade.model.EnvironmentName;
import dev.ade.model.TableName;
import dev.ade.run.RunListener;
import dev.ade.run.RunRequest;
import dev.ade.run.vault.VaultRoom;
import dev.ade.spi.Draft;
import dev.ade.spi.Lake;
import dev.ade.spi.Maintenance;
import dev.ade.spi.VaultBatch;
import dev.ade.store.Faults;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Originals: put in with a load, read for a reason, destroyed in time.
class VaultTest {
    private static final EnvironmentName DEV = new EnvironmentName("dev");
    private static final String FIRST = "id,email\n1,anna@example.org\n2,bert@example.org\n";

    // Files in the vault have the time of the machine, so that of the project is later.
    private final Lab lab;

    VaultTest(@TempDir Path root) {
        this.lab = new Lab(root, "2126-01-01T00:00:00Z");
    }

    private void project(String vault) {
        lab.file(
                "shop/sources.yml",
                """
                sources:
                  - name: shop
                    tables:
                      - name: people
                        %s
                        load: {files: "landing/*.csv"}
                        columns:
                          - {name: id, data_type: bigint}
                          - {name: email, privacy: {class: email, treat: pseudonym}}
                """
                        .formatted(vault));
    }

    private void shop() {
        project("vault: {keep: 7 years}");
        lab.file("landing/1.csv", FIRST);
    }

    private List<VaultBatch> list() {
        return lab.with(ade -> ade.vault().list());
    }

    private List<VaultBatch> expired() {
        return lab.with(ade -> ade.vault().expired());
    }

    private List<VaultBatch> expire() {
        return lab.with(ade -> ade.vault().expire());
    }

    private String read(VaultBatch batch, String reason) throws IOException {
        Path to = lab.root.resolve("original");
        Files.deleteIfExists(to);
        String digits = batch.label().batch().hex().substring(0, 8);
        lab.with(ade -> ade.vault().read(new VaultRoom.Reading(digits, reason, to, PROD, "test")));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(to)))
                .isEqualTo("rw-------");
        return Files.readString(to);
    }

    private List<Path> stored() throws IOException {
        Path folder = lab.root.resolve(".ade/vault");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void keeps_the_original_of_a_load_and_gives_it_for_a_reason_that_is_written_down()
            throws IOException {
        shop();
        lab.run();
        VaultBatch kept = list().getFirst();
        assertThat(kept.origin()).isEqualTo("landing/1.csv");
        assertThat(kept.until()).isEqualTo(Instant.parse("2133-01-01T00:00:01Z"));
        Files.delete(lab.root.resolve("landing/1.csv"));

        assertThat(read(kept, " court order 12/26 ")).isEqualTo(FIRST);

        assertThat(
                        lab.sql(
                                "select dataset, source, reason, user_name is not null from ade.vault_reads"))
                .containsExactly("shop.people|landing/1.csv|court order 12/26|true");
        assertThat(lab.with(Ade::lastRun).orElseThrow().message())
                .as("to read is no run of the project")
                .doesNotContain("vault");
        assertThatThrownBy(() -> read(kept, " "))
                .hasMessageContaining("Cannot read from the vault: a reason of 1 to 1,000");
        assertThat(lab.sql("select count(*) from ade.vault_reads")).containsExactly("1");
        assertThatThrownBy(() ->
                        lab.with(ade ->
                                ade.vault()
                                        .read(
                                                new VaultRoom.Reading(
                                                        "00000000",
                                                        "why",
                                                        lab.root.resolve("x"),
                                                        PROD,
                                                        "test"))))
                .hasMessageContaining("there is none that begins so");
        assertThatThrownBy(() ->
                        lab.with(ade ->
                                ade.vault()
                                        .read(
                                                new VaultRoom.Reading(
                                                        kept.label().batch().hex(),
                                                        "why",
                                                        lab.root.resolve("ade.yml"),
                                                        PROD,
                                                        "test"))))
                .hasMessageContaining("it is there already");
    }

    @Test
    void keeps_an_original_once_for_all_environments_and_none_that_is_not_published()
            throws IOException {
        shop();
        lab.run();
        lab.with(ade -> ade.environments().create(DEV, java.util.Optional.empty()));
        project("vault: {keep: 7 years}\n        description: other");
        lab.with(
                DEV,
                Faults.NONE,
                ade ->
                        ade.run(
                                new RunRequest(
                                        List.of(),
                                        List.of(),
                                        RunRequest.Refresh.FULL,
                                        java.util.Optional.empty(),
                                        "test"),
                                RunListener.NONE));
        assertThat(list()).hasSize(1);
        assertThat(stored()).hasSize(1);

        lab.file("landing/2.csv", "id,email\nx,anna@example.org\n");
        assertThat(lab.run().state()).isEqualTo(Lake.RunState.FAILED);
        assertThat(list()).hasSize(1);
    }

    @Test
    void a_run_that_is_killed_leaves_no_unlisted_original_for_ever() throws IOException {
        for (String point : List.of("publish", "commit publication")) {
            shop();
            Faults faults =
                    at -> {
                        if (at.equals(point)) {
                            throw new IllegalStateException("killed at " + point);
                        }
                    };
            assertThatThrownBy(() ->
                            lab.with(
                                    PROD,
                                    faults,
                                    ade ->
                                            ade.run(
                                                    RunRequest.everything("test"),
                                                    RunListener.NONE)))
                    .hasMessageContaining("killed");
            assertThat(list()).isEmpty();
            assertThat(stored()).hasSize(1);
            lab.with(ade -> ade.maintain(Maintenance.Effect.DRY_RUN));
            assertThat(stored()).hasSize(1);

            lab.with(ade -> ade.maintain(Maintenance.Effect.DELETE));

            assertThat(stored()).as(point).isEmpty();
        }
        lab.run();
        lab.with(ade -> ade.maintain(Maintenance.Effect.DELETE));
        assertThat(read(list().getFirst(), "a test")).isEqualTo(FIRST);
    }

    @Test
    void destroys_the_key_of_what_was_kept_long_enough_for_good() throws IOException {
        shop();
        lab.run();
        VaultBatch kept = list().getFirst();
        String key = kept.sealed().orElseThrow().key();
        byte[] sealed = Files.readAllBytes(stored().getFirst());
        assertThat(holds(key)).as("the key is somewhere in the catalog").isTrue();
        lab.clock.advance(Duration.ofDays(7 * 365));
        assertThat(expired()).isEmpty();
        lab.clock.advance(Duration.ofDays(3));
        assertThat(expired()).hasSize(1);

        assertThat(expire()).hasSize(1);

        assertThat(holds(key)).as("neither in the catalog nor in its log").isFalse();
        assertThat(stored()).isEmpty();
        assertThat(list().getFirst().end().orElseThrow().reason()).isEqualTo("kept 7 years");
        // Even with the file and the master key nobody can read it.
        Files.write(
                lab.root.resolve(".ade/vault").resolve(kept.sealed().orElseThrow().file()), sealed);
        assertThatThrownBy(() -> read(kept, "a test"))
                .hasMessageContaining("its key was destroyed at")
                .hasMessageContaining("kept 7 years");
        assertThat(expire()).isEmpty();
        project("vault: {keep: 7 years}\n        drift: freeze");
        lab.run();
        assertThat(list()).as("what was kept long enough does not come back").hasSize(1);
        assertThat(list().getFirst().sealed()).isEmpty();
    }

    /// Whether a text is in any file of the project.
    private boolean holds(String text) throws IOException {
        try (Stream<Path> files = Files.walk(lab.root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                if (bytes.contains(text)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Test
    void a_replay_says_how_its_file_is_put_back() throws IOException {
        project("vault: {keep: 7 years}");
        lab.file(
                "landing/1 'a'.csv",
                FIRST + "3,cleo@example.org\n".repeat(8) + "x,dora@example.org\n");
        lab.run();
        Path file = lab.root.resolve("landing/1 'a'.csv");
        Files.delete(file);
        lab.file("landing/2.csv", "id,email\n4,emil@example.org\n");
        VaultBatch kept = list().getFirst();
        String digits = kept.label().batch().hex().substring(0, 12);

        assertThatThrownBy(this::replay)
                .hasMessageContaining("landing/1 'a'.csv is not there any more")
                .extracting(e -> ((AdeException) e).nextStep())
                .isEqualTo(
                        "The vault has it: ade vault get %s --to 'landing/1 '\\''a'\\''.csv' --reason …, then do it again"
                                .formatted(digits));

        lab.with(ade ->
                ade.vault().read(new VaultRoom.Reading(digits, "ticket 1", file, PROD, "test")));
        lab.file(
                "shop/sources.yml",
                Files.readString(lab.root.resolve("shop/sources.yml"))
                        .replace("data_type: bigint", "data_type: varchar"));
        assertThat(replay()).isEqualTo(Lake.RunState.PUBLISHED);
        assertThat(lab.sql("select distinct id from shop.people order by all"))
                .containsExactly("1", "2", "3", "4", "x");
    }

    private Lake.RunState replay() {
        return lab.with(ade ->
                ade.run(
                                ade.rejected()
                                        .replaying(TableName.of("shop", "people"), "test")
                                        .orElseThrow(),
                                RunListener.NONE)
                        .state());
    }

    @Test
    void says_what_is_wrong_with_a_declaration() {
        lab.file("landing/1.csv", FIRST);
        for (var wrong :
                Map.of(
                                "vault: true",
                                "Cannot read vault: it does not say how long originals are kept",
                                "vault: {keep: soon}",
                                "Cannot keep something for 'soon': it is no time",
                                "vault: {keep: 0 days}",
                                "Cannot keep originals for P0D: that is no time",
                                "vault: {keep: 1 year, to: s3}",
                                "Cannot read vault: it has no 'to'")
                        .entrySet()) {
            project(wrong.getKey());
            assertThatThrownBy(lab::run).hasMessageContaining(wrong.getValue());
        }
    }

    @Test
    void rows_of_other_systems_are_kept_as_they_were_staged() throws IOException {
        try (java.sql.Connection sqlite =
                        java.sql.DriverManager.getConnection(
                                "jdbc:sqlite:" + lab.root.resolve("crm.db"));
                java.sql.Statement statement = sqlite.createStatement()) {
            statement.execute("create table people (id integer primary key, email text)");
            statement.execute("insert into people values (1, 'anna@example.org')");
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
        lab.file(
                "shop/sources.yml",
                """
                sources:
                  - name: shop
                    tables:
                      - name: people
                        vault: {keep: 1 year}
                        load: {jdbc: "jdbc:sqlite:%s", table: people}
                """
                        .formatted(lab.root.resolve("crm.db")));
        lab.run();
        VaultBatch kept = list().getFirst();
        assertThat(kept.label().dataset()).isEqualTo(TableName.of("shop", "people"));
        Path to = lab.root.resolve("people.parquet");
        lab.with(ade ->
                ade.vault()
                        .read(
                                new VaultRoom.Reading(
                                        kept.label().batch().hex(), "why", to, PROD, "test")));
        assertThat(Files.readString(to, StandardCharsets.ISO_8859_1))
                .startsWith("PAR1")
                .contains("anna@example.org");
    }

    @Test
    void is_listed_and_swept_while_the_project_cannot_be_read() throws IOException {
        shop();
        lab.run();
        lab.file("shop/models/torn.sql", "{{ config(");
        assertThatThrownBy(lab::run).hasMessageContaining("torn.sql");

        assertThat(list()).hasSize(1);
        lab.with(ade -> ade.maintain(Maintenance.Effect.DELETE));
        assertThat(stored()).hasSize(1);
    }

    private void masterKey(String file) {
        lab.file("ade.yml", "name: shop\nprivacy: {master_key_file: %s}\n".formatted(file));
    }

    @Test
    void originals_are_read_under_another_master_key_and_no_more_under_the_one_before()
            throws IOException {
        shop();
        lab.run();
        Path next = lab.root.resolve("secure/next.key");

        assertThat((int) lab.with(ade -> ade.changeMasterKey(next))).isEqualTo(1);

        assertThatThrownBy(() -> read(list().getFirst(), "audit"))
                .hasMessageEndingWith("is not the one it was sealed with");
        masterKey("secure/next.key");
        assertThat(read(list().getFirst(), "audit")).isEqualTo(FIRST);
        String pseudonyms = "select string_agg(email, ' ' order by id) from shop.people";
        String before = lab.sql(pseudonyms).getFirst();
        lab.file("landing/1.csv", FIRST + "3,carl@example.org\n");
        lab.run();
        assertThat(lab.sql(pseudonyms).getFirst()).startsWith(before).isNotEqualTo(before);
    }

    @Test
    void a_master_key_is_changed_to_the_end_when_asked_again() throws IOException {
        shop();
        lab.run();
        Path next = lab.root.resolve("next.key");
        Lake.RunStart start = new Lake.RunStart(lab.clock.instant(), "test", "me");
        try (Wiring wiring = lab.wiring(PROD, Faults.NONE)) {
            wiring.keyring().rekeying(next).encryptKeys();
            try (Draft _ = wiring.lake().begin(PROD, start)) {
                assertThatThrownBy(() -> lab.with(ade -> ade.changeMasterKey(next)))
                        .hasMessageContaining("run 2 of environment prod is going on");
                assertThatThrownBy(() -> wiring.lake().vault().rewrap((_, sealed) -> sealed))
                        .hasMessageContaining("is going on");
            }
        }

        assertThat((int) lab.with(ade -> ade.changeMasterKey(next))).isEqualTo(1);

        masterKey("next.key");
        assertThat(read(list().getFirst(), "audit")).isEqualTo(FIRST);
    }
}
