package dev.ade.duck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.AdeException;
import dev.ade.spi.Cursor;
import dev.ade.spi.Engine;
import dev.ade.spi.QueryLimits;
import dev.ade.spi.Relations;
import dev.ade.spi.Session;
import dev.ade.testkit.EngineContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DuckEngineTest extends EngineContract {
    private static final QueryLimits LIMITS = new QueryLimits(Duration.ofMinutes(1), 10);

    @Override
    protected Engine open(Path scratch) {
        return Engines.open(scratch);
    }

    @Test
    void a_locked_session_does_not_see_what_others_spill() throws IOException {
        Path spill = folder.resolve("scratch/spill");
        Path stage = Files.createDirectories(spill.resolve("stages/1"));
        Path rows = Files.writeString(stage.resolve("000000.csv"), "email\nann@example.org\n");
        try (Engine engine = Engines.open(folder.resolve("scratch"))) {
            for (String attempt : List.of(rows.toString(), spill + "/**/*.csv")) {
                try (Session session = engine.openLocked(Relations.none(), LIMITS)) {
                    assertThatThrownBy(() -> rows(session, "from '%s'".formatted(attempt)))
                            .as(attempt)
                            .isInstanceOf(AdeException.class);
                }
            }
        }
    }

    @Test
    void what_a_killed_query_wrote_is_gone_after_the_next_and_an_engine_leaves_nothing()
            throws IOException {
        Path scratches = folder.resolve("scratch/spill/scratch");
        Path killed = Files.createDirectories(scratches.resolve("killed/own"));
        Files.writeString(killed.resolve("out.csv"), "rows");
        Files.writeString(scratches.resolve("killed/lock"), "");
        try (Engine engine = Engines.open(folder.resolve("scratch"));
                Session session = engine.openLocked(Relations.none(), LIMITS)) {
            assertThat(rows(session, "select 1")).isEqualTo(List.of(List.of(1)));
            assertThat(scratches.resolve("killed")).doesNotExist();
        }
        try (Stream<Path> left = Files.list(scratches)) {
            assertThat(left).isEmpty();
        }
    }

    private static List<List<@Nullable Object>> rows(Session session, String query) {
        try (Cursor cursor = session.query(query)) {
            return cursor.all(10);
        }
    }
}
