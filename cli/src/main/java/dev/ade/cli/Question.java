package dev.ade.cli;

import dev.ade.model.AdeException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/// Asks a person yes or no. Where nobody can be asked, that is an error, not a yes.
record Question(Shell shell) {
    private static final Set<String> YES = Set.of("y", "yes");

    /// @param deed what is asked about, such as "drop environment dev"
    /// @param otherwise how to say yes without being asked
    boolean isAgreed(String question, String deed, String otherwise) {
        return switch (shell.keyboard()) {
            case PERSON -> ask(question);
            case PIPE ->
                    throw AdeException.user(
                            "Cannot %s unasked: nobody is at the keyboard".formatted(deed),
                            "Say that it is meant: " + otherwise);
        };
    }

    private boolean ask(String question) {
        shell.out().print(question + " [y/N] ");
        shell.out().flush();
        try {
            String answer =
                    new BufferedReader(new InputStreamReader(shell.in(), StandardCharsets.UTF_8))
                            .readLine();
            return answer != null && YES.contains(answer.strip().toLowerCase(Locale.ROOT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
