package dev.ade.project;

import dev.ade.model.AdeException;
import dev.ade.model.Location;
import dev.ade.model.UnitTest.Rows;
import dev.ade.model.Wording;
import dev.ade.project.ProjectFiles.ProjectFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The files in `tests/fixtures` that unit tests take their rows from, by name.
final class Fixtures {
    private final ProjectFiles files;
    private final Map<String, String> paths = new HashMap<>();

    Fixtures(ProjectFiles files) {
        this.files = files;
    }

    void add(ProjectFile file) {
        paths.put(file.path().substring(file.path().lastIndexOf('/') + 1), file.path());
    }

    static boolean isFixture(ProjectFile file) {
        return file.folders().contains("fixtures");
    }

    String text(String name, String extension) {
        String file = name.endsWith("." + extension) ? name : name + "." + extension;
        String path = paths.get(file);
        if (path == null) {
            throw AdeException.user(
                    "Cannot find fixture '%s': there is no %s in tests/fixtures"
                            .formatted(name, file),
                    "Check the name and the format");
        }
        return files.read(path);
    }

    /// The rows of a CSV text with a header; what is empty is NULL, unless it is quoted.
    static Rows.Values csv(String text, Location location) {
        List<List<@Nullable Object>> rows = rows(text, location);
        if (rows.isEmpty()) {
            return new Rows.Values(List.of(), List.of());
        }
        List<String> columns = new ArrayList<>();
        rows.getFirst().forEach(name -> columns.add(String.valueOf(name).strip()));
        List<List<@Nullable Object>> values = rows.subList(1, rows.size());
        for (List<@Nullable Object> row : values) {
            if (row.size() != columns.size()) {
                throw AdeException.user(
                                "Cannot read CSV of a unit test: a row has %s, the header %d"
                                        .formatted(
                                                Wording.count(row.size(), "value"), columns.size()),
                                "Mend it and try again")
                        .at(location);
            }
        }
        return new Rows.Values(columns, values);
    }

    private static List<List<@Nullable Object>> rows(String text, Location location) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        List<@Nullable Object> row = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean isOpen = false;
        boolean wasQuoted = false;
        String all = text.strip() + "\n";
        for (int i = 0; i < all.length(); i++) {
            char c = all.charAt(i);
            if (isOpen) {
                if (c == '"' && i + 1 < all.length() && all.charAt(i + 1) == '"') {
                    cell.append(c);
                    i++;
                } else if (c == '"') {
                    isOpen = false;
                } else {
                    cell.append(c);
                }
            } else if (c == '"') {
                isOpen = true;
                wasQuoted = true;
            } else if (c == ',' || c == '\n') {
                row.add(value(cell.toString(), wasQuoted));
                cell.setLength(0);
                wasQuoted = false;
                if (c == '\n') {
                    rows.add(row);
                    row = new ArrayList<>();
                }
            } else {
                cell.append(c);
            }
        }
        if (isOpen) {
            throw AdeException.user(
                            "Cannot read CSV of a unit test: a quote is not closed",
                            "Mend it and try again")
                    .at(location);
        }
        rows.removeIf(it -> it.size() == 1 && it.getFirst() == null);
        return rows;
    }

    private static @Nullable Object value(String cell, boolean wasQuoted) {
        String text = wasQuoted ? cell : cell.strip();
        return !wasQuoted && (text.isEmpty() || text.equalsIgnoreCase("null")) ? null : text;
    }
}
