package dev.ade.jinja;

/// What one rendering may use, macros and nested renderings included.
///
/// @param steps expressions, statements and items of lists
/// @param outputCharacters length of the output, and of any one string
/// @param depth macro calls and recursive loops inside one another
public record Limits(long steps, int outputCharacters, int depth) {
    public static final Limits DEFAULT = new Limits(10_000_000, 16_000_000, 200);

    public Limits {
        if (steps < 1 || outputCharacters < 1 || depth < 1) {
            throw new IllegalArgumentException(
                    "limits are 1 or more, were %d, %d, %d"
                            .formatted(steps, outputCharacters, depth));
        }
    }
}
