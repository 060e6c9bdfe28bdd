package dev.ade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.model.AdeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

class CommandTreeTest {
    private static List<CommandLine> all(CommandLine line) {
        List<CommandLine> all = new ArrayList<>(List.of(line));
        line.getSubcommands().values().forEach(sub -> all.addAll(all(sub)));
        return all;
    }

    private static List<CommandLine> all() {
        CommandTree tree = new CommandTree(TestShell.closed().shell());
        return all(tree.commandLine(List.of(CommandTree.Entry.values())));
    }

    @Test
    void every_command_has_a_description_and_an_example() {
        assertThat(all()).hasSizeGreaterThan(14);
        for (CommandLine line : all()) {
            String name = line.getCommandSpec().qualifiedName();
            String help = line.getUsageMessage();
            assertThat(help).as(name).contains("Example").contains("-h, --help");
            assertThat(line.getCommandSpec().usageMessage().description()).as(name).isNotEmpty();
        }
    }

    @Test
    void examples_call_the_command_they_are_of() {
        for (CommandLine line : all()) {
            String name = line.getCommandSpec().qualifiedName();
            assertThat(line.getCommandSpec().usageMessage().footer())
                    .as(name)
                    .anyMatch(it -> it.startsWith("  " + name));
        }
    }

    @Test
    void help_goes_to_the_output_with_status_0() {
        TestShell shell = TestShell.closed();

        assertThat(shell.run("run", "--help")).isZero();
        assertThat(shell.out()).startsWith("Usage: ade run").contains("--restate");
        assertThat(shell.err()).isEmpty();
    }

    @Test
    void help_of_nested_commands_works() {
        TestShell shell = TestShell.closed();

        assertThat(shell.run("source", "add", "--help")).isZero();
        assertThat(shell.out()).startsWith("Usage: ade source add");
    }

    @Test
    void nothing_asked_says_which_commands_there_are_and_fails() {
        TestShell shell = TestShell.closed();

        assertThat(shell.run()).isEqualTo(2);
        assertThat(shell.out()).contains("run", "sql", "privacy", "doctor");
    }

    @Test
    void an_unknown_option_is_the_persons_turn() {
        TestShell shell = TestShell.closed();

        assertThat(shell.run("run", "--nope")).isEqualTo(2);
        assertThat(shell.err())
                .isEqualTo("error: Unknown option: '--nope'\n  See ade run --help\n");
    }

    @Test
    void an_unknown_command_is_the_persons_turn() {
        TestShell shell = TestShell.closed();

        assertThat(shell.run("rnu")).isEqualTo(2);
        assertThat(shell.err()).startsWith("error: ").contains("rnu", "See ade --help");
    }

    @Test
    void a_missing_project_folder_is_the_persons_turn() {
        TestShell shell = TestShell.closed();

        assertThat(shell.run("run", "-p", "/no/such/folder")).isEqualTo(2);
        assertThat(shell.err())
                .isEqualTo(
                        """
                        error: Cannot open the project /no/such/folder: there is no such folder
                          Give a folder with -p, or make a project with ade init
                        """);
    }

    @ParameterizedTest
    @EnumSource(AdeException.Kind.class)
    void the_kind_of_an_error_is_the_exit_status(AdeException.Kind kind) {
        TestShell shell =
                new TestShell(_ -> {
                    throw of(kind);
                });

        assertThat(shell.run("status")).isEqualTo(kind.exitStatus());
        assertThat(shell.err()).startsWith("error: Cannot do it").doesNotContain("\tat ");
    }

    private static AdeException of(AdeException.Kind kind) {
        return switch (kind) {
            case USER -> AdeException.user("Cannot do it", "Do this");
            case DATA -> AdeException.data("Cannot do it", "Do this");
            case CONFLICT -> AdeException.conflict("Cannot do it", "Do this");
            case RESOURCE -> AdeException.resource("Cannot do it", "Do this");
            case UNKNOWN -> AdeException.unknown("Cannot do it", "Do this");
            case CANCELLED -> AdeException.cancelled("Cannot do it");
            case INTERNAL ->
                    AdeException.internal("Cannot do it", new IllegalStateException("inside"));
        };
    }

    @Test
    void what_nobody_foresaw_is_a_defect_of_ade() {
        TestShell shell =
                new TestShell(_ -> {
                    throw new IllegalStateException("odd");
                });

        assertThat(shell.run("status")).isEqualTo(70);
        assertThat(shell.err())
                .isEqualTo(
                        """
                        error: Cannot go on: java.lang.IllegalStateException: odd
                          This is a defect of ADE: please report it
                        """);
    }

    @Test
    void stack_traces_show_only_when_asked_for() {
        TestShell shell =
                new TestShell(
                        _ -> {
                            throw AdeException.user("Cannot do it", "Do this");
                        },
                        "",
                        Map.of("ADE_DEBUG", "1"));

        assertThat(shell.run("status")).isEqualTo(2);
        assertThat(shell.err()).contains("error: Cannot do it\n  Do this\n", "\tat dev.ade.cli");
    }

    @Test
    void version_opens_nothing() {
        TestShell shell = TestShell.closed();

        assertThat(shell.run("version")).isZero();
        assertThat(shell.out()).matches("ade [0-9].*, Java 2[5-9].*\n");
        assertThat(shell.run("--version")).isZero();
    }
}
