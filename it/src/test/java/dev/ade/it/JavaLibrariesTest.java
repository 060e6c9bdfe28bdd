package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.AdeException;
import dev.ade.spi.Lake;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Java models and sources with libraries: jars and sources in `lib/`, and Maven coordinates.
class JavaLibrariesTest {
    /// Of this build, whatever version it is of, and so on every machine that tests.
    private static final String LIBRARY = "org.opentest4j:opentest4j:" + version();

    private static final String MODEL =
            """
            import dev.ade.code.*;
            import org.opentest4j.ValueWrapper;

            @Reads("numbers")
            public class Wrapped implements BatchModel<Wrapped.In, Wrapped.Out> {
                public record In(long n) {}

                public record Out(long n, String text) {}

                @Override
                public void map(Batch<In> batch, Output<Out> out) {
                    batch.forEach(in -> out.add(new Out(in.n(), ValueWrapper.create(in.n()).getStringRepresentation())));
                }
            }
            """;

    private static final String MARK =
            """
            import dev.ade.code.*;

            @Reads("numbers")
            public class Marked implements BatchModel<Marked.In, Marked.Out> {
                public record In(long n) {}

                public record Out(long n, String mark) {}

                @Override
                public void map(Batch<In> batch, Output<Out> out) {
                    batch.forEach(in -> out.add(new Out(in.n(), marks.Mark.of(in.n()))));
                }
            }
            """;

    private Path folder;
    private Estate estate;

    private static String version() {
        try {
            return Class.forName("org.opentest4j.AssertionFailedError")
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .getPath()
                    .replaceFirst(".*/opentest4j-(.*)[.]jar", "$1");
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("JUnit brings it", e);
        }
    }

    @BeforeEach
    void write_numbers(@TempDir Path temp) {
        folder = temp;
        estate =
                new Estate(temp)
                        .file(
                                "shop/models/numbers.sql",
                                "{{ config(materialized='table') }} select range as n from range(3)");
    }

    @Test
    void a_model_uses_a_library_of_a_coordinate() throws IOException {
        estate.file("shop/models/Wrapped.java", MODEL).file("ade.yml", settings(LIBRARY));
        estate.published();

        assertThat(estate.sql("from shop.wrapped order by n")).containsExactly("0|0", "1|1", "2|2");
        assertThat(Files.readString(folder.resolve("ade.lock"))).contains(LIBRARY + "\n  ");
        assertThat(estate.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);
    }

    @Test
    void a_source_uses_a_library_of_a_coordinate() {
        estate.file("ade.yml", settings(LIBRARY))
                .file(
                        "sources/Values.java",
                        """
                        import dev.ade.code.*;
                        import org.opentest4j.ValueWrapper;

                        public class Values implements JavaSource<Values.Row> {
                            record Row(String text) {}

                            @Override
                            public void read(Asked asked, Sink<Row> sink) {
                                sink.add(new Row(ValueWrapper.create(7).getStringRepresentation()));
                            }
                        }
                        """)
                .file(
                        "post/sources.yml",
                        """
                        sources:
                          - name: post
                            tables:
                              - {name: texts, load: {java: sources/Values.java}}
                        """);
        estate.published();

        assertThat(estate.sql("select text from post.texts")).containsExactly("7");
    }

    @Test
    void a_package_that_is_missing_names_the_line_to_add() {
        estate.file("shop/models/Wrapped.java", MODEL);

        assertThatThrownBy(() -> estate.run())
                .hasMessage(
                        "Cannot compile shop/models/Wrapped.java: package org.opentest4j does not exist")
                .satisfies(e ->
                        assertThat(((AdeException) e).nextStep())
                                .startsWith(
                                        "Name the library that has org.opentest4j in ade.yml: libraries: [org.opentest4j:opentest4j:"));
    }

    @Test
    void a_class_that_is_not_imported_names_the_import() {
        estate.file(
                "shop/models/Marked.java",
                MARK.replace("import dev.ade.code.*;", "")
                        .replace("String mark", "LocalDate mark")
                        .replace("marks.Mark.of(in.n())", "LocalDate.ofEpochDay(in.n())"));

        assertThatThrownBy(() -> estate.run())
                .hasMessageStartingWith(
                        "Cannot compile shop/models/Marked.java: cannot find symbol, symbol: class ")
                .satisfies(e ->
                        assertThat(((AdeException) e).nextStep().lines().findFirst())
                                .contains(
                                        "Add import dev.ade.code.*; import java.time.LocalDate;"));
    }

