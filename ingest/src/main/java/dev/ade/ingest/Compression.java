package dev.ade.ingest;

import java.util.Locale;

/// How a file is packed, by its name.
enum Compression {
    NONE(""),
    GZIP(".gz"),
    ZSTD(".zst");

    private final String suffix;

    Compression(String suffix) {
        this.suffix = suffix;
    }

    static Compression of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (Compression compression : values()) {
            if (compression != NONE && lower.endsWith(compression.suffix)) {
                return compression;
            }
        }
        return NONE;
    }

    /// The name without the suffix of its compression.
    String strip(String name) {
        return name.substring(0, name.length() - suffix.length());
    }
}
