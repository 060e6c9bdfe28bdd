package dev.ade.project.manifest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What dbt takes from the text of a file.
public final class TemplateText {
    /// Larger files dbt knows by their path.
    private static final int HASHED_MAX = 1 << 20;

    private static final Pattern JINJA = Pattern.compile("\\{[{%](.*?)[%}]}", Pattern.DOTALL);
    private static final Pattern COMMENTED = Pattern.compile("--[^\\n]*\\{\\{[^\\n]*\\bref\\b");
    private static final Pattern CALL =
            Pattern.compile("(?:\\b([A-Za-z_]\\w*)\\s*\\.\\s*)?\\b([A-Za-z_]\\w*)\\s*\\(");

    private TemplateText() {}

    /// The block of a tag and a name with its tags; the whole text where it is not found.
    public static String block(String text, String tag, String name) {
        Matcher block = matcher(text, tag, name);
        return block.find() ? block.group() : text.strip();
    }

    /// The same without its tags.
    public static String inside(String text, String tag, String name) {
        Matcher block = matcher(text, tag, name);
        return block.find() ? block.group(1).strip() : text.strip();
    }

    private static Matcher matcher(String text, String tag, String name) {
        String begin = "\\{%%[-+]?\\s*%s\\s+%s\\b.*?%%}".formatted(tag, Pattern.quote(name));
        String end = "\\{%%[-+]?\\s*end%s\\s*[-+]?%%}".formatted(tag);
        return Pattern.compile(begin + "(.*?)" + end, Pattern.DOTALL).matcher(text);
    }

    /// dbt's `checksum` of a text.
    public static Map<String, Object> checksum(String text, String path) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return bytes.length > HASHED_MAX
                ? Map.of("name", "path", "checksum", path)
                : Map.of("name", "sha256", "checksum", sha256(bytes));
    }

    /// That of a seed, whose first and last blanks and ends of lines do not count unless it is large.
    public static Map<String, Object> seed(String text, String path) {
        boolean isLarge = text.getBytes(StandardCharsets.UTF_8).length > HASHED_MAX;
        return checksum(isLarge ? text : text.strip(), path);
    }

    /// The checksum of what has no file.
    public static Map<String, Object> none() {
        return Map.of("name", "none", "checksum", "");
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /// Whether a template says `-- depends on: {{ ref('x') }}`: what comes there has to stay on the line.
    public static boolean isReferringInComment(String template) {
        return COMMENTED.matcher(template).find();
    }

    /// What a template calls by name, as far as `known` knows it.
    ///
    /// @param known the id of a macro by its package, which may be empty, and its name
    public static Set<String> calls(
            String template, BiFunction<Optional<String>, String, Optional<String>> known) {
        Set<String> ids = new LinkedHashSet<>();
        Matcher jinja = JINJA.matcher(template);
        while (jinja.find()) {
            Matcher call = CALL.matcher(jinja.group(1));
            while (call.find()) {
                known.apply(Optional.ofNullable(call.group(1)), call.group(2)).ifPresent(ids::add);
            }
        }
        return ids;
    }
}
