package dev.ade.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A comparison with a number of failing rows: dbt's `warn_if` and `error_if`.
public record Threshold(Comparison comparison, long value) {
    public static final Threshold NOT_ZERO = new Threshold(Comparison.NOT_EQUAL, 0);

    private static final Pattern TEXT =
            Pattern.compile("\\s*(!=|<>|>=|<=|==|=|>|<)\\s*(\\d{1,18})\\s*");

    public enum Comparison {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL
    }

    /// Reads `> 10`, `!= 0` and the like.
    public static Threshold parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw AdeException.user(
                    "Cannot read threshold '%s'".formatted(text),
                    "Write a comparison such as '> 10' or '!= 0'");
        }
        Comparison comparison =
                switch (matcher.group(1)) {
                    case "!=", "<>" -> Comparison.NOT_EQUAL;
                    case ">=" -> Comparison.GREATER_OR_EQUAL;
                    case "<=" -> Comparison.LESS_OR_EQUAL;
                    case ">" -> Comparison.GREATER;
                    case "<" -> Comparison.LESS;
                    default -> Comparison.EQUAL;
                };
        return new Threshold(comparison, Long.parseLong(matcher.group(2)));
    }

    public boolean isPassedBy(long failures) {
        return switch (comparison) {
            case EQUAL -> failures == value;
            case NOT_EQUAL -> failures != value;
            case LESS -> failures < value;
            case LESS_OR_EQUAL -> failures <= value;
            case GREATER -> failures > value;
            case GREATER_OR_EQUAL -> failures >= value;
        };
    }
}
