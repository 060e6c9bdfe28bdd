package dev.ade.run;

import dev.ade.model.Fingerprint;
import dev.ade.model.Interval;
import dev.ade.model.TableName;
import dev.ade.run.rejected.GivenCorrections;
import dev.ade.spi.Compiler.Indirect;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What somebody asks to be made so.
///
/// @param select dbt selectors; empty means everything
/// @param exclude dbt selectors of what to leave alone
/// @param refresh whether what is published under the right version is made again all the same
/// @param restate intervals of one dataset to fill again on purpose, with everything below them
/// @param indirect which checks belong to what is selected, where checks are all that is asked for
/// @param history what becomes of rows whose model got another query
/// @param conduct how it goes about that
/// @param state a folder of dbt's files that selectors compare with, instead of what is published
/// @param corrected rows of files that somebody corrected, to be kept with what is published
/// @param command what the person typed, for the record
public record RunRequest(
        List<String> select,
        List<String> exclude,
        Refresh refresh,
        Optional<Restatement> restate,
        Indirect indirect,
        HistoryChoice history,
        Conduct conduct,
        Optional<Path> state,
        List<GivenCorrections> corrected,
        String command) {
    public RunRequest {
        corrected = List.copyOf(corrected);
        select = List.copyOf(select);
        exclude = List.copyOf(exclude);
    }

    public RunRequest(
            List<String> select,
            List<String> exclude,
            Refresh refresh,
            Optional<Restatement> restate,
            String command) {
        this(
                select,
                exclude,
                refresh,
                restate,
                Indirect.EAGER,
                HistoryChoice.NONE,
                Conduct.PLAIN,
                Optional.empty(),
                List.of(),
                command);
    }

    public static RunRequest everything(String command) {
        return new RunRequest(List.of(), List.of(), Refresh.CHANGED, Optional.empty(), command);
    }

    /// What the last run did not get done.
    public static RunRequest unfinished(String command) {
        return new RunRequest(
                List.of("result:error", "result:fail", "result:skipped"),
                List.of(),
                Refresh.CHANGED,
                Optional.empty(),
                command);
    }

    public RunRequest restating(Restatement restatement) {
        return new RunRequest(
                select,
                exclude,
                refresh,
                Optional.of(restatement),
                indirect,
                history,
                conduct,
                state,
                corrected,
                command);
    }

    /// The same with rows of files that somebody corrected.
    public RunRequest correcting(List<GivenCorrections> files) {
        return new RunRequest(
                select, exclude, refresh, restate, indirect, history, conduct, state, files,
                command);
    }

    public RunRequest choosing(Indirect other) {
        return new RunRequest(
                select, exclude, refresh, restate, other, history, conduct, state, corrected,
                command);
    }

    /// The same, compared with a folder of dbt's files.
    public RunRequest comparedWith(Optional<Path> folder) {
        return new RunRequest(
                select, exclude, refresh, restate, indirect, history, conduct, folder, corrected,
                command);
    }

    /// The same with somebody's word on history.
    public RunRequest with(HistoryChoice choice) {
        return new RunRequest(
                select, exclude, refresh, restate, indirect, choice, conduct, state, corrected,
                command);
    }

    public RunRequest with(Conduct other) {
        return new RunRequest(
                select, exclude, refresh, restate, indirect, history, other, state, corrected,
                command);
    }

    public enum Refresh {
        /// Only what is not published under its version.
        CHANGED,
        /// Everything selected, from scratch.
        FULL
    }

    /// @param batches of a source, to load again whatever their event time; where it has none of them, those with rows in
    ///     the interval are loaded again
    public record Restatement(TableName dataset, Interval interval, Set<Fingerprint> batches) {
        public Restatement {
            batches = Set.copyOf(batches);
        }

        public Restatement(TableName dataset, Interval interval) {
            this(dataset, interval, Set.of());
        }
    }
}
