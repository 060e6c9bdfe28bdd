package dev.ade.run.build;

import dev.ade.model.Intervals;
import dev.ade.spi.FileTarget;
import dev.ade.spi.FilledInterval;
import dev.ade.spi.WrittenFile;
import java.util.List;
import java.util.Optional;

/// What a build did to a draft.
///
/// @param target where it wrote; empty for views
/// @param written files with new rows
/// @param coverage whether `written` is all of the dataset
/// @param rowsWritten rows that the model's query gave
/// @param changed event time whose rows changed; `ALWAYS` where that is not known
/// @param filled intervals it is filled by now; empty for kinds that are not
public record Built(
        Optional<FileTarget> target,
        List<WrittenFile> written,
        Coverage coverage,
        long rowsWritten,
        Intervals changed,
        List<FilledInterval> filled) {
    public enum Coverage {
        ALL,
        PART
    }

    static Built whole(FileTarget target, List<WrittenFile> written) {
        return new Built(
                Optional.of(target),
                written,
                Coverage.ALL,
                rows(written),
                Intervals.ALWAYS,
                List.of());
    }

    static long rows(List<WrittenFile> files) {
        return files.stream().mapToLong(WrittenFile::rows).sum();
    }
}
