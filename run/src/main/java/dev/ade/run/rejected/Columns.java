package dev.ade.run.rejected;

import dev.ade.model.AdeException;
import dev.ade.spi.RawFile;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// The columns of a sheet, as they were given back.
record Columns(Path path, List<String> names) {
    Columns {
        names = List.copyOf(names);
    }

    /// @throws AdeException USER where a column of a file is missing
    void requireAll(Collection<RawFile> files) {
        for (RawFile file : files) {
            for (String column : file.columns()) {
                if (index(column).isEmpty()) {
                    throw wrong(
                            "the column '%s' of %s is not in it".formatted(column, file.origin()));
                }
            }
        }
    }

    private AdeException wrong(String reason) {
        return AdeException.user(
                "Cannot correct rows with %s: %s".formatted(path, reason),
                "Leave its columns as they were exported");
    }

    private OptionalInt index(String column) {
        return IntStream.range(0, names.size())
                .filter(i -> names.get(i).equalsIgnoreCase(column))
                .findFirst();
    }

    private static boolean has(RawFile file, String name) {
        return file.columns().stream().anyMatch(name::equalsIgnoreCase);
    }

    /// What a row is to say, by the columns of its file.
    ///
    /// @throws AdeException USER where it says something that its file has no column for
    Map<String, String> values(SheetRow row, RawFile file) {
        for (int i = 0; i < names.size(); i++) {
            if (!has(file, names.get(i)) && !row.values().get(i).isEmpty()) {
                throw Correcting.wrong(
                        path,
                        row.at(),
                        "%s has no column for what is in '%s'"
                                .formatted(file.origin(), names.get(i)),
                        "Move it to the column that it belongs to, and leave it empty");
            }
        }
        Map<String, String> values = new HashMap<>();
        for (String column : file.columns()) {
            values.put(column, row.values().get(index(column).orElseThrow()));
        }
        return values;
    }
}
