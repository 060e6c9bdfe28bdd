package dev.ade.ingest;

import dev.ade.ingest.rest.RestConnector;
import dev.ade.model.ColumnSpec;
import dev.ade.model.LoadSpec;
import dev.ade.model.LoadSpec.Mode;
import dev.ade.model.LoadSpec.RejectLimit;
import dev.ade.model.SourceTable;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// Each test with an API of its own, and a clock that only waiting moves.
abstract class InApi extends InYard {
    ApiServer api;
    Path kept;
    final List<Duration> waits = new ArrayList<>();
    private Instant now = Yard.NOW;

    @BeforeEach
    final void begin(@org.junit.jupiter.api.io.TempDir Path folder) {
        api = new ApiServer();
        kept = folder.resolve("kept");
        yard.connect(connector());
    }

    RestConnector connector() {
        return new RestConnector(
                kept,
                new Moved(),
                time -> {
                    waits.add(time);
                    now = now.plus(time);
                },
                new Random(7));
    }

    @AfterEach
    final void end() {
        api.close();
    }

    private final class Moved extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    /// @param settings keys and values by turns
    static Map<String, Object> with(Map<String, Object> base, Object... settings) {
        Map<String, Object> all = new HashMap<>(base);
        for (int i = 0; i < settings.length; i += 2) {
            all.put((String) settings[i], settings[i + 1]);
        }
        return all;
    }

    Map<String, Object> rest(String path, Object... settings) {
        return with(Map.of("rest", api.url() + path), settings);
    }

    static SourceTable replaced(Map<String, Object> settings, ColumnSpec... columns) {
        return source(Mode.REPLACE, settings, List.of(), columns);
    }

    static SourceTable merged(Map<String, Object> settings, String key) {
        return source(Mode.MERGE, settings, List.of(key));
    }

    static SourceTable source(
            Mode mode, Map<String, Object> settings, List<String> key, ColumnSpec... columns) {
        return Sources.of(
                "shop.orders",
                new LoadSpec.Outside(
                        LoadSpec.SystemKind.REST, settings, mode, key, RejectLimit.DEFAULT),
                columns);
    }
}
