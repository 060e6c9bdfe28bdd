package dev.ade.duck;

import dev.ade.model.Sql;
import dev.ade.spi.Session.ExportFormat;
import java.util.Map;
import java.util.stream.Collectors;

/// The statement that writes what a query gives to a file.
final class CopyText {
    private CopyText() {}

    /// @param options of the engine's writer
    static String of(String select, String file, ExportFormat format, Map<String, String> options) {
        String type =
                switch (format) {
                    case CSV -> "csv";
                    case NDJSON -> "json";
                    case PARQUET -> "parquet";
                };
        String with =
                options.entrySet().stream()
                        .map(option ->
                                ", "
                                        + Sql.quote(option.getKey())
                                        + " "
                                        + Sql.literal(option.getValue()))
                        .sorted()
                        .collect(Collectors.joining());
        return "copy (%s) to %s (format %s%s)".formatted(select, Sql.literal(file), type, with);
    }
}
