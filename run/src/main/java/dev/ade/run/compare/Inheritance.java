package dev.ade.run.compare;

import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.Model;
import dev.ade.model.Schema;
import dev.ade.model.TableName;
import dev.ade.run.compare.DatasetChange.FactChange;
import dev.ade.run.compare.DatasetChange.Topic;
import dev.ade.run.lineage.Identity;
import dev.ade.run.lineage.Inherited;
import dev.ade.run.lineage.Inherited.Trait;
import dev.ade.run.lineage.PersonalColumns;
import dev.ade.run.lineage.ProjectLineage;
import dev.ade.spi.DatasetState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Which classes of personal data the columns of models will inherit, and which models would be refused for it. Only
/// models below a personal column cost anything: their queries are bound.
final class Inheritance {
    private static final String NONE = "none";

    /// Models that are followed for a plan. Binding one takes a few milliseconds.
    private static final int FOLLOWED_MAX = 500;

    private final ProjectLineage lineage;
    private final PersonalColumns personal;
    private final Map<TableName, Boolean> reached = new HashMap<>();
    private int followed;

    /// @param lineage as it will be
    Inheritance(ProjectLineage lineage) {
        this.lineage = lineage;
        this.personal = new PersonalColumns(lineage);
    }

    /// What it would come to.
    ///
    /// @param changes columns that would inherit another class, or the same treated otherwise
    /// @param refusal why it would not be built
    record Outlook(List<FactChange> changes, Optional<AdeException> refusal) {
        static final Outlook NOTHING = new Outlook(List.of(), Optional.empty());
    }

    /// @param published as it is now
    Outlook of(Model model, Optional<DatasetState> published) {
        Optional<Inherited> before = published.flatMap(Inherited::of);
        boolean hadNothing = before.filter(it -> !it.columns().isEmpty()).isEmpty();
        boolean hasNothing = hadNothing && !isReached(model.name());
        if (hasNothing || followed >= FOLLOWED_MAX) {
            return Outlook.NOTHING;
        }
        followed++;
        Schema schema = lineage.of(model.name()).schema();
        List<FactChange> changes =
                Inherited.of(model.name(), personal, schema)
                        .map(after -> changes(schema, after, published, before))
                        .orElse(List.of());
        return new Outlook(changes, Identity.refusal(model, lineage, personal));
    }

    /// Whether anything personal may come to a dataset.
    private boolean isReached(TableName dataset) {
        Boolean known = reached.get(dataset);
        if (known != null) {
            return known;
        }
        reached.put(dataset, false);
        Model model = lineage.project().models().get(dataset);
        boolean isReached =
                model == null
                        ? PersonalColumns.hasPersonal(lineage.of(dataset))
                        : model.inputs().stream().anyMatch(this::isReached);
        reached.put(dataset, isReached);
        return isReached;
    }

    private List<FactChange> changes(
            Schema schema,
            Inherited after,
            Optional<DatasetState> published,
            Optional<Inherited> before) {
        List<FactChange> changes = new ArrayList<>();
        for (Column column : schema.columns()) {
            boolean isNew =
                    published.filter(it -> it.schema().find(column.name()).isPresent()).isEmpty();
            if (isNew && !after.traits(column.name()).isEmpty()) {
                changes.add(change(column, Optional.empty(), after));
            }
            boolean isKnown = !isNew && before.isPresent();
            if (isKnown && !after.isLike(before.get(), column.name())) {
                changes.add(change(column, before, after));
            }
        }
        return changes;
    }

    private static FactChange change(Column column, Optional<Inherited> before, Inherited after) {
        return new FactChange(
                Topic.INHERITED,
                column.name(),
                before.map(it -> text(it.traits(column.name()), "")),
                Optional.of(text(after.traits(column.name()), " (from %s)")));
    }

    private static String text(List<Trait> traits, String from) {
        return traits.isEmpty()
                ? NONE
                : traits.stream()
                        .map(trait -> trait.text() + from.formatted(trait.from()))
                        .collect(Collectors.joining("; "));
    }
}
