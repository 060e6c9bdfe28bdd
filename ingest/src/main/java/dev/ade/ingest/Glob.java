package dev.ade.ingest;

import dev.ade.model.AdeException;
import java.util.regex.Pattern;

/// A pattern for file names: `*`, `?`, `[abc]`, `[!abc]`, `{a,b}`, and `**` for any number of folders, none too.
///
/// @param base the folder in front of the first special character, without a trailing `/`; may be empty
/// @param rest what follows it, as a regular expression over the path below `base`
record Glob(String base, Pattern rest) {
    private static final String SPECIAL = "*?[{";

    static boolean isPattern(String text) {
        return text.chars().anyMatch(c -> SPECIAL.indexOf(c) >= 0);
    }

    static Glob parse(String pattern) {
        String text = pattern.replace('\\', '/');
        int special = 0;
        while (special < text.length() && SPECIAL.indexOf(text.charAt(special)) < 0) {
            special++;
        }
        int slash = text.lastIndexOf('/', special);
        String base = slash < 0 ? "" : slash == 0 ? "/" : text.substring(0, slash);
        return new Glob(base, new Translation(pattern, text.substring(slash + 1)).regex());
    }

    boolean matches(String below) {
        return rest.matcher(below).matches();
    }

    /// One pass over the text of a pattern.
    private static final class Translation {
        private final String whole;
        private final String text;
        private final StringBuilder regex = new StringBuilder();
        private int at;
        private int braces;

        Translation(String whole, String text) {
            this.whole = whole;
            this.text = text;
        }

        Pattern regex() {
            while (at < text.length()) {
                step(text.charAt(at));
            }
            if (braces != 0) {
                throw wrong("'}' is missing");
            }
            return Pattern.compile(regex.toString());
        }

        private void step(char c) {
            switch (c) {
                case '*' -> star();
                case '?' -> put("[^/]");
                case '[' -> characters();
                case '{' -> {
                    braces++;
                    put("(?:");
                }
                case '}' -> {
                    braces--;
                    put(")");
                }
                case ',' -> put(braces > 0 ? "|" : ",");
                default -> put(Pattern.quote(String.valueOf(c)));
            }
        }

        private void put(String part) {
            regex.append(part);
            at++;
        }

        private void star() {
            if (text.startsWith("**/", at)) {
                regex.append("(?:.*/)?");
                at += 3;
            } else if (text.startsWith("**", at)) {
                regex.append(".*");
                at += 2;
            } else {
                put("[^/]*");
            }
        }

        private void characters() {
            int end = text.indexOf(']', at + 2);
            if (end < 0) {
                throw wrong("']' is missing");
            }
            String inside = text.substring(at + 1, end).replace("\\", "\\\\");
            boolean not = inside.startsWith("!");
            regex.append(not ? "[^/" : "[")
                    .append(not ? inside.substring(1) : inside.replace("^", "\\^"))
                    .append(']');
            at = end + 1;
        }

        private AdeException wrong(String reason) {
            return AdeException.user(
                    "Cannot read the file pattern '%s': %s".formatted(whole, reason),
                    "Use *, ?, [abc], {a,b} and ** as in data/**/orders-*.csv");
        }
    }
}
