package dev.ade.duck;

import dev.ade.model.AdeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Tells which statements a scratch runs: those that work on tables and views, and nothing that could reach files,
/// settings or secrets.
final class ScratchStatement {
    private static final Set<String> ALLOWED =
            Set.of(
                    "select",
                    "with",
                    "from",
                    "values",
                    "table",
                    "pivot",
                    "unpivot",
                    "describe",
                    "desc",
                    "show",
                    "summarize",
                    "create",
                    "drop",
                    "alter",
                    "insert",
                    "update",
                    "delete",
                    "merge",
                    "truncate",
                    "comment");
    private static final Set<String> TRANSACTIONS =
            Set.of("begin", "start", "commit", "end", "rollback", "abort");
    private static final Set<String> BEFORE_THE_THING =
            Set.of("or", "replace", "temp", "temporary", "persistent", "if", "not", "exists");
    private static final Pattern WORD = Pattern.compile("[\\p{L}_]+");

    /// `with c as (copy …)`: the one statement that may stand in another and reaches files.
    private static final Pattern COPY_IN_WITH =
            Pattern.compile(
                    "\\bas\\s+(?:not\\s+)?(?:materialized\\s+)?(?:\\(\\s*)+copy\\b",
                    Pattern.CASE_INSENSITIVE);

    private static final Pattern QUOTED = Pattern.compile("'(?:[^']|'')*+'|\"(?:[^\"]|\"\")*+\"");
    private static final int WORDS_LOOKED_AT = 8;

    private ScratchStatement() {}

    /// The statements of a text, each to be run as it is.
    ///
    /// @throws AdeException USER where there is one that a scratch does not run
    static List<String> all(String sql) {
        List<String> statements = PlainSql.statements(sql);
        statements.forEach(ScratchStatement::require);
        return statements;
    }

    private static void require(String statement) {
        List<String> words = words(statement);
        String first = words.isEmpty() ? "" : words.getFirst();
        boolean isVariable =
                first.equals("set") && words.size() > 1 && words.get(1).equals("variable");
        boolean isKnown = ALLOWED.contains(first) || TRANSACTIONS.contains(first) || isVariable;
        boolean copies = COPY_IN_WITH.matcher(QUOTED.matcher(statement).replaceAll("\"\"")).find();
        if (!isKnown || isSpecial(first, words) || copies) {
            throw AdeException.user(
                    "Cannot run '%s …' while a materialization makes a dataset: it may work on tables and views, and nothing else"
                            .formatted(
                                    String.join(" ", words.subList(0, Math.min(2, words.size())))),
                    "Leave it out; loading, exporting and settings are the project's, not a macro's");
        }
    }

    /// Secrets outlive a session, and extensions come from elsewhere.
    private static boolean isSpecial(String first, List<String> words) {
        return switch (first) {
            case "create", "drop", "alter" ->
                    words.stream()
                            .skip(1)
                            .filter(word -> !BEFORE_THE_THING.contains(word))
                            .findFirst()
                            .filter(Set.of("secret", "database")::contains)
                            .isPresent();
            case "update" -> words.size() > 1 && words.get(1).equals("extensions");
            default -> false;
        };
    }

    private static List<String> words(String statement) {
        List<String> words = new ArrayList<>();
        // A name in quotes may be called as it likes.
        Matcher matcher = WORD.matcher(statement.replaceAll("\"[^\"]*+\"", "\"\""));
        while (words.size() < WORDS_LOOKED_AT && matcher.find()) {
            words.add(matcher.group().toLowerCase(Locale.ROOT));
        }
        return words;
    }
}
