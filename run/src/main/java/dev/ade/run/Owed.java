package dev.ade.run;

import dev.ade.model.Interval;
import dev.ade.model.Project;
import dev.ade.model.TableName;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Draft;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What a restatement has not reached. It changes no version, so nothing else tells that a dataset below keeps rows of
/// before because it was withheld, failed or was not begun. As published it owes an interval, until it is made again.
final class Owed {
    /// The property under which a dataset keeps it; empty for nothing.
    private static final String PROPERTY = "restatement_owed";

    private static final String SEPARATOR = "/";

    private Owed() {}

    static Optional<Interval> of(DatasetState state) {
        String text = state.properties().getOrDefault(PROPERTY, "");
        int middle = text.indexOf(SEPARATOR);
        return middle < 0
                ? Optional.empty()
                : Optional.of(
                        new Interval(
                                Instant.parse(text.substring(0, middle)),
                                Instant.parse(text.substring(middle + 1))));
    }

    /// Settles before anything is made that what is published of the datasets below owes what is restated.
    static void note(Plan plan, RunRequest.Restatement restatement, Project project, Draft draft) {
        for (Step step : plan.steps()) {
            TableName name = step.dataset();
            if (step instanceof Step.Build
                    && Topology.isBelow(project, name, restatement.dataset())) {
                draft.state(name).ifPresent(state -> note(state, restatement.interval(), draft));
            }
        }
    }

    private static void note(DatasetState state, Interval restated, Draft draft) {
        Interval owed = of(state).map(before -> before.span(restated)).orElse(restated);
        String text = owed.from() + SEPARATOR + owed.to();
        draft.annotate(state.name(), Map.of(PROPERTY, text));
        draft.keep(state.name());
    }

    /// Intervals that are stale, and those that are owed.
    static List<Interval> with(List<Interval> stale, Set<Interval> wanted, Interval owed) {
        Set<Interval> all = new TreeSet<>(stale);
        wanted.stream().filter(owed::overlaps).forEach(all::add);
        return List.copyOf(all);
    }

    /// Of a dataset that was made again.
    static void settle(TableName name, Draft draft) {
        if (draft.state(name).flatMap(Owed::of).isPresent()) {
            draft.annotate(name, Map.of(PROPERTY, ""));
        }
    }
}
