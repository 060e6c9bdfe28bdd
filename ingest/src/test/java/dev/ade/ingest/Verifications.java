package dev.ade.ingest;

import dev.ade.spi.Verified;

/// What a verification found, as tests compare it.
final class Verifications {
    private Verifications() {}

    /// `MISSING 1 [id=4]`, `CHANGED 1 [id=2] note 1`.
    static String said(Verified found) {
        StringBuilder text = new StringBuilder();
        for (Verified.Difference one : found.differences()) {
            text.append(one.kind()).append(' ').append(one.rows()).append(' ').append(one.keys());
            one.columns()
                    .forEach(it ->
                            text.append(' ').append(it.column()).append(' ').append(it.rows()));
            text.append('\n');
        }
        return text.toString().strip();
    }

    static String parts(int columns, String parts, String which) {
        return "checksums of %d columns in %s, of which %s read".formatted(columns, parts, which);
    }
}
