package dev.ade.run.lineage;

import dev.ade.model.Column;
import dev.ade.model.TableName;
import dev.ade.run.lineage.DatasetLineage.Treated;
import dev.ade.spi.Lineage;
import dev.ade.spi.Lineage.OutputColumn;
import dev.ade.spi.Lineage.Role;
import dev.ade.spi.Lineage.Use;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Which columns hold something of personal columns of sources, and by which way it came there.
///
/// What is personal goes along with values: copied, computed or aggregated. It ends where only a truth or a number
/// of values is left (`is null`, `count`), and where a column only steers. Used by one thread.
public final class PersonalColumns {
    /// Sources of one column that are followed.
    private static final int ORIGINS_MAX = 100;

    private final ProjectLineage lineage;
    private final Map<ColumnId, Collection<Origin>> known = new HashMap<>();
    private final Set<ColumnId> open = new HashSet<>();
    private final Map<TableName, Boolean> exact = new HashMap<>();

    public PersonalColumns(ProjectLineage lineage) {
        this.lineage = lineage;
    }

    /// @param source the column that was loaded
    /// @param treated how it was treated then
    /// @param how the most that was done to it since
    /// @param path from the source to the column that was asked for, both among them
    public record Origin(ColumnId source, Treated treated, Role how, List<ColumnId> path) {
        public Origin {
            path = List.copyOf(path);
        }

        /// `a.b.c -> d.e.f`.
        public String way() {
            return String.join(" -> ", path.stream().map(ColumnId::toString).toList());
        }

        private Origin into(ColumnId next, Role role) {
            List<ColumnId> longer = new ArrayList<>(path);
            longer.add(next);
            return new Origin(source, treated, how.then(role), longer);
        }
    }

    /// Whether the columns of a dataset can be followed up to the sources.
    public boolean isExact(TableName dataset) {
        Boolean found = exact.get(dataset);
        if (found != null) {
            return found;
        }
        exact.put(dataset, true);
        boolean isExact =
                lineage.of(dataset)
                        .lineage()
                        .map(own ->
                                own.isExact() && own.datasets().stream().allMatch(this::isExact))
                        .orElse(true);
        exact.put(dataset, isExact);
        return isExact;
    }

    /// What a column of a dataset holds of personal columns; empty where it holds nothing, or where nothing is known.
    public Collection<Origin> origins(TableName dataset, Column column) {
        return origins(new ColumnId(dataset, column.name()));
    }

    private Collection<Origin> origins(ColumnId id) {
        Collection<Origin> found = known.get(id);
        if (found != null) {
            return found;
        }
        if (!open.add(id)) {
            return List.of();
        }
        found = find(id);
        open.remove(id);
        known.put(id, found);
        return found;
    }

    private Collection<Origin> find(ColumnId id) {
        DatasetLineage dataset = lineage.of(id.dataset());
        if (dataset.lineage().isEmpty()) {
            return dataset.treated(id.column())
                    .filter(PersonalColumns::isPersonal)
                    .map(treated -> List.of(new Origin(id, treated, Role.COPY, List.of(id))))
                    .orElse(List.of());
        }
        Map<ColumnId, Origin> origins = new TreeMap<>();
        List<Use> uses =
                dataset.lineage()
                        .flatMap(it -> it.find(id.column()))
                        .map(OutputColumn::uses)
                        .orElse(List.of());
        for (Use use : uses) {
            if (carries(use.role()) && origins.size() < ORIGINS_MAX) {
                for (Origin origin : origins(spelled(use.input()))) {
                    origins.putIfAbsent(origin.source(), origin.into(id, use.role()));
                }
            }
        }
        return List.copyOf(origins.values());
    }

    /// Whether something that is loaded has a personal column.
    public static boolean hasPersonal(DatasetLineage source) {
        return source.personal().values().stream().anyMatch(PersonalColumns::isPersonal);
    }

    static boolean isPersonal(Treated treated) {
        return !treated.dataClass().equals("none") && !treated.treatment().equals("drop");
    }

    private static boolean carries(Role role) {
        return switch (role) {
            case COPY, TRANSFORM, AGGREGATE -> true;
            case TEST, COUNT, CONDITION, WINDOW, SORT, JOIN, GROUP, FILTER -> false;
        };
    }

    private ColumnId spelled(Lineage.Input input) {
        String name =
                lineage.of(input.dataset())
                        .schema()
                        .find(input.column())
                        .map(Column::name)
                        .orElse(input.column());
        return new ColumnId(input.dataset(), name);
    }
}
