package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.app.Ade;
import dev.ade.run.RunListener;
import dev.ade.run.RunReport;
import dev.ade.run.StepResult;
import dev.ade.spi.Lake;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sources written in Java, from a file to published rows.
class JavaSourcesTest {
    private static final String MAILS =
            """
            import dev.ade.code.*;
            import java.nio.file.*;
            import java.util.*;

            public class Mails implements JavaSource<Mails.Mail> {
                record Mail(String file, String subject, int lines, @Digits(precision = 6, scale = 2) java.math.BigDecimal kilobytes) {}

                @Override
                public void read(Asked asked, Sink<Mail> sink) throws Exception {
                    String last = asked.position().orElse("");
                    Path folder = asked.project().resolve(asked.setting("folder"));
                    try (var files = Files.list(folder)) {
                        for (Path file : files.sorted().toList()) {
                            String name = file.getFileName().toString();
                            if (name.compareTo(last) > 0) {
                                sink.part(name);
                                List<String> lines = Files.readAllLines(file);
                                sink.add(new Mail(name, subject(lines), lines.size(), kilobytes(file)));
                                sink.next(name);
                            }
                        }
                    }
                }

                private static java.math.BigDecimal kilobytes(Path file) throws Exception {
                    return java.math.BigDecimal.valueOf(Files.size(file)).movePointLeft(2);
                }

                private static String subject(List<String> lines) {
                    return lines.stream().filter(line -> line.startsWith("Subject: ")).findFirst().orElseThrow().substring(9);
                }
            }
            """;

    private Estate estate;

    @BeforeEach
    void write_mails(@TempDir Path temp) {
        estate =
                new Estate(temp)
                        .file("mails/1.eml", "From: a\nSubject: Hello\n\nHi\n")
                        .file("mails/2.eml", "Subject: Again\n");
    }

    private Estate source(String file, String load, String code) {
        return estate.file(
                        "post/sources.yml",
                        """
                        sources:
                          - name: post
                            tables:
                              - name: mails
                                load: {java: sources/%s, %s}
                                privacy: {undeclared: keep}
                        """
                                .formatted(file, load))
                .file("sources/" + file, code);
    }

    private static StepResult failed(RunReport report) {
        assertThat(report.state()).isNotEqualTo(Lake.RunState.PUBLISHED);
        return report.results().getFirst();
    }

    @Test
    void reads_what_came_since_and_everything_again_where_the_code_changed() {
        source("Mails.java", "folder: mails, mode: append", MAILS);
        estate.published();
        assertThat(
                        estate.sql(
                                "select file, subject, lines, kilobytes, _source like '%.eml at %' from post.mails order by 1"))
                .containsExactly("1.eml|Hello|4|0.27|true", "2.eml|Again|1|0.15|true");

        estate.file("mails/3.eml", "Subject: Third\n");
        estate.published();
        assertThat(estate.sql("select count(*), count(distinct _loaded_at) from post.mails"))
                .containsExactly("3|2");

        estate.published();
        assertThat(estate.sql("select count(*), count(distinct _loaded_at) from post.mails"))
                .containsExactly("3|2");

        assertThat(estate.verified()).isEqualTo("EQUAL 3");
        estate.file("mails/2.eml", "Subject: Other\n");
        assertThat(estate.verified()).isEqualTo("DIFFERENT 3 MISSING 1 GONE 1");

        source("Mails.java", "folder: mails, mode: append", MAILS.replace("lines.size()", "-1"));
        estate.published();
        assertThat(estate.sql("select sum(lines), count(distinct _loaded_at) from post.mails"))
                .containsExactly("-3|1");

        estate.file("lib/Unused.java", "class Unused {}");
        estate.published();
        assertThat(estate.sql("select count(*) from post.mails")).containsExactly("3");
    }

    @Test
    void publishes_nothing_where_the_code_fails_and_says_its_line() {
        source("Mails.java", "folder: mails, mode: append", MAILS);
        estate.published();
        estate.file("mails/3.eml", "Subject: Third\n").file("mails/4.eml", "nothing\n");

        StepResult failed = failed(estate.run());

        assertThat(failed.message())
                .contains("Cannot load post.mails: NoSuchElementException: No value present")
                .contains("sources/Mails.java:30");
        assertThat(estate.sql("select count(*) from post.mails")).containsExactly("2");
        estate.file("mails/4.eml", "Subject: Fourth\n").published();
        assertThat(estate.sql("select count(*) from post.mails")).containsExactly("4");
    }

    @Test
    void takes_maps_whose_columns_are_found_when_they_are_read() {
        source(
                "Any.java",
                "mode: replace",
                """
                import dev.ade.code.*;
                import java.time.*;
                import java.util.*;

                class Any implements JavaSource<Map<String, Object>> {
                    public void read(Asked asked, Sink<Map<String, Object>> sink) {
                        sink.add(Map.of("id", 1, "said", "a \\"word\\"\\n\\tand\\u0001 more", "tags", List.of("x", "y")));
                        sink.add(Map.of("id", 2L, "seen", Instant.parse("2026-01-02T03:04:05Z")));
                        sink.expect(2);
                    }
                }
                """);
        estate.published();
        assertThat(estate.sql("select id, said, tags, seen from post.mails order by id"))
                .containsExactly(
                        "1|a \"word\"\n\tand\u0001 more|[x, y]|null",
                        "2|null|null|2026-01-02T03:04:05Z");
    }

