package dev.ade.ingest.format;

import dev.ade.model.Homonyms;
import java.util.List;

/// Names of columns.
final class Names {
    private Names() {}

    static void requireDistinct(List<String> names) {
        Homonyms.among(names)
                .ifPresent(homonyms -> {
                    throw new Converter.NotReadable(
                            "%s have one name".formatted(homonyms),
                            "Give the columns names of their own in load: {options: {names: [a, b, …]}}");
                });
    }
}
