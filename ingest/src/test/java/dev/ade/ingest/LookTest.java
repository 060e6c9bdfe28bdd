package dev.ade.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.ColumnSpec;
import dev.ade.model.Fingerprint;
import dev.ade.model.Intervals;
import dev.ade.model.LoadSpec;
import dev.ade.model.LoadSpec.Format;
import dev.ade.model.LoadSpec.Mode;
import dev.ade.model.LoadSpec.RejectLimit;
import dev.ade.model.SourceTable;
import dev.ade.model.Type;
import dev.ade.spi.Batch;
import dev.ade.spi.Loader;
import dev.ade.spi.Loader.Inbox;
import dev.ade.spi.Loader.Item;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LookTest {
    private static final Instant THEN = Instant.parse("2026-11-01T00:00:00Z");

    @TempDir Path folder;
    private Path root;
    private FileLoader loader;

    @BeforeEach
    void make_a_project() throws IOException {
        root = Files.createDirectory(folder.resolve("project"));
        loader =
                new FileLoader(root, new PlainPrivacy(), Clock.systemUTC(), root.resolve("stages"));
    }

    @Test
    void finds_files_by_name_and_leaves_hidden_and_unfinished_ones_alone() throws IOException {
        for (String name :
                List.of(
                        "b.csv",
                        "a.csv.gz",
                        "x/y/c.tsv",
                        ".d.csv",
                        "_e.csv",
                        "f.csv.part",
                        ".git/g.csv",
                        "readme.md")) {
            write("in/" + name, name);
        }
        assertThat(origins(look(source("in"), List.of()).fresh()))
                .containsExactly("in/a.csv.gz", "in/b.csv", "in/x/y/c.tsv");
        assertThat(origins(look(source("in/**/*.{csv,tsv}"), List.of()).fresh()))
                .containsExactly("in/b.csv", "in/x/y/c.tsv");
        assertThat(origins(look(source(root.resolve("in/b.csv").toString()), List.of()).fresh()))
                .containsExactly("in/b.csv");
    }

    @Test
    void says_where_it_looked_when_nothing_matches() throws IOException {
        write("in/a.csv", "x");
        assertThat(look(source("in/*.json"), List.of()).news())
                .contains("Cannot load shop.orders: no file matches 'in/*.json' in in");
        assertThat(look(source("out/*.json"), List.of()).news())
                .contains(
                        "Cannot load shop.orders: no file matches 'out/*.json' in out, which is not there");
        assertThat(look(source("in/b.csv"), List.of()).news())
                .contains("Cannot load shop.orders: no file matches 'in/b.csv' in in");
    }

    @Test
    void a_folder_that_is_emptied_after_a_load_brings_nothing() throws IOException {
        Path file = write("in/a.csv", "a\n1\n");
        for (String pattern : List.of("in/*.csv", "in", "in/a.csv")) {
            write("in/a.csv", "a\n1\n");
            SourceTable source = source(pattern);
            Inbox first = look(source, List.of());
            List<Batch> known = List.of(batch(source, first.fresh().getFirst()));
            Files.delete(file);

            Inbox emptied = look(source, known);
            assertThat(emptied.isEmpty()).isTrue();
            assertThat(emptied.news()).isEmpty();
            assertThat(emptied.version()).isEqualTo(first.version());
            assertThat(look(source("in/*.json"), known).news()).isPresent();
            assertThat(look(source(pattern, Mode.REPLACE), known).news()).isPresent();
        }
        Files.delete(file.getParent());
        assertThat(look(source("in/*.csv"), List.of()).news()).isPresent();
    }

    @Test
    void stays_in_the_project_unless_a_path_is_absolute() throws IOException {
        Path outside = Files.writeString(folder.resolve("secret.csv"), "a\n1\n");
        Files.createDirectory(root.resolve("in"));
        Files.createSymbolicLink(root.resolve("in/link.csv"), outside);
        assertThatThrownBy(() -> look(source("../*.csv"), List.of()))
                .hasMessage("Cannot load shop.orders: '../*.csv' leaves the project");
        assertThatThrownBy(() -> look(source("in/*.csv"), List.of()))
                .hasMessage(
                        "Cannot load shop.orders: in/link.csv is a link that leaves the project");
        assertThat(look(source(root + "/in/*.csv"), List.of()).fresh()).hasSize(1);
    }

    @Test
    void a_link_to_nothing_is_said_to_be_one() throws IOException {
        Files.createSymbolicLink(root.resolve("a.csv"), root.resolve("nothing"));
        assertThat(look(source("*.csv"), List.of()).news())
                .contains("Cannot read a.csv for shop.orders: it is a link to nothing");
    }

    @Test
    void a_name_without_a_known_format_needs_one() throws IOException {
        write("a.dat", "x");
        assertThatThrownBy(() -> look(source("*.dat"), List.of()))
                .hasMessage(
                        "Cannot load shop.orders: the format of a.dat does not follow from its name");
    }

    @Test
    void a_known_file_is_unchanged_without_being_read() throws IOException {
        Path file = write("a.csv", "a\n1\n");
        SourceTable source = source("*.csv");
        Batch batch = batch(source, look(source, List.of()).fresh().getFirst());
        Files.writeString(file, "a\n2\n");
        Files.setLastModifiedTime(file, FileTime.from(THEN));
        assertThat(look(source, List.of(batch)).unchanged()).hasSize(1);
    }

    @Test
    void a_touched_or_renamed_file_is_unchanged_and_a_changed_one_is_not() throws IOException {
        Path file = write("a.csv", "a\n1\n");
        SourceTable source = source("*.csv");
        Inbox first = look(source, List.of());
        Batch batch = batch(source, first.fresh().getFirst());
        Files.setLastModifiedTime(file, FileTime.from(THEN.plusSeconds(60)));
        assertThat(look(source, List.of(batch)).isEmpty()).isTrue();
        Files.move(file, root.resolve("b.csv"));
        Inbox renamed = look(source, List.of(batch));
        assertThat(renamed.isEmpty()).isTrue();
        assertThat(renamed.gone()).isEmpty();
        assertThat(renamed.version()).isEqualTo(first.version());
        write("a.csv", "a\n1\n2\n");
        Files.delete(root.resolve("b.csv"));
        Inbox changed = look(source, List.of(batch));
        assertThat(origins(changed.changed())).containsExactly("a.csv");
        assertThat(changed.version()).isNotEqualTo(first.version());
    }

    @Test
    void a_changed_declaration_reloads_and_a_changed_description_does_not() throws IOException {
        write("a.csv", "a\n1\n");
        SourceTable source = source("*.csv");
        Batch batch = batch(source, look(source, List.of()).fresh().getFirst());
        SourceTable typed =
                Sources.of(
                        "shop.orders",
                        (LoadSpec.Files) source.load(),
                        column("a", "integer", "what it is"));
        Inbox inbox = look(typed, List.of(batch));
        assertThat(inbox.changed()).hasSize(1);
        SourceTable described =
                Sources.of(
                        "shop.orders",
                        (LoadSpec.Files) source.load(),
                        column("a", "integer", "else"));
        assertThat(look(described, List.of()).contract()).isEqualTo(inbox.contract());
    }

    @Test
    void a_file_that_is_gone_keeps_its_rows_in_append_and_not_in_replace() throws IOException {
        Path file = write("a.csv", "a\n1\n");
        write("b.csv", "a\n2\n");
        SourceTable source = source("*.csv");
        Inbox both = look(source, List.of());
        List<Batch> known = both.fresh().stream().map(item -> batch(source, item)).toList();
        Files.delete(file);
        Inbox one = look(source, known);
        assertThat(one.gone()).containsExactly("a.csv");
        assertThat(one.version()).isEqualTo(both.version());
        SourceTable replacing = source("*.csv", Mode.REPLACE);
        assertThat(look(replacing, known).version())
                .isNotEqualTo(look(replacing, List.of(known.getFirst())).version().hex());
    }

    @Test
    void two_files_of_one_content_are_one_batch() throws IOException {
        write("a.csv", "a\n1\n");
        write("copy.csv", "a\n1\n");
        Inbox inbox = look(source("*.csv"), List.of());
        assertThat(origins(inbox.fresh())).containsExactly("a.csv");
        assertThat(origins(inbox.unchanged())).containsExactly("copy.csv");
    }

    private Inbox look(SourceTable source, List<Batch> known) {
        return loader.look(source, new Loader.Known(known, Optional.empty(), Map.of()));
    }

    private static List<String> origins(List<Item> items) {
        return items.stream().map(Item::origin).toList();
    }

    private Path write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return Files.setLastModifiedTime(file, FileTime.from(THEN));
    }

    private static SourceTable source(String pattern) {
        return source(pattern, Mode.APPEND);
    }

    private static SourceTable source(String pattern, Mode mode) {
        return Sources.of(
                "shop.orders",
                new LoadSpec.Files(
                        List.of(pattern),
                        Format.AUTO,
                        mode,
                        List.of(),
                        Map.of(),
                        RejectLimit.DEFAULT));
    }

    private static ColumnSpec column(String name, String type, String description) {
        return new ColumnSpec(
                name,
                Optional.of(Type.parse(type)),
                ColumnSpec.Nullability.NULLABLE,
                Optional.empty(),
                description);
    }

    private Batch batch(SourceTable source, Item item) {
        Fingerprint contract = look(source, List.of()).contract();
        return new Batch(
                item.id(),
                item.origin(),
                item.bytes(),
                item.modifiedAt(),
                contract,
                THEN,
                1,
                1,
                0,
                Intervals.ALWAYS,
                1);
    }
}
