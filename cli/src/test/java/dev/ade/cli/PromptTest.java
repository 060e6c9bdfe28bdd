package dev.ade.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.Column;
import dev.ade.model.Fingerprint;
import dev.ade.model.RunId;
import dev.ade.model.Schema;
import dev.ade.model.TableName;
import dev.ade.model.Type;
import dev.ade.spi.DatasetState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jline.reader.EOFError;
import org.jline.reader.Parser.ParseContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptTest {
    private static DatasetState dataset(String name, String... columns) {
        Fingerprint version = Fingerprint.of("test", name);
        return new DatasetState(
                TableName.parse(name),
                DatasetState.Kind.TABLE,
                version,
                version,
                new Schema(
                        List.of(columns).stream()
                                .map(it -> new Column(it, Type.Simple.VARCHAR))
                                .toList()),
                OptionalLong.of(1),
                3,
                100,
                1,
                new RunId(1),
                Instant.EPOCH,
                Map.of());
    }

    private final PromptCompleter completer =
            new PromptCompleter(() ->
                    List.of(
                            dataset("shop.orders", "order_id", "amount"),
                            dataset("shop.customers", "email")));

    @Test
    void sql_is_complete_at_its_semicolon() {
        assertThat(PromptParser.isComplete("select 1;")).isTrue();
        assertThat(PromptParser.isComplete("select 1")).isFalse();
        assertThat(PromptParser.isComplete("select ';")).isFalse();
        assertThat(PromptParser.isComplete("select 1; -- done")).isTrue();
        assertThat(PromptParser.isComplete("\\d")).isTrue();
        assertThat(PromptParser.isComplete(" ")).isTrue();
        assertThat(PromptParser.isComplete("exit")).isTrue();
    }

    @Test
    void words_of_other_prompts_are_understood() {
        assertThat(PromptParser.command("\\rows 5")).contains("\\rows 5");
        assertThat(PromptParser.command(" exit; ")).contains("\\q");
        assertThat(PromptParser.command(".tables")).contains("\\d");
        assertThat(PromptParser.command("select 1;")).isEmpty();
    }

    @Test
    void an_incomplete_statement_asks_for_another_line() {
        PromptParser parser = new PromptParser();

        assertThatThrownBy(() -> parser.parse("select", 6, ParseContext.ACCEPT_LINE))
                .isInstanceOf(EOFError.class);
        assertThat(parser.parse("select", 6, ParseContext.COMPLETE).word()).isEqualTo("select");
    }

    @Test
    void the_word_at_the_cursor_has_its_dots() {
        var line = new PromptParser().parse("from shop.or where", 12, ParseContext.COMPLETE);

        assertThat(line.word()).isEqualTo("shop.or");
        assertThat(line.wordCursor()).isEqualTo(7);
    }

    @Test
    void datasets_and_keywords_complete() {
        assertThat(completer.words("from sh", "sh"))
                .contains("shop.orders", "shop.customers", "select")
                .doesNotContain("amount", "email");
    }

    @Test
    void columns_complete_once_their_dataset_is_named() {
        assertThat(completer.words("select  from shop.orders", ""))
                .contains("amount", "order_id")
                .doesNotContain("email");
    }

    @Test
    void keywords_follow_the_case_that_is_typed() {
        assertThat(completer.words("SEL", "SEL")).contains("SELECT").doesNotContain("select");
    }

    @Test
    void commands_of_the_prompt_complete_alone() {
        assertThat(completer.words("\\", "\\")).contains("\\d", "\\q").doesNotContain("select");
        assertThat(completer.words("\\d sh", "sh"))
                .contains("shop.orders")
                .doesNotContain("select");
    }

    @Test
    void history_lies_with_the_state_of_the_project(@TempDir Path root) throws Exception {
        Path home = Path.of(System.getProperty("user.home"));
        assertThat(Prompt.history(root)).isEqualTo(home.resolve(".ade/history"));

        Files.createDirectory(root.resolve(".ade"));

        assertThat(Prompt.history(root)).isEqualTo(root.resolve(".ade/history"));
    }
}
