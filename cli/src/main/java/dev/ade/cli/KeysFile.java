package dev.ade.cli;

import dev.ade.model.AdeException;
import dev.ade.model.Wording;
import dev.ade.run.forget.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A CSV file (RFC 4180, UTF-8) of keys: its header names columns, each value that is not empty is a key. Values never
/// get into a message.
final class KeysFile {
    private static final long BYTES_MAX = 16 << 20;

    private KeysFile() {}

    static List<Key> read(Path file) {
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw AdeException.user(
                        "Cannot read keys from %s: it has more than %,d bytes"
                                .formatted(file, BYTES_MAX),
                        "Split it");
            }
            return keys(file, records(Files.readString(file)));
        } catch (IOException e) {
            throw AdeException.user(
                            "Cannot read keys from %s: %s".formatted(file, Wording.reason(e)),
                            "Check the path, and that it is UTF-8")
                    .causedBy(e);
        }
    }

    private static List<Key> keys(Path file, List<List<String>> records) {
        List<Key> keys = new ArrayList<>();
        List<String> header = records.isEmpty() ? List.of() : records.getFirst();
        for (int row = 1; row < records.size(); row++) {
            List<String> fields = records.get(row);
            if (fields.size() != header.size()) {
                throw AdeException.user(
                        "Cannot read keys from %s: row %d has %d fields, the header %d"
                                .formatted(file, row + 1, fields.size(), header.size()),
                        "Correct the row; nobody was forgotten");
            }
            for (int i = 0; i < fields.size(); i++) {
                if (!fields.get(i).isEmpty()) {
                    keys.add(new Key(header.get(i).strip(), fields.get(i)));
                }
            }
        }
        return keys;
    }

    private static List<List<String>> records(String text) {
        List<List<String>> records = new ArrayList<>();
        List<String> record = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean isQuoted = false;
        for (int i = text.startsWith("\uFEFF") ? 1 : 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isQuoted) {
                boolean isDouble = c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"';
                if (isDouble || c != '"') {
                    field.append(c);
                    i += isDouble ? 1 : 0;
                } else {
                    isQuoted = false;
                }
            } else if (c == '"') {
                isQuoted = true;
            } else if (c == ',') {
                record.add(take(field));
            } else if (c == '\n') {
                end(records, record, field);
                record = new ArrayList<>();
            } else if (c != '\r') {
                field.append(c);
            }
        }
        end(records, record, field);
        return records;
    }

    private static void end(List<List<String>> records, List<String> record, StringBuilder field) {
        if (!record.isEmpty() || !field.isEmpty()) {
            record.add(take(field));
            records.add(record);
        }
    }

    private static String take(StringBuilder field) {
        String text = field.toString();
        field.setLength(0);
        return text;
    }
}
