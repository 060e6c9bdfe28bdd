package dev.ade.run;

import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Messages without values of data, for whatever leaves the terminal: an engine that cannot convert a value shows it.
public final class Discreet {
    private static final Pattern SHOWS_VALUES =
            Pattern.compile(
                    "(?i)conver|cast|constraint|duplicate|out of range|overflow|malformed|parse|invalid|format|element|decimal");
    private static final Pattern QUOTED =
            Pattern.compile("'(?:[^'\\n]|'')*'|\"[^\"\\n]*[^\\w\"\\n][^\"\\n]*\"");

    private static final Pattern QUOTED_ANY = Pattern.compile("'(?:[^'\\n]|'')*'|\"[^\"\\n]*\"");

    /// What a mark below it points into, but for the query.
    private static final Pattern POINTED_AT =
            Pattern.compile("(?m)^(?!\\s*LINE )[^\\n]*\\n(?= *\\^ *$)");

    private static final Pattern AFTER_COLON = Pattern.compile("(?i)(value|key|row)s?: [^\\n]*");

    /// What an engine says that had values at hand, which need not be quoted, up to where it shows the query.
    private static final Pattern OF_VALUES =
            Pattern.compile(
                    "(?s)\\b(?!Binder|Catalog|Parser|Syntax|Planner|Permission|Memory|Extension|Dependency|Configuration|IO|HTTP|Network)"
                            + "(\\w+ Error: )(.*?)(?=\\n\\s*(?i:LINE) \\d+: |$)");

    private static final Pattern COLUMN = Pattern.compile("(?<=source column )\\S+");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}\\p{M}_@.+-]+(?:'[a-z]+)?");
    private static final Pattern REPEATED = Pattern.compile("…(?:[^\\p{L}\\p{N}\\n']*…)+");

    /// All that engines say beside values, as far as it is known; and no word that is somebody's name.
    private static final Set<String> WORDS =
            Set.of(
                    """
                    a according allowed an and array as at be because boolean but by byte bytes can can't cannot cast casting
                    character characters check close column compare conversion convert could Could data database date day decimal
                    depth destination different digits division Duplicate duplicate element empty end entry enough Error error
                    exceeds exceeded expected Expected expression extract Failed failed field for format found from function
                    happened hour implicit in input Input inside integer interval invalid Invalid is it its json JSON key keys
                    larger least length list List literal logarithm longer Malformed malformed map maximum minute missing Missing
                    month more More must negative no not NOT NULL null number of on one only or out overflow Overflow parse
                    permitted precision primary range regex regular requires result return returned returning row rows scale
                    scalar second sequence single size source specifier square root string struct subqueries subquery subtraction
                    multiplication addition such than that the time timestamp TimeZone to too trailing truncated try type Type
                    types unexpected Unexpected unicode Unimplemented union unique unknown Unknown unsupported used using UTF8
                    uuid UUID value Value values violates when while width with within year zero zone
                    BIGINT BLOB BOOL BOOLEAN DATE DECIMAL DOUBLE FLOAT HH HUGEINT INT128 INT16 INT32 INT64 INT8 INTEGER INTERVAL
                    MAP MM MM-DD SMALLINT SS STRUCT TIME TIMESTAMP TIMESTAMPTZ TINYINT UBIGINT UHUGEINT UINT16 UINT32 UINT64 UINT8
                    UINTEGER US USMALLINT UTINYINT VARCHAR YYYY-MM-DD ZONE constraint CHECK PRIMARY KEY UNIQUE choose best candidate
                    """
                            .strip()
                            .split("\\s+"));

    private Discreet() {}

    /// The same of several.
    public static List<String> messages(List<String> messages) {
        return messages.stream().map(Discreet::message).toList();
    }

    /// @param message what went wrong, as the engine or ADE says it
    public static String message(String message) {
        Matcher engine = OF_VALUES.matcher(message);
        if (engine.find()) {
            return engine.replaceAll(
                    said -> Matcher.quoteReplacement(said.group(1) + known(said.group(2))));
        }
        if (!SHOWS_VALUES.matcher(message).find()) {
            return message;
        }
        String quoted = QUOTED.matcher(message).replaceAll("'…'");
        quoted = POINTED_AT.matcher(quoted).replaceAll("…\n");
        return AFTER_COLON.matcher(quoted).replaceAll("$1: …");
    }

    /// Nothing but words that are known, and names of columns where they are said to be such.
    private static String known(String text) {
        String quoted = QUOTED_ANY.matcher(text).replaceAll("'…'");
        Set<String> columns =
                COLUMN.matcher(quoted)
                        .results()
                        .map(MatchResult::group)
                        .collect(Collectors.toSet());
        String known =
                WORD.matcher(quoted)
                        .replaceAll(word ->
                                isKnown(word.group(), columns)
                                        ? Matcher.quoteReplacement(word.group())
                                        : "…");
        return REPEATED.matcher(known).replaceAll("…");
    }

    private static boolean isKnown(String word, Set<String> columns) {
        String bare = word.replaceAll("[.]+$", "");
        return WORDS.contains(bare) || columns.contains(word);
    }
}
