package dev.ade.project;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The patterns of `.dbtignore`, as Git reads them: later ones win, `!` takes back.
final class Ignored {
    private static final int PATTERNS_MAX = 10_000;

    private record Rule(Pattern pattern, boolean isTakenBack) {}

    private final List<Rule> rules = new ArrayList<>();

    static Ignored of(String text) {
        Ignored ignored = new Ignored();
        text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .limit(PATTERNS_MAX)
                .forEach(ignored::add);
        return ignored;
    }

    private void add(String line) {
        boolean isTakenBack = line.startsWith("!");
        String glob = isTakenBack ? line.substring(1) : line;
        String plain = glob.replaceAll("/+$", "");
        boolean isAnchored = plain.contains("/");
        String body = plain.startsWith("/") ? plain.substring(1) : plain;
        String start = isAnchored ? "" : "(.*/)?";
        rules.add(new Rule(Pattern.compile(start + regex(body) + "(/.*)?"), isTakenBack));
    }

    private static String regex(String glob) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            if (glob.startsWith("**/", i)) {
                regex.append("(.*/)?");
                i += 2;
            } else if (glob.startsWith("**", i)) {
                regex.append(".*");
                i++;
            } else if (c == '*') {
                regex.append("[^/]*");
            } else if (c == '?') {
                regex.append("[^/]");
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return regex.toString();
    }

    /// @param path relative to the project, with `/`
    boolean contains(String path) {
        boolean isIgnored = false;
        for (Rule rule : rules) {
            if (rule.pattern().matcher(path).matches()) {
                isIgnored = !rule.isTakenBack();
            }
        }
        return isIgnored;
    }
}
