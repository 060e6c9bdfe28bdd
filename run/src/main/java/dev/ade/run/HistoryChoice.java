package dev.ade.run;

import dev.ade.model.OnChange;
import java.util.List;
import java.util.Optional;

/// What somebody asks to become of history where a query changed. Empty: nobody asks; selectors that are no list: for
/// all datasets.
///
/// @param restate dbt selectors of what is made again
/// @param forward dbt selectors of what keeps its rows
public record HistoryChoice(Optional<List<String>> restate, Optional<List<String>> forward) {
    public static final HistoryChoice NONE = new HistoryChoice(Optional.empty(), Optional.empty());

    public HistoryChoice {
        restate = restate.map(List::copyOf);
        forward = forward.map(List::copyOf);
    }

    /// The selectors of a choice, if it was made.
    Optional<List<String>> of(OnChange choice) {
        return switch (choice) {
            case RESTATE -> restate;
            case FORWARD -> forward;
        };
    }
}