    @Test
    void columns_are_known_where_no_row_comes_and_lost_rows_are_noticed() {
        String empty =
                """
                import dev.ade.code.*;

                class Empty implements JavaSource<Empty.Row> {
                    record Row(long id, String name) {}

                    public void read(Asked asked, Sink<Row> sink) {
                        sink.expect(%d);
                    }
                }
                """;
        source("Empty.java", "mode: append", empty.formatted(0));
        estate.published();
        assertThat(estate.sql("select id, name from post.mails")).isEmpty();

        source("Empty.java", "mode: append", empty.formatted(7));
        assertThat(failed(estate.run()).message())
                .contains("Cannot load post.mails: the source has 7 rows, 0 were read");
    }

    @Test
    void what_is_no_source_fails_its_dataset_with_its_place() {
        source("Bad.java", "mode: append", "class Bad {\n    int x = y;\n}\n");
        assertThatRun("cannot find symbol", "sources/Bad.java:2:13");
        source("Bad.java", "mode: append", "class Bad {}");
        assertThatRun("no class in it implements JavaSource", "sources/Bad.java");
        source(
                "Bad.java",
                "mode: append",
                "abstract class Bad implements dev.ade.code.JavaSource<String> {}");
        assertThatRun("Cannot use Bad as a source: its rows are java.lang.String", "sources/Bad");
        estate.delete("sources/Bad.java");
        assertThatRun("there is no such file", "sources/Bad.java");
    }

    private void assertThatRun(String message, String place) {
        assertThat(failed(estate.run()).message()).contains(message).contains(place);
    }

    @Test
    void code_that_does_not_compile_stops_nothing_but_what_is_made_of_it() {
        source("Mails.java", "folder: mails, mode: append", MAILS);
        estate.file("post/models/subjects.sql", "select subject from post.mails")
                .file("post/models/one.sql", "select 1 as one")
                .published();
        source("Mails.java", "folder: mails, mode: append", MAILS.replace("sink.next", "sink.nxt"));
        estate.file("post/models/one.sql", "select 2 as one")
                .file("mails/3.eml", "Subject: Third\n");

        try (Ade ade = estate.open()) {
            assertThat(ade.plan(Estate.request()).toString())
                    .contains("cannot find symbol")
                    .contains("sources/Mails.java:19:");
        }
        RunReport report = estate.run();

        assertThat(report.exitStatus()).isNotZero();
        assertThat(report.results())
                .extracting(it -> it.step().dataset() + " " + it.state())
                .containsExactlyInAnyOrder(
                        "post.mails FAILED", "post.subjects SKIPPED", "post.one DONE");
        assertThat(estate.sql("select one, (select count(*) from post.mails) from post.one"))
                .containsExactly("2|2");

        source("Mails.java", "folder: mails, mode: append", MAILS);
        estate.published();
        assertThat(estate.sql("select count(*), count(distinct _loaded_at) from post.mails"))
                .containsExactly("3|2");
    }

    @Test
    void a_plan_says_how_a_record_differs_before_it_is_read() {
        source("Mails.java", "folder: mails, mode: append", MAILS);
        assertThat(planned()).isEmpty();
        estate.published();
        source(
                "Mails.java",
                "folder: mails, mode: append",
                MAILS.replace("String subject, int lines", "long lines, int size")
                        .replace("subject(lines), lines.size()", "lines.size(), 1"));

        assertThat(planned())
                .containsExactly(
                        "post.mails: column 'lines' is bigint instead of integer in the source; drift: evolve",
                        "post.mails: new column 'size' (integer) in the source; drift: evolve",
                        "post.mails: column 'subject' is not in the source; drift: evolve");
        assertThat(estate.published().results().getFirst().notes())
                .hasSize(3)
                .first()
                .asString()
                .startsWith("column 'lines' is bigint instead of integer in 1.eml");
        assertThat(planned()).isEmpty();

        source(
                "Mails.java",
                "folder: mails, mode: append",
                MAILS.replace("int lines", "Object lines"));
        assertThat(planned())
                .containsExactly(
                        "Cannot use 'lines' of Mail as a column: Object is not one of its types");
        source("Mails.java", "folder: mails, mode: append", "class Mails {");
        assertThat(planned()).isEmpty();
    }

    private List<String> planned() {
        try (Ade ade = estate.open()) {
            return ade.review(Estate.request()).plan().warnings();
        }
    }

    @Test
    void is_interrupted_where_the_run_is_cancelled() throws Exception {
        source(
                "Slow.java",
                "mode: append",
                """
                import dev.ade.code.*;
                import java.nio.file.*;

                class Slow implements JavaSource<Slow.Row> {
                    record Row(String name) {}

                    public void read(Asked asked, Sink<Row> sink) throws Exception {
                        sink.add(new Row("was" + asked.environment()));
                        Files.createFile(asked.project().resolve("begun"));
                        new java.util.concurrent.CountDownLatch(1).await();
                    }
                }
                """);
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
        assertThat(estate.stateContains("wasprod")).isFalse();
    }

    @Test
    void never_shows_what_came_from_the_environment() {
        source(
                "Leaky.java",
                "mode: append, token: '${PATH}'",
                """
                import dev.ade.code.*;
                import java.io.*;

                class Leaky implements JavaSource<Leaky.Row> {
                    record Row(String name) {}

                    public void read(Asked asked, Sink<Row> sink) throws IOException {
                        throw new IOException("refused: Bearer " + asked.setting("token"));
                    }
                }
                """);
        String message = failed(estate.run()).message();
        assertThat(message)
                .contains("Cannot load post.mails: IOException: refused: Bearer •••")
                .contains("sources/Leaky.java:8")
                .doesNotContain(System.getenv("PATH"));
    }
}
