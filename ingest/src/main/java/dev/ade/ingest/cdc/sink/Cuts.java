package dev.ade.ingest.cdc.sink;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Predicate;

/// Places in databases' logs, up to which readings go. Those of one run share one, so that its tables show the database
/// at one moment. Thread-safe.
///
/// @param <P> a place in such a log
public final class Cuts<P> {
    private static final int CUTS_MAX = 64;

    private final Deque<Cut<P>> cuts = new ArrayDeque<>();

    /// @param server its address
    /// @param run its instant
    private record Cut<P>(String server, Instant run, P place) {}

    /// Asks a server for its place now.
    @FunctionalInterface
    public interface Asking<P> {
        P ask() throws SQLException;
    }

    /// The place up to which a reading goes.
    ///
    /// @param isLater whether a place is behind where the reading begins
    /// @param asking for another where there is none
    public synchronized P cut(String server, Instant run, Predicate<P> isLater, Asking<P> asking)
            throws SQLException {
        Optional<Cut<P>> there =
                cuts.stream()
                        .filter(cut ->
                                cut.server().equals(server)
                                        && cut.run().equals(run)
                                        && isLater.test(cut.place()))
                        .findFirst();
        if (there.isPresent()) {
            return there.get().place();
        }
        P place = asking.ask();
        cuts.addFirst(new Cut<>(server, run, place));
        if (cuts.size() > CUTS_MAX) {
            cuts.removeLast();
        }
        return place;
    }
}
