package dev.ade.spi;

/// What stands in the place of a row of a file, as if it were written there.
///
/// @param line physical line that the row begins on, from 1
/// @param lines physical lines of the row in the file
/// @param text instead of them, without the line end behind it; it may hold anything
public record Correction(long line, long lines, String text) {
    public Correction {
        if (line < 1 || lines < 1) {
            throw new IllegalArgumentException("lines count from 1");
        }
    }

    @Override
    public String toString() {
        return "Correction[" + line + "]";
    }
}
