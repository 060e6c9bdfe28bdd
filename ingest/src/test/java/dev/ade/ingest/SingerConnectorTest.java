package dev.ade.ingest;

import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.ingest.singer.SingerConnector;
import dev.ade.model.AdeException;
import dev.ade.model.LoadSpec;
import dev.ade.model.LoadSpec.Mode;
import dev.ade.model.LoadSpec.RejectLimit;
import dev.ade.model.SourceTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A real tap, run as a process.
class SingerConnectorTest extends InYard {
    private static final String FIRST =
            """
            {"id": 1, "what": "a", "price": 1.5, "at": "2026-01-02T03:04:05.123456+01:00", "day": "2026-01-02", "clock": "10:00:00Z", "tags": ["x", "y"], "both": 5}
            {"id": 2, "at": "2026-01-02 03:04:05", "clock": "10:00:00.5", "both": "five"}
            """;

    @BeforeEach
    void put_tap() throws IOException {
        try (InputStream tap =
                Objects.requireNonNull(
                        SingerConnectorTest.class.getResourceAsStream("/singer/tap-log.py"))) {
            yard.put("tap-log.py", new String(tap.readAllBytes(), StandardCharsets.UTF_8));
        }
        yard.put("entries.ndjson", FIRST);
        yard.environment("LOG_TOKEN", "s3cr3t-token");
        yard.connect(new SingerConnector(yard.root(), said()));
    }

    private Path said() {
        return yard.root().resolve("said");
    }

    private static SourceTable source(String fault, Mode mode, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("singer", List.of("python3", "tap-log.py"));
        settings.put("config", Map.of("token", "${LOG_TOKEN}", "fault", fault));
        settings.put("stream", "entries");
        settings.putAll(more);
        return Sources.of(
                "shop.log",
                new LoadSpec.Outside(
                        LoadSpec.SystemKind.JDBC, settings, mode, List.of(), RejectLimit.DEFAULT));
    }

    private static SourceTable source(String fault) {
        return source(fault, Mode.APPEND, Map.of());
    }

    private List<String> ids() {
        return yard.sql("select id from shop.log order by id");
    }

    @Test
    void reads_rows_with_the_types_of_their_schema() throws IOException {
        yard.load(source("none"));

        assertThat(
                        yard.sql(
                                "select id, what, price, \"at\", day, clock, tags, \"both\" from shop.log order by id"))
                .containsExactly(
                        "1|a|1.50|2026-01-02T02:04:05.123456Z|2026-01-02|10:00|[\"x\",\"y\"]|5",
                        "2|null|null|2026-01-02T03:04:05Z|null|10:00:00.500|null|five");
        assertThat(yard.staged()).isEmpty();
        assertThat(yard.keeps("s3cr3t-token")).isFalse();
    }

    @Test
    void goes_on_where_the_published_state_says() {
        yard.load(source("none"));
        assertThat(yard.load(source("none")).read()).isZero();
        yard.put("entries.ndjson", FIRST + "{\"id\": 3}\n");

        assertThat(yard.load(source("none")).read()).isEqualTo(1);

        assertThat(ids()).containsExactly("1", "2", "3");
    }

    @Test
    void reads_batches_from_files() {
        yard.load(source("batch"));
        assertThat(ids()).containsExactly("1", "2");
    }

    @Test
    void a_batch_does_not_unpack_to_more_than_is_let_through() {
        yard.put(
                "entries.ndjson",
                "{\"id\": 1, \"what\": \"%s\"}\n".formatted("a".repeat(2_000_000)));
        SourceTable small = source("batch", Mode.APPEND, Map.of("unpacked_max", 100_000));

        assertThatThrownBy(() -> yard.load(small))
                .hasMessageMatching(
                        "Cannot load shop.log: of batch-1.jsonl.gz [0-9,]+ bytes were unpacked from its 2,[0-9]{3}, more than [56][0-9]{2},[0-9]{3}")
                .satisfies(e ->
                        assertThat(((AdeException) e).nextStep())
                                .isEqualTo(
                                        "If that is right, raise unpacked_max in load (bytes; -1 for no limit)"));
        assertThat(yard.published().state(small.name())).isEmpty();

        yard.load(source("batch", Mode.APPEND, Map.of("unpacked_max", 3_000_000)));
        assertThat(ids()).containsExactly("1");
    }

    @Test
    void publishes_nothing_of_a_tap_that_dies_after_a_state() {
        SourceTable dying = source("die");
        assertThatThrownBy(() -> yard.load(dying))
                .isInstanceOf(AdeException.class)
                .hasMessage(
                        "Cannot load shop.log: python3 ended with status 3; what it said is in %s",
                        said().resolve("shop.log.txt"));
        assertThat(yard.published().state(dying.name())).isEmpty();

        yard.load(source("none"));

        assertThat(ids()).containsExactly("1", "2");
    }

    @Test
    void keeps_what_a_tap_said_in_a_file_of_its_owner_until_the_next_load() throws IOException {
        assertThatThrownBy(() -> yard.load(source("choke")))
                .hasMessage(
                        "Cannot load shop.log: python3 ended with status 1 (ValueError); what it said is in %s",
                        said().resolve("shop.log.txt"));
        assertThat(said().resolve("shop.log.txt"))
                .content()
                .contains("token •••")
                .endsWith("ValueError: alice@example.com is no number\n")
                .hasSizeLessThan(30_000);
        assertThat(Files.getPosixFilePermissions(said().resolve("shop.log.txt")))
                .containsExactlyInAnyOrder(OWNER_READ, OWNER_WRITE);

        yard.load(source("none"));

        assertThat(said()).isEmptyDirectory();
    }

    @Test
    void says_the_line_that_is_no_message_without_showing_it() {
        assertThatThrownBy(() -> yard.load(source("garbage")))
                .hasMessage(
                        "Cannot load shop.log: line 9 of what python3 prints is no Singer message");
        assertThatThrownBy(() -> yard.load(source("discover")))
                .hasMessage("Cannot load shop.log: python3 --discover prints no catalog");
    }

    @Test
    void refuses_values_that_do_not_fit_without_showing_them() {
        yard.put("entries.ndjson", "{\"id\": 1, \"price\": 1.999}\n");
        assertThatThrownBy(() -> yard.load(source("none")))
                .hasMessage(
                        "Cannot load shop.log: line 5 of python3: a value of 'price' is no DECIMAL(38,2), as its schema says");
    }

    @Test
    void names_the_streams_there_are_and_programs_that_are_missing() {
        assertThatThrownBy(() -> yard.load(source("none", Mode.APPEND, Map.of("stream", "x"))))
                .isInstanceOfSatisfying(
                        AdeException.class,
                        e ->
                                assertThat(e.explain())
                                        .contains("python3 has no stream x")
                                        .contains("one of entries, others"));
        assertThatThrownBy(() ->
                        yard.load(source("none", Mode.APPEND, Map.of("singer", "tap-nowhere"))))
                .hasMessageContaining("Cannot load shop.log: tap-nowhere cannot be started");
        assertThatThrownBy(() -> yard.look(source("none", Mode.APPEND, Map.of("strem", "x"))))
                .hasMessage("Cannot load shop.log: load has no key strem");
    }
}