    @Test
    void a_library_that_is_not_there_is_said_of_the_settings() throws IOException {
        estate.file("shop/models/Wrapped.java", MODEL)
                .file("ade.yml", settings("dev.ade.none:none:1"));

        assertThatThrownBy(() -> estate.run())
                .hasMessageStartingWith("Cannot fetch dev.ade.none:none:1: Maven says: Could not ")
                .satisfies(e -> assertThat(((AdeException) e).location()).hasToString("ade.yml"));
        forget(Path.of(System.getProperty("user.home"), ".m2/repository/dev/ade/none"));
    }

    /// Maven notes what it did not find.
    private static void forget(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }

    @Test
    void what_is_no_coordinate_is_said_with_its_line() {
        estate.file("ade.yml", settings("org.opentest4j:opentest4j:[1,2)"));

        assertThatThrownBy(() -> estate.run())
                .hasMessage(
                        "Cannot use library org.opentest4j:opentest4j:[1,2): '[1,2)' is not one version")
                .satisfies(
                        e -> assertThat(((AdeException) e).location()).hasToString("ade.yml:1:12"));
    }

    @Test
    void code_sees_its_libraries_and_not_those_of_ade() {
        estate.file(
                "shop/models/Marked.java",
                MARK.replace("marks.Mark.of(in.n())", "find(\"org.duckdb.DuckDBDriver\")")
                        .replace(
                                "    @Override",
                                """
                                static String find(String name) {
                                    try {
                                        return Class.forName(name).getName();
                                    } catch (ClassNotFoundException e) {
                                        return "none";
                                    }
                                }

                                @Override\
                                """));
        estate.published();

        assertThat(estate.sql("select distinct mark from shop.marked")).containsExactly("none");
    }

    @Test
    void a_change_of_a_jar_in_lib_builds_models_again() throws IOException {
        estate.file("shop/models/Marked.java", MARK);
        jar("a");
        estate.published();
        assertThat(estate.sql("from shop.marked order by n"))
                .containsExactly("0|a0", "1|a1", "2|a2");
        assertThat(estate.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);

        jar("b");
        estate.published();
        assertThat(estate.sql("from shop.marked order by n"))
                .containsExactly("0|b0", "1|b1", "2|b2");
    }

    @Test
    void a_change_of_coordinates_builds_models_again() {
        estate.file(
                        "lib/marks/Mark.java",
                        "package marks; public class Mark { public static String of(long n) { return \"m\" + n; } }")
                .file("shop/models/Marked.java", MARK);
        estate.published();
        assertThat(estate.run().state()).isEqualTo(Lake.RunState.NOTHING_TO_DO);

        estate.file("ade.yml", settings(LIBRARY));
        assertThat(estate.published().results())
                .anyMatch(result -> result.step().dataset().name().equals("marked"));
    }

    private static String settings(String library) {
        return "libraries: ['%s']\n".formatted(library);
    }

    /// `lib/marks.jar` with a class that writes a letter before a number.
    private void jar(String letter) throws IOException {
        Path source = folder.resolve("work/Mark.java");
        Files.createDirectories(source.getParent());
        Files.writeString(
                source,
                "package marks; public class Mark { public static String of(long n) { return \"%s\" + n; } }"
                        .formatted(letter));
        int status =
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-d",
                                folder.resolve("work").toString(),
                                source.toString());
        assertThat(status).isZero();
        Files.createDirectories(folder.resolve("lib"));
        try (OutputStream out = Files.newOutputStream(folder.resolve("lib/marks.jar"));
                JarOutputStream jar = new JarOutputStream(out)) {
            jar.putNextEntry(new JarEntry("marks/Mark.class"));
            jar.write(Files.readAllBytes(folder.resolve("work/marks/Mark.class")));
            jar.closeEntry();
        }
        Files.delete(source);
    }
}
