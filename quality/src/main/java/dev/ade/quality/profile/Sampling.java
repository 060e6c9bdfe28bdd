package dev.ade.quality.profile;

import dev.ade.spi.WrittenFile;
import java.util.List;

/// Which rows are sampled for quantiles and frequent values: one in `weight`, a power of two, chosen by a hash of
/// the row's place in its file, so that the same files give the same sample.
///
/// One part alone is sampled by 16,384 rows or more, or whole; many parts together by fewer each, so that all
/// together stay a fraction of the pass.
final class Sampling {
    /// Rows that are enough for one part: their rank error is below the sketch's own.
    static final long ROWS = 16_384;

    /// Rows of all parts together, as long as each has `ROWS_MIN`.
    private static final long ROWS_TOTAL = 262_144;

    private static final long ROWS_MIN = 2_048;

    private Sampling() {}

    /// How many rows each sampled row of a part stands for.
    static long weight(long rows, int parts) {
        long enough = Math.clamp(ROWS_TOTAL / parts, ROWS_MIN, ROWS);
        return rows < 2 * enough ? 1 : Long.highestOneBit(rows / enough);
    }

    static long weight(List<WrittenFile> part, int parts) {
        return weight(part.stream().mapToLong(WrittenFile::rows).sum(), parts);
    }
}
