package dev.ade.cli;

import dev.ade.app.Ade;
import dev.ade.cli.console.Screen;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// A shell whose output a test can read.
final class TestShell {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Function<Ade.Options, Ade> opener;
    private final String input;
    private final Map<String, String> environment;

    TestShell(Function<Ade.Options, Ade> opener) {
        this(opener, "", Map.of());
    }

    TestShell(Function<Ade.Options, Ade> opener, String input, Map<String, String> environment) {
        this.opener = opener;
        this.input = input;
        this.environment = environment;
    }

    /// For commands that open no project.
    static TestShell closed() {
        return new TestShell(_ -> {
            throw new AssertionError("nothing should be opened");
        });
    }

    Shell shell(String... arguments) {
        return new Shell(
                List.of(arguments),
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                Shell.Keyboard.PIPE,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Screen.PLAIN,
                environment,
                Clock.fixed(Instant.parse("2026-11-21T08:00:00Z"), ZoneOffset.UTC),
                opener);
    }

    /// Gives the exit status.
    int run(String... arguments) {
        return new CommandTree(shell(arguments)).execute();
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
