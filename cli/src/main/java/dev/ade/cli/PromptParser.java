package dev.ade.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/// Says when what was typed is complete: a command of the prompt always is, SQL is at its semicolon.
final class PromptParser implements Parser {
    /// What people type by habit, from other prompts.
    private static final Map<String, String> HABITS =
            Map.of(
                    "exit", "\\q",
                    "quit", "\\q",
                    ".exit", "\\q",
                    ".quit", "\\q",
                    "help", "\\?",
                    ".help", "\\?",
                    ".tables", "\\d");

    /// @param word what the cursor is in or behind: a name with its dots, or a command
    record Typed(String line, int cursor, String word, int wordCursor)
            implements CompletingParsedLine {
        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            return candidate;
        }

        @Override
        public int rawWordCursor() {
            return wordCursor;
        }

        @Override
        public int rawWordLength() {
            return word.length();
        }

        @Override
        public int wordIndex() {
            return 0;
        }

        @Override
        public List<String> words() {
            return List.of(word);
        }
    }

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        boolean accept = context == ParseContext.ACCEPT_LINE || context == ParseContext.UNSPECIFIED;
        if (accept && !isComplete(line)) {
            throw new EOFError(-1, -1, "the statement has no ; yet");
        }
        int start = cursor;
        while (start > 0 && isPart(line.charAt(start - 1))) {
            start--;
        }
        int end = cursor;
        while (end < line.length() && isPart(line.charAt(end))) {
            end++;
        }
        return new Typed(line, cursor, line.substring(start, end), cursor - start);
    }

    /// What is meant for the prompt itself, in its own words; empty for SQL.
    static Optional<String> command(String typed) {
        String bare = typed.strip();
        return bare.startsWith("\\")
                ? Optional.of(bare)
                : Optional.ofNullable(HABITS.get(bare.replaceAll(";$", "")));
    }

    static boolean isComplete(String line) {
        return line.isBlank()
                || command(line).isPresent()
                || Statements.isBlank(Statements.of(line).rest());
    }

    private static boolean isPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '\\';
    }
}
