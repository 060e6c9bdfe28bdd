package dev.ade.spi;

import dev.ade.model.AdeException;
import dev.ade.model.CheckSpec;
import dev.ade.model.Interval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds out whether checks hold.
public interface Checker {
    /// The session of `context` sees the draft. A check that cannot be run gives `ERROR` with the reason; it does
    /// not throw, except where it was cancelled.
    Result check(CheckSpec check, Context context);

    /// Several checks of one dataset, in as few scans as they need; results in the order of `requests`. One that
    /// cannot be run leaves the others as they are. The query of `context` is not looked at.
    default List<Result> checkAll(List<Request> requests, Context context) {
        List<Result> results = new ArrayList<>();
        for (Request request : requests) {
            results.add(check(request.check(), context.withQuery(request.query())));
        }
        return results;
    }

    /// Rows that failed a check, each as a JSON object in text, for `ade.failures`: none where the check does not
    /// store its failures, has none, or is a monitor; else at most `rowsMax`.
    ///
    /// @throws AdeException DATA where they cannot be computed, though they could be counted: why, without any value
    default List<String> failingRows(Result result, Session session, int rowsMax) {
        return List.of();
    }

    /// @param query the compiled query of a query check, else empty
    record Request(CheckSpec check, Optional<String> query) {}

    /// @param query the compiled query of a query check, else empty
    /// @param state of the dataset in the draft
    /// @param eventTime the column that says of which day a row is, where the dataset has one
    /// @param profile of the dataset as drafted, if there is one
    /// @param intervals what the run found out about intervals of the dataset; `ade.profiles` does not have them yet
    /// @param at the instant the run is for: "yesterday" is the day before it
    record Context(
            Session session,
            Optional<String> query,
            DatasetState state,
            Optional<String> eventTime,
            Optional<Profile> profile,
            List<IntervalProfile> intervals,
            Instant at) {
        public Context {
            intervals = List.copyOf(intervals);
        }

        public Context withQuery(Optional<String> other) {
            return new Context(session, other, state, eventTime, profile, intervals, at);
        }
    }

    /// A profile of the rows of one interval of event time, or of load time where the dataset has no event time.
    /// It may say nothing but the number of rows.
    record IntervalProfile(Interval interval, Profile profile) {}

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
            List<Double> expected) {
        /// The same with another remark behind its message.
        public Result remarking(String remark) {
            return saying(message + "; " + remark);
        }

        /// The same with another message.
        public Result saying(String other) {
            return new Result(check, outcome, failures, other, sql, observed, expected);
        }
    }

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
