package dev.ade.cli;

import dev.ade.app.Ade;
import dev.ade.app.Ade.ReadPoint;
import dev.ade.cli.console.Grid;
import dev.ade.cli.console.ResultFormat;
import dev.ade.cli.console.Screen;
import dev.ade.cli.console.Words;
import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.TableName;
import dev.ade.spi.DatasetState;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/// A conversation in SQL: statements end with a semicolon and may span lines; words that start with a backslash
/// are for the prompt itself.
final class Prompt {
    private static final int HISTORY_MAX = 5_000;
    private static final int ROWS_DEFAULT = 200;
    private static final String HELP =
            """
            \\d              datasets            \\d NAME     columns of one
            \\f FORMAT       table, csv, json, ndjson or markdown
            \\rows N         rows that are shown
            \\q              leave (or Ctrl-D)
            A statement ends with ; and may span lines. Tab completes. Ctrl-C stops a query.
            """;

    private final Shell shell;
    private final Ade ade;
    private final ReadPoint at;
    private final Path history;
    private ResultFormat format = ResultFormat.TABLE;
    private int rowsMax = ROWS_DEFAULT;
    private boolean leaving;

    /// @param history file of what was typed before
    Prompt(Shell shell, Ade ade, ReadPoint at, Path history) {
        this.shell = shell;
        this.ade = ade;
        this.at = at;
        this.history = history;
    }

    /// Where what was typed is kept: with the project's state, or with the person where there is none yet.
    static Path history(Path root) {
        Path state = root.resolve(".ade");
        return Files.isDirectory(state)
                ? state.resolve("history")
                : Path.of(System.getProperty("user.home", "."), ".ade", "history");
    }

    void talk() {
        try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
            out().println(
                            "ade %s, %s. \\? for help, \\q to leave."
                                    .formatted(VersionCommand.version(), ade.project().name()));
            out().flush();
            PromptCompleter completer = new PromptCompleter(() -> ade.datasets(at));
            LineReader reader = reader(terminal, completer);
            while (!leaving) {
                turn(reader, terminal);
                completer.forget();
            }
        } catch (IOException e) {
            throw AdeException.resource(
                            "Cannot open the terminal: " + e.getMessage(),
                            "Give the query as an argument or by a pipe")
                    .causedBy(e);
        }
    }

    private LineReader reader(Terminal terminal, PromptCompleter completer) {
        return LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("ade")
                .parser(new PromptParser())
                .completer(completer)
                .variable(LineReader.HISTORY_FILE, history)
                .variable(LineReader.HISTORY_SIZE, HISTORY_MAX)
                .variable(LineReader.HISTORY_FILE_SIZE, HISTORY_MAX)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "   > ")
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.CASE_INSENSITIVE, true)
                .option(LineReader.Option.HISTORY_IGNORE_SPACE, true)
                .build();
    }

    private void turn(LineReader reader, Terminal terminal) {
        try {
            String typed = reader.readLine("ade> ").strip();
            Optional<String> command = PromptParser.command(typed);
            if (command.isPresent()) {
                command(command.get());
            } else {
                Screen screen = screen(terminal);
                Statements.of(typed).all().forEach(statement -> ask(statement, terminal, screen));
            }
        } catch (UserInterruptException e) {
            // Ctrl-C at the prompt throws away what was typed.
        } catch (EndOfFileException e) {
            leaving = true;
        } catch (AdeException e) {
            say(e);
        }
        out().flush();
    }

    private Screen screen(Terminal terminal) {
        int width = terminal.getWidth();
        return new Screen(
                width > 0 ? width : shell.screen().width(),
                shell.screen().look(),
                shell.screen().motion());
    }

    private void ask(String statement, Terminal terminal, Screen screen) {
        Terminal.SignalHandler before = terminal.handle(Terminal.Signal.INT, _ -> ade.cancel());
        long started = System.nanoTime();
        try {
            new Query(shell, ade, at).show(statement, format.writer(out(), screen), rowsMax);
            Duration took = Duration.ofNanos(System.nanoTime() - started);
            out().println(screen.dim(Words.duration(took)));
        } catch (AdeException e) {
            say(e);
        } finally {
            terminal.handle(Terminal.Signal.INT, before);
        }
    }

    private void say(AdeException problem) {
        out().flush();
        shell.err().println(shell.screen().red("error:") + " " + problem.explain());
        shell.err().flush();
    }

    private void command(String typed) {
        String[] words = typed.replaceAll(";$", "").strip().split("\\s+", 2);
        String rest = words.length > 1 ? words[1] : "";
        switch (words[0]) {
            case "\\q" -> leaving = true;
            case "\\?", "\\h" -> out().print(HELP);
            case "\\d" -> describe(rest);
            case "\\f" -> format = format(rest);
            case "\\rows" -> rowsMax = rows(rest);
            default ->
                    throw AdeException.user(
                            "Cannot do '%s'".formatted(words[0]),
                            "\\? lists what the prompt knows");
        }
    }

    private void describe(String name) {
        List<DatasetState> states = ade.datasets(at);
        if (name.isEmpty()) {
            Grid grid = new Grid(shell.screen(), List.of("dataset", "rows")).right(1);
            states.stream()
                    .sorted(Comparator.comparing(DatasetState::name))
                    .forEach(it -> grid.row(List.of(it.name().toString(), rows(it))));
            grid.print(out());
            return;
        }
        TableName table = TableName.parse(name);
        DatasetState state =
                states.stream()
                        .filter(it -> it.name().equals(table))
                        .findFirst()
                        .orElseThrow(() ->
                                AdeException.user(
                                        "Cannot describe %s: it is not published".formatted(table),
                                        "\\d lists what is"));
        Grid grid = new Grid(shell.screen(), List.of("column", "type"));
        for (Column column : state.schema().columns()) {
            grid.row(List.of(column.name(), column.type().text()));
        }
        grid.print(out());
    }

    private static String rows(DatasetState state) {
        return state.rows() < 0 ? "view" : Words.number(state.rows());
    }

    private static ResultFormat format(String word) {
        for (ResultFormat format : ResultFormat.values()) {
            if (format != ResultFormat.PARQUET
                    && format.word().equals(word.toLowerCase(Locale.ROOT))) {
                return format;
            }
        }
        throw AdeException.user(
                "Cannot show rows as '%s'".formatted(word),
                "Use \\f with table, csv, json, ndjson or markdown");
    }

    private static int rows(String text) {
        try {
            return Math.max(1, Integer.parseInt(text));
        } catch (NumberFormatException e) {
            throw AdeException.user("Cannot show '%s' rows".formatted(text), "Use \\rows 1000")
                    .causedBy(e);
        }
    }

    private PrintStream out() {
        return shell.out();
    }
}
