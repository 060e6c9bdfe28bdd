package dev.ade.model;

/// A place in a user's file.
///
/// @param file path relative to the project's folder
/// @param line 1-based; 0 where only the file is known
/// @param column 1-based; 0 where only the line is known
public record Location(String file, int line, int column) {
    public Location {
        if (line < 0 || column < 0) {
            throw new IllegalArgumentException(
                    "line and column are 0 or more, were " + line + ":" + column);
        }
    }

    public static Location of(String file) {
        return new Location(file, 0, 0);
    }

    @Override
    public String toString() {
        if (line == 0) {
            return file;
        }
        return column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
    }
}
