package dev.ade.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.Fingerprint;
import dev.ade.model.LoadSpec;
import dev.ade.model.LoadSpec.Mode;
import dev.ade.model.LoadSpec.RejectLimit;
import dev.ade.model.Schema;
import dev.ade.model.SourceTable;
import dev.ade.model.Type;
import dev.ade.spi.Batch;
import dev.ade.spi.Connector;
import dev.ade.spi.Loader.Loaded;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutsideLoaderTest extends InYard {
    private final Log log = new Log();

    /// A system that keeps numbered entries; a position is how many were read.
    private static final class Log implements Connector {
        private final List<List<? extends @Nullable Object>> entries = new ArrayList<>();
        private final List<Map<String, Object>> asked = new ArrayList<>();
        private long lost;
        private boolean isDown;

        void add(@Nullable Object... entry) {
            entries.add(Arrays.asList(entry));
        }

        @Override
        public Set<String> manners() {
            return Set.of("rate");
        }

        @Override
        public Offer look(Request request) {
            int from = from(request);
            return entries.size() == from
                    ? Offer.NOTHING
                    : Offer.of("%d entries came".formatted(entries.size() - from));
        }

        private static int from(Request request) {
            return request.position().map(Integer::parseInt).orElse(0);
        }

        @Override
        public Outcome read(Request request, Stage stage) {
            asked.add(request.settings());
            int from = from(request);
            if (from < entries.size() || from == 0) {
                try (Rows rows = stage.rows("log from " + from, SCHEMA)) {
                    entries.subList(from, entries.size()).forEach(rows::add);
                    if (isDown) {
                        throw AdeException.resource("Cannot read the log: it is down", "Wait");
                    }
                }
            }
            return new Outcome(
                    Optional.of(String.valueOf(entries.size())),
                    OptionalLong.of(entries.size() - from + lost));
        }
    }

    private static final Schema SCHEMA =
            Schema.of(
                    new Column("id", Type.Simple.BIGINT), new Column("what", Type.Simple.VARCHAR));

    @BeforeEach
    void connect() {
        yard.connect(log);
    }

    private static SourceTable source(Mode mode, Map<String, Object> settings, String... key) {
        return Sources.of(
                "shop.log",
                new LoadSpec.Outside(
                        LoadSpec.SystemKind.JDBC,
                        settings,
                        mode,
                        Arrays.asList(key),
                        RejectLimit.DEFAULT));
    }

    private static SourceTable source(Mode mode, String... key) {
        return source(mode, Map.of("jdbc", "log"), key);
    }

    private List<String> rows() {
        return yard.sql("select id, what from shop.log order by id, what");
    }

    @Test
    void goes_on_where_the_last_published_reading_ended() throws IOException {
        SourceTable source = source(Mode.APPEND);
        log.add(1L, "a");
        log.add(2L, "b");
        assertThat(yard.look(source).news()).contains("it is not loaded yet");
        assertThat(yard.load(source).landed()).isEqualTo(2);
        assertThat(yard.look(source).isEmpty()).isTrue();

        log.add(3L, null);
        assertThat(yard.look(source).news()).contains("1 entries came");
        Loaded more = yard.load(source);

        assertThat(List.of(more.read(), more.landed())).containsExactly(1L, 1L);
        assertThat(rows()).containsExactly("1|a", "2|b", "3|null");
        assertThat(yard.sql("select count(distinct _batch_id) from shop.log")).containsExactly("2");
        assertThat(yard.staged()).isEmpty();
    }

    @Test
    void rows_that_come_again_alike_are_others() {
        SourceTable source = source(Mode.APPEND);
        log.add(1L, "ping");
        yard.load(source);
        for (int i = 0; i < 2; i++) {
            log.add(2L, "ping");
            yard.later();
            yard.load(source);
        }

        assertThat(rows()).containsExactly("1|ping", "2|ping", "2|ping");
    }

    @Test
    void a_row_that_is_again_what_it_was_is_another_version() {
        SourceTable source = source(Mode.MERGE, "id");
        List<Fingerprint> versions = new ArrayList<>();
        for (String what : List.of("first", "open", "paid", "open")) {
            log.add(1L, what);
            yard.later();
            yard.load(source);
            versions.add(yard.published().state(source.name()).orElseThrow().version());
        }

        assertThat(rows()).containsExactly("1|open");
        assertThat(versions).doesNotHaveDuplicates();
        assertThat(yard.published().batches(source.name()))
                .as("each reading has its own")
                .extracting(Batch::id)
                .hasSize(4)
                .doesNotHaveDuplicates();
    }

    @Test
    void another_pace_reads_nothing_again_and_another_place_all() {
        log.add(1L, "a");
        yard.load(source(Mode.APPEND, Map.of("jdbc", "log", "rate", 10)));

        assertThat(yard.look(source(Mode.APPEND, Map.of("jdbc", "log", "rate", 20))).isEmpty())
                .isTrue();
        assertThat(yard.look(source(Mode.APPEND, Map.of("jdbc", "log"))).isEmpty()).isTrue();
        assertThat(yard.look(source(Mode.APPEND, Map.of("jdbc", "other"))).news())
                .contains("its declaration changed");
    }

    @Test
    void begins_again_where_a_reading_was_not_published() throws IOException {
        SourceTable source = source(Mode.APPEND);
        log.add(1L, "a");
        log.isDown = true;
        assertThatThrownBy(() -> yard.load(source)).hasMessageContaining("it is down");
        assertThat(yard.staged()).isEmpty();

        log.isDown = false;
        yard.leaveStage();
        yard.load(source);

        assertThat(rows()).containsExactly("1|a");
        assertThat(yard.staged()).as("what a killed process left").isEmpty();
    }

    @Test
    void keeps_the_last_row_of_a_key() {
        SourceTable source = source(Mode.MERGE, "id");
        log.add(1L, "a");
        log.add(2L, "b");
        yard.load(source);
        log.add(1L, "c");
        yard.load(source);

        assertThat(rows()).containsExactly("1|c", "2|b");
    }

    @Test
    void a_full_refresh_of_a_merge_leaves_out_what_is_gone() {
        SourceTable source = source(Mode.MERGE, "id");
        log.add(1L, "a");
        log.add(2L, "b");
        yard.load(source);
        log.entries.removeFirst();
        log.add(2L, "c");
        yard.load(source);
        assertThat(rows()).containsExactly("1|a", "2|b");

        yard.refresh(source);

        assertThat(rows()).containsExactly("2|c");
        log.add(3L, "d");
        yard.load(source);
        assertThat(rows()).containsExactly("2|c", "3|d");
        log.entries.clear();
        yard.refresh(source);
        assertThat(rows()).as("of a table that is empty now").isEmpty();
    }

    @Test
    void another_declaration_of_a_merge_keeps_what_is_gone() {
        log.add(1L, "a");
        log.add(2L, "b");
        yard.load(source(Mode.MERGE, "id"));
        log.entries.removeFirst();

        yard.load(source(Mode.MERGE, Map.of("jdbc", "log", "table", "other"), "id"));

        assertThat(rows()).containsExactly("1|a", "2|b");
    }

    @Test
    void a_full_refresh_under_another_declaration_leaves_out_what_is_gone() {
        log.add(1L, "a");
        log.add(2L, "b");
        yard.load(source(Mode.MERGE, "id"));
        log.entries.removeFirst();

        yard.refresh(source(Mode.MERGE, Map.of("jdbc", "log", "table", "other"), "id"));

        assertThat(rows()).containsExactly("2|b");
    }

    @Test
    void keeps_the_last_row_of_a_key_in_a_part_of_many_rows() {
        SourceTable source = source(Mode.MERGE, "id");
        int keys = 7_000;
        int rounds = 60;
        for (long i = 0; i < (long) keys * rounds; i++) {
            log.add(i % keys, "round " + i / keys);
        }

        yard.load(source);

        assertThat(yard.sql("select what, count(*) from shop.log group by all order by all"))
                .containsExactly("round 59|7000");
    }

    @Test
    void replaces_all_and_has_the_same_version_for_the_same_rows() {
        SourceTable source = source(Mode.REPLACE);
        log.add(1L, "a");
        yard.load(source);
        var first = yard.published().state(source.name()).orElseThrow().version();
        yard.load(source);
        assertThat(yard.published().state(source.name()).orElseThrow().version()).isEqualTo(first);

        log.add(2L, "b");
        yard.load(source);

        assertThat(rows()).containsExactly("1|a", "2|b");
        assertThat(yard.published().state(source.name()).orElseThrow().version())
                .isNotEqualTo(first);
    }

    @Test
    void reads_everything_again_where_the_declaration_changed() {
        log.add(1L, "a");
        yard.load(source(Mode.APPEND));
        SourceTable other = source(Mode.APPEND, Map.of("jdbc", "log", "table", "other"));
        assertThat(yard.look(other).news()).contains("its declaration changed");

        yard.load(other);

        assertThat(rows()).containsExactly("1|a");
    }

    @Test
    void fails_where_the_source_counted_other_than_what_came() {
        log.add(1L, "a");
        log.lost = 1;

        assertThatThrownBy(() -> yard.load(source(Mode.APPEND)))
                .hasMessage("Cannot load shop.log: the source has 2 rows, 1 were read");
    }

    @Test
    void takes_secrets_from_the_environment_alone() {
        log.add(1L, "a");
        yard.environment("LOG_PASSWORD", "s3cret$1");
        SourceTable named =
                source(Mode.APPEND, Map.of("jdbc", "log", "password", "${LOG_PASSWORD}"));
        yard.load(named);
        assertThat(log.asked.getLast()).containsEntry("password", "s3cret$1");
        assertThat(named.load().toString()).doesNotContain("s3cret");

        assertThatThrownBy(() ->
                        yard.load(source(Mode.APPEND, Map.of("jdbc", "log", "password", "s3cret"))))
                .hasMessage("Cannot load shop.log: a secret is written into password of load");
        assertThatThrownBy(() ->
                        yard.load(
                                source(Mode.APPEND, Map.of("jdbc", "log", "credential", "me:it"))))
                .hasMessage("Cannot load shop.log: a secret is written into credential of load");
        assertThatThrownBy(() ->
                        yard.load(source(Mode.APPEND, Map.of("jdbc", "db://me:s3cret@host/x"))))
                .hasMessage("Cannot load shop.log: a secret is written into jdbc of load");
        assertThatThrownBy(() ->
                        yard.load(source(Mode.APPEND, Map.of("jdbc", "log", "password", "${NO}"))))
                .hasMessageContaining("the environment variable NO, which is not set");
    }
}
