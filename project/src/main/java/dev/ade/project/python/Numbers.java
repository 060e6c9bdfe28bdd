package dev.ade.project.python;

import dev.ade.jinja.Python;

/// Numbers of templates as Java wants them.
final class Numbers {
    private Numbers() {}

    static int integer(Object value) {
        return switch (value) {
            case Long number -> Math.toIntExact(number);
            case Boolean truth -> truth ? 1 : 0;
            default ->
                    throw new IllegalArgumentException(
                            "an integer is wanted, was " + Python.repr(value));
        };
    }

    static double real(Object value) {
        return switch (value) {
            case Number number -> number.doubleValue();
            case Boolean truth -> truth ? 1 : 0;
            default ->
                    throw new IllegalArgumentException(
                            "a number is wanted, was " + Python.repr(value));
        };
    }
}
