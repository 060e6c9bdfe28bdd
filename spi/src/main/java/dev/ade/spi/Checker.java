package dev.ade.spi;

import dev.ade.model.CheckSpec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds out whether a check holds.
public interface Checker {
    /// The session of `context` sees the draft.
    Result check(CheckSpec check, Context context);

    /// @param query the compiled query of a query check, else empty
    /// @param state of the dataset in the draft
    /// @param profile of the dataset as drafted, if there is one
    /// @param at the instant the run is for: "yesterday" is the day before it
    record Context(
            Session session,
            Optional<String> query,
            DatasetState state,
            Optional<Profile> profile,
            Instant at) {}

    /// @param failures failing rows, or 1 for a monitor that does not hold
    /// @param message one sentence: "12 rows have no customer_id", "1,204 rows on 2026-11-20, expected 980 to 1,100"
    /// @param sql that shows the failing rows, for people; empty for monitors
    record Result(
            CheckSpec check,
            Outcome outcome,
            long failures,
            String message,
            String sql,
            @Nullable Double observed,
            List<Double> expected) {}

    enum Outcome {
        PASS,
        WARN,
        FAIL,
        /// It could not be run.
        ERROR,
        /// Too little history yet.
        SKIPPED
    }
}
