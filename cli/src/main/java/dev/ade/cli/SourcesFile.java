package dev.ade.cli;

import dev.ade.model.AdeException;
import dev.ade.model.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// A `sources.yml` that a table is written into, with what is there, comments too, left as it is.
final class SourcesFile {
    private static final String KEY = "sources:";

    private final Path file;

    SourcesFile(Path file) {
        this.file = file;
    }

    /// @param yaml a declaration of `table` alone, in block style from `sources:` on
    void add(TableName table, String yaml) {
        try {
            String text = Files.exists(file) ? Files.readString(file) : "";
            Files.createDirectories(file.getParent());
            Path draft = file.resolveSibling(file.getFileName() + ".part");
            Files.writeString(draft, with(text, table, yaml));
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw AdeException.resource(
                            "Cannot write %s: %s".formatted(file, e.getMessage()),
                            "Check the folder and its permissions")
                    .causedBy(e);
        }
    }

    private String with(String text, TableName table, String yaml) {
        if (text.isBlank()) {
            return yaml;
        }
        List<String> lines = new ArrayList<>(text.lines().toList());
        List<String> added = yaml.lines().toList();
        OptionalInt key = find(lines, 0, lines.size(), Pattern.compile("sources:.*"));
        if (key.isEmpty()) {
            return text.stripTrailing() + "\n\n" + yaml;
        }
        refuseOneLine(lines.get(key.getAsInt()), table);
        int start = key.getAsInt() + 1;
        int end = end(lines, start, lines.size(), 0);
        OptionalInt tables = tables(lines, start, end, table.namespace());
        if (tables.isPresent()) {
            int from = tables.getAsInt() + 1;
            int last = end(lines, from, end, indent(lines.get(tables.getAsInt())));
            lines.addAll(
                    last, shifted(added.subList(3, added.size()), itemIndent(lines, from, last)));
        } else {
            lines.addAll(
                    end, shifted(added.subList(1, added.size()), itemIndent(lines, start, end)));
        }
        return String.join("\n", lines) + "\n";
    }

    private void refuseOneLine(String line, TableName table) {
        String rest = line.substring(KEY.length()).strip();
        if (!rest.isEmpty() && !rest.startsWith("#")) {
            throw AdeException.user(
                    "Cannot add %s to %s: its sources are written in one line"
                            .formatted(table, file),
                    "Write them in lines, or paste what ade source inspect shows");
        }
    }

    /// The line of `tables:` in the item of a domain.
    private static OptionalInt tables(List<String> lines, int start, int end, String domain) {
        Pattern item =
                Pattern.compile(
                        "\\s*- name:\\s*[\"']?" + Pattern.quote(domain) + "[\"']?\\s*(#.*)?");
        OptionalInt found = find(lines, start, end, item);
        if (found.isEmpty()
                || indent(lines.get(found.getAsInt())) != itemIndent(lines, start, end)) {
            return OptionalInt.empty();
        }
        int from = found.getAsInt() + 1;
        int indent = indent(lines.get(found.getAsInt()));
        int last = from;
        while (last < end && (isBlank(lines.get(last)) || indent(lines.get(last)) > indent)) {
            last++;
        }
        return find(
                lines, from, last, Pattern.compile("\\s{" + (indent + 2) + "}tables:\\s*(#.*)?"));
    }

    private static OptionalInt find(List<String> lines, int from, int to, Pattern pattern) {
        for (int i = from; i < to; i++) {
            if (pattern.matcher(lines.get(i)).matches()) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /// Where the value of a key of this indent ends, without blank lines and comments that follow. Items of a
    /// list may stand as far left as their key.
    private static int end(List<String> lines, int from, int to, int indent) {
        int end = from;
        for (int i = from; i < to; i++) {
            String line = lines.get(i);
            if (isBlank(line)) {
                continue;
            }
            boolean item = line.stripLeading().startsWith("- ");
            if (indent(line) < indent || (indent(line) == indent && !item)) {
                return end;
            }
            end = i + 1;
        }
        return end;
    }

    private static int itemIndent(List<String> lines, int from, int to) {
        for (int i = from; i < to; i++) {
            if (lines.get(i).stripLeading().startsWith("- ")) {
                return indent(lines.get(i));
            }
        }
        return 2;
    }

    private static List<String> shifted(List<String> lines, int indent) {
        int by = indent - indent(lines.getFirst());
        return lines.stream()
                .map(line ->
                        by >= 0
                                ? " ".repeat(by) + line
                                : line.substring(Math.min(-by, indent(line))))
                .toList();
    }

    private static boolean isBlank(String line) {
        String text = line.strip();
        return text.isEmpty() || text.startsWith("#");
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }
}
