package dev.ade.cli.console;

import java.util.Map;

/// What the place that output goes to can show.
///
/// @param width columns
/// @param look whether colours are understood
/// @param motion whether lines may be drawn over again
public record Screen(int width, Look look, Motion motion) {
    /// Columns where nobody says how many there are.
    public static final int WIDTH_DEFAULT = 100;

    private static final int WIDTH_MIN = 20;

    /// Columns of a file or a pipe, where nothing has to be cut.
    public static final int WIDTH_MAX = 1_000;

    public static final Screen PLAIN = new Screen(WIDTH_DEFAULT, Look.PLAIN, Motion.STILL);

    public Screen {
        width = Math.clamp(width, WIDTH_MIN, WIDTH_MAX);
    }

    public enum Look {
        PLAIN,
        COLOUR
    }

    public enum Motion {
        STILL,
        LIVE
    }

    /// @param terminal whether output goes to a terminal
    /// @param environment variables: `NO_COLOR` and `TERM=dumb` take colours away, `CI` motion
    public static Screen of(boolean terminal, int width, Map<String, String> environment) {
        boolean dumb = "dumb".equals(environment.get("TERM"));
        boolean noColour = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        boolean machine = !environment.getOrDefault("CI", "").isEmpty();
        return new Screen(
                width,
                terminal && !dumb && !noColour ? Look.COLOUR : Look.PLAIN,
                terminal && !dumb && !noColour && !machine ? Motion.LIVE : Motion.STILL);
    }

    public String bold(String text) {
        return paint("1", text);
    }

    public String dim(String text) {
        return paint("2", text);
    }

    public String red(String text) {
        return paint("31", text);
    }

    public String green(String text) {
        return paint("32", text);
    }

    public String yellow(String text) {
        return paint("33", text);
    }

    public String cyan(String text) {
        return paint("36", text);
    }

    private String paint(String code, String text) {
        return switch (look) {
            case PLAIN -> text;
            case COLOUR -> text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
        };
    }
}
