package dev.ade.cli;

import dev.ade.app.Ade;
import dev.ade.cli.console.Screen;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// What a command works with: where it reads and prints, and whom it asks.
///
/// @param arguments what the person typed
/// @param in what is piped in, or the keyboard
/// @param keyboard whether `in` is a person
/// @param out answers
/// @param err what went wrong, and notes beside the answer
/// @param screen what `out` can show
/// @param environment variables
/// @param opener opens a project
record Shell(
        List<String> arguments,
        InputStream in,
        Keyboard keyboard,
        PrintStream out,
        PrintStream err,
        Screen screen,
        Map<String, String> environment,
        Clock clock,
        Function<Ade.Options, Ade> opener) {
    private static final String SECRET = "…";

    Shell {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    enum Keyboard {
        PERSON,
        PIPE
    }

    /// Whether only errors are to be told, as dbt's flag says.
    boolean isQuiet() {
        return arguments.contains("--quiet") || arguments.contains("-q");
    }

    /// What was typed, for the record: values of variables are left out, as they may be secret.
    String command() {
        StringBuilder text = new StringBuilder("ade");
        boolean value = false;
        for (String argument : arguments) {
            text.append(' ').append(value ? withoutValue(argument) : said(argument));
            value = argument.equals("--var") || argument.equals("--vars");
        }
        return text.toString();
    }

    private static String said(String argument) {
        boolean variable = argument.startsWith("--var=") || argument.startsWith("--vars=");
        if (variable) {
            int equals = argument.indexOf('=');
            return argument.substring(0, equals + 1) + withoutValue(argument.substring(equals + 1));
        }
        return argument.indexOf(' ') >= 0 ? "\"" + argument + "\"" : argument;
    }

    private static String withoutValue(String assignment) {
        int equals = assignment.indexOf('=');
        return equals < 0 ? SECRET : assignment.substring(0, equals + 1) + SECRET;
    }
}
