package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.app.Ade;
import dev.ade.run.RunListener;
import dev.ade.run.RunReport;
import dev.ade.spi.Lake;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Taps, from a declaration to published rows.
class SingerSourcesTest {
    private static final String TAP =
            """
            import json, os, sys, time
            schema = {"properties": {"id": {"type": "integer"}}}
            if "--discover" in sys.argv:
                print(json.dumps({"streams": [{"tap_stream_id": "log", "stream": "log", "schema": schema}]}))
                sys.exit(0)
            print(json.dumps({"type": "SCHEMA", "stream": "log", "schema": schema, "key_properties": ["id"]}))
            print(json.dumps({"type": "RECORD", "stream": "log", "record": {"id": 1}}), flush=True)
            if json.load(open(sys.argv[2]))["hangs"]:
                open("new", "w").write(str(os.getpid()))
                os.rename("new", "begun")
                time.sleep(600)
            """;

    private Estate estate;

    @BeforeEach
    void write_tap(@TempDir Path temp) {
        estate = new Estate(temp).file("tap.py", TAP);
    }

    private void source(String hangs) {
        estate.file(
                "shop/sources.yml",
                """
                sources:
                  - name: shop
                    tables:
                      - name: log
                        load: {singer: [python3, tap.py], config: {hangs: %s}, mode: merge, key: [id]}
                """
                        .formatted(hangs));
    }

    @Test
    void a_tap_is_a_source() {
        source("false");
        estate.published();
        estate.published();
        assertThat(estate.sql("select id, _source like 'log at %' from shop.log"))
                .containsExactly("1|true");
        assertThat(estate.verified()).isEqualTo("EQUAL 1");

        estate.file("tap.py", TAP.replace("\"record\": {\"id\": 1}", "\"record\": {\"id\": 2}"));

        assertThat(estate.verified()).isEqualTo("DIFFERENT 1 MISSING 1 GONE 1");
    }

    @Test
    void a_cancelled_run_leaves_no_process_and_no_file() throws Exception {
        source("true");
        Path begun = estate.root().resolve("begun");
        try (Ade ade = estate.open();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<RunReport> run =
                    threads.submit(() -> ade.run(Estate.request(), RunListener.NONE));
            while (!Files.exists(begun)) {
                Thread.onSpinWait();
            }
            ade.cancel();
            assertThat(run.get(1, TimeUnit.MINUTES).state()).isEqualTo(Lake.RunState.CANCELLED);
        }
        long pid = Long.parseLong(Files.readString(begun));
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
        try (Stream<Path> left = Files.walk(estate.root().resolve(".ade"))) {
            assertThat(left.map(Path::getFileName).map(Path::toString))
                    .doesNotContain("config.json", "catalog.json");
        }
    }
}
