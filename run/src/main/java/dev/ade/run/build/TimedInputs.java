package dev.ade.run.build;

import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.Grain;
import dev.ade.model.Interval;
import dev.ade.model.Location;
import dev.ade.model.Model;
import dev.ade.model.TableName;
import dev.ade.run.Reach;
import dev.ade.spi.Relation;
import java.util.List;
import java.util.Optional;

/// What the query of an interval sees: of inputs with event time only the rows of then, so that pruned scans read just their
/// files; of others all.
final class TimedInputs {
    private static final String UNFILTERED = "ade$unfiltered";

    private final BuildContext context;
    private final Model model;
    private final List<TableName> timed;

    TimedInputs(BuildContext context) {
        this.context = context;
        this.model = context.model();
        this.timed = model.inputs().stream().filter(context.isTimed()).toList();
    }

    boolean isEmpty() {
        return timed.isEmpty();
    }

    /// Whether the query sees nothing whole.
    boolean areAll() {
        return timed.size() == model.inputs().size();
    }

    /// Whether they give the model its event time, so that each row is of the interval of a row that it is made from.
    boolean areItsTime() {
        Grain grain = model.kind().intervalGrain().orElseThrow();
        return context.timedBy().get().follows(context.project().eventTimes(timed), grain);
    }

    private String time(TableName input) {
        return context.project().eventTime(input).orElseThrow();
    }

    /// With what a lookback lets in.
    Overlay within(Interval range) {
        return seen(Optional.of(Reach.of(model, range)));
    }

    /// Nothing but what a lookback lets in.
    Overlay before(Interval range) {
        Interval reach = Reach.of(model, range);
        return seen(
                reach.equals(range)
                        ? Optional.empty()
                        : Optional.of(new Interval(reach.from(), range.from())));
    }

    /// @param times empty for none at all
    private Overlay seen(Optional<Interval> times) {
        Overlay relations = new Overlay(context.draft());
        timed.forEach(input -> see(relations, input, times));
        return relations;
    }

    private void see(Overlay relations, TableName input, Optional<Interval> times) {
        Relation whole = context.draft().find(input).orElseThrow();
        EventTime time = eventTime(input, whole);
        TableName inner = TableName.of(UNFILTERED, input.namespace() + "$" + input.name());
        relations.with(
                inner,
                times.map(time::bound)
                        .flatMap(bound -> context.draft().find(input, List.of(bound)))
                        .orElse(whole));
        relations.with(
                input,
                new Relation.ViewRelation(
                        "select * from %s where %s"
                                .formatted(inner.quoted(), times.map(time::within).orElse("false")),
                        whole.schema()));
    }

    private EventTime eventTime(TableName input, Relation whole) {
        String name = time(input);
        Column column =
                whole.schema()
                        .find(name)
                        .orElseThrow(() ->
                                AdeException.user(
                                                "Cannot fill %s by intervals: event_time '%s' of its input %s is not a column of it"
                                                        .formatted(model.name(), name, input),
                                                "Select the column, or name another in event_time")
                                        .at(Location.of(model.file())));
        return new EventTime(column.name(), column.type());
    }
}
