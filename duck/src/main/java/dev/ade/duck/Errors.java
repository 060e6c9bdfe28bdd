package dev.ade.duck;

import dev.ade.model.AdeException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// DuckDB's errors as ADE's: whose turn it is, where, and what to do next.
final class Errors {
    private static final Pattern LINE = Pattern.compile("\\n\\s*LINE (\\d+):.*", Pattern.DOTALL);

    /// Lines that advise settings, which nobody can set here.
    private static final Pattern SETTING = Pattern.compile("\\R.*\\bSET \\w+ ?=.*");

    private static final Pattern NO_TABLE =
            Pattern.compile("^Catalog Error: Table with name (\\S+) does not exist!");

    /// A file of a dataset, once where files may be looked for and once where a query may open no other.
    private static final Pattern NO_FILE =
            Pattern.compile(
                    "No files found that match the pattern \"([^\"]+\\.parquet)\""
                            + "|Cannot access file \"([^\"]+\\.parquet)/");

    /// Which is no statement by itself: the engine asks for the values by another one first.
    private static final Pattern PIVOT =
            Pattern.compile("\\b(pivot|pivot_wider)\\b", Pattern.CASE_INSENSITIVE);

    private static final int MESSAGE_MAX = 2_000;

    /// What the parser says of a statement that is no query.
    private static final String NO_QUERY = "Only SELECT statements";

    private Errors() {}

    static AdeException of(SQLException error, String sql) {
        String text = String.valueOf(error.getMessage());
        String first = brief(text);
        if (has(text, "INTERRUPT", "Interrupted")) {
            return AdeException.cancelled("Cancelled").causedBy(error);
        }
        if (has(
                text,
                "Out of Memory",
                "could not allocate",
                "failed to pin block",
                "failed to allocate")) {
            return AdeException.resource(
                            "Cannot finish the query within the memory limit: " + firstLine(first),
                            "Raise engine.memory in ade.yml, or give engine.spill more room")
                    .causedBy(error);
        }
        if (has(text, "No space left", "max_temp_directory_size")) {
            return AdeException.resource(
                            "Cannot write: the disk is full: " + firstLine(first),
                            "Free some space, or run ade maintain")
                    .causedBy(error);
        }
        Optional<String> file = lostFile(text, sql);
        if (file.isPresent()) {
            return AdeException.resource(
                            "Cannot read a file of the data: %s is not there".formatted(file.get()),
                            "Mount its disk if it lies in the archive, else restore it, or load or build its dataset again by ade run --full-refresh")
                    .causedBy(error);
        }
        if (has(text, "Permission denied", "Permission Error", "Cannot open file")) {
            return AdeException.resource(
                            "Cannot reach a file or setting: " + first,
                            "Only datasets can be read here: ade status lists them")
                    .causedBy(error);
        }
        Matcher table = NO_TABLE.matcher(text);
        if (table.find()) {
            return AdeException.user(
                            "Cannot read '%s': there is no such dataset".formatted(table.group(1)),
                            "Datasets are named with their domain, such as shop.orders; ade status lists them")
                    .causedBy(error);
        }
        return AdeException.user("Cannot run the query: " + first, place(text, sql))
                .causedBy(error);
    }

    static AdeException parse(String message, @Nullable String position, String sql) {
        if (message.startsWith(NO_QUERY) && PIVOT.matcher(sql).find()) {
            return AdeException.user(
                    "Cannot run the query: a pivot has no list of values, which the engine needs to know its columns",
                    "List them: pivot sales on city in ('Rome', 'Oslo') using sum(amount)");
        }
        if (message.startsWith(NO_QUERY)) {
            return AdeException.user(
                    "Cannot run '%s': it is no query".formatted(firstLine(sql.strip())),
                    "Write a SELECT; only loads and models change data");
        }
        int offset = position == null ? -1 : Integer.parseInt(position);
        return AdeException.user("Cannot read the query: " + brief(message), where(sql, offset));
    }

    /// Not one that a query asked for itself: whether that is there is not for it to know.
    private static Optional<String> lostFile(String text, String sql) {
        Matcher file = NO_FILE.matcher(text);
        if (!file.find()) {
            return Optional.empty();
        }
        return Optional.ofNullable(file.group(1))
                .or(() -> Optional.of(file.group(2)))
                .filter(path -> !sql.contains(path));
    }

    private static String where(String sql, int offset) {
        if (offset < 0 || offset > sql.length()) {
            return "Look at: " + firstLine(sql);
        }
        String before = sql.substring(0, offset);
        int line = (int) before.chars().filter(c -> c == '\n').count();
        int column = offset - (before.lastIndexOf('\n') + 1);
        return "Line %d, column %d: %s"
                .formatted(line + 1, column + 1, sql.lines().skip(line).findFirst().orElse(""));
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    private static String place(String text, String sql) {
        Matcher line = LINE.matcher(text);
        if (line.find()) {
            int number = Integer.parseInt(line.group(1));
            return "Line %d: %s"
                    .formatted(
                            number, sql.lines().skip(number - 1L).findFirst().orElse("").strip());
        }
        return "";
    }

    private static String brief(String text) {
        String told = SETTING.matcher(LINE.matcher(text).replaceAll("")).replaceAll("");
        String brief = told.replace("\t", "  ").strip();
        return brief.length() > MESSAGE_MAX ? brief.substring(0, MESSAGE_MAX) + "…" : brief;
    }

    private static boolean has(String text, String... parts) {
        for (String part : parts) {
            if (text.contains(part)) {
                return true;
            }
        }
        return false;
    }
}
