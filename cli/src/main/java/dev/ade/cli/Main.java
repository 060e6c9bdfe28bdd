package dev.ade.cli;

import dev.ade.app.Ade;
import dev.ade.cli.console.Screen;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;

/// Where `ade` starts.
public final class Main {
    /// The launcher knows which of the standard streams are terminals (`012`), and how wide they are.
    private static final String TERMINALS = System.getProperty("ade.terminals", "");

    private static final int BUFFER_BYTES = 1 << 16;

    private Main() {}

    public static void main(String[] arguments) {
        Shell shell = shell(List.of(arguments));
        readTimesInUtc();
        int status = new CommandTree(shell).execute();
        shell.out().flush();
        shell.err().flush();
        System.exit(status);
    }

    static Shell shell(List<String> arguments) {
        Map<String, String> environment = System.getenv();
        int otherwise = isTerminal(1) ? Screen.WIDTH_DEFAULT : Screen.WIDTH_MAX;
        int width = Integer.getInteger("ade.columns", otherwise);
        return new Shell(
                arguments,
                System.in,
                isTerminal(0) ? Shell.Keyboard.PERSON : Shell.Keyboard.PIPE,
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                Screen.of(isTerminal(1), width, environment),
                environment,
                Clock.system(ZoneId.systemDefault()),
                Ade::open);
    }

    /// DuckDB's driver makes every time by way of the zone of the process: where clocks go back it is an hour off. What
    /// people type is still in their zone, which the shell's clock has.
    private static void readTimesInUtc() {
        TimeZone.setDefault(TimeZone.getTimeZone(ZoneOffset.UTC));
    }

    private static boolean isTerminal(int stream) {
        return TERMINALS.indexOf('0' + stream) >= 0;
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(descriptor), BUFFER_BYTES),
                false,
                StandardCharsets.UTF_8);
    }
}
