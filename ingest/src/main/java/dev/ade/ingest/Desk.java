package dev.ade.ingest;

import dev.ade.model.Fingerprint;
import dev.ade.spi.Corrections;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Loader;
import dev.ade.spi.Privacy;
import dev.ade.spi.Progress;
import dev.ade.spi.Session;
import dev.ade.spi.Suppression;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What is worked with where rows come in, whether they are to stay or only to be looked at.
///
/// @param state of the dataset before
/// @param landed contents that landed as they are declared now; what they lack is no news
/// @param suppressions values that must not land
/// @param corrections that are read in the place of what stands in the files
/// @param readers of the source's columns
/// @param stages folder of what must not outlive its work
record Desk(
        Session session,
        Privacy privacy,
        Progress progress,
        Instant now,
        Optional<DatasetState> state,
        Set<Fingerprint> landed,
        List<Suppression> suppressions,
        Corrections corrections,
        Loader.ColumnReaders readers,
        Path stages) {
    Desk {
        landed = Set.copyOf(landed);
        suppressions = List.copyOf(suppressions);
    }

    static Desk of(
            Loader.Sight sight,
            Optional<DatasetState> state,
            Set<Fingerprint> landed,
            Path stages) {
        return new Desk(
                sight.session(),
                sight.privacy(),
                sight.progress(),
                sight.now(),
                state,
                landed,
                sight.suppressions(),
                sight.corrections(),
                Loader.ColumnReaders.NONE,
                stages);
    }
}
