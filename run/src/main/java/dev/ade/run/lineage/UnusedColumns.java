package dev.ade.run.lineage;

import dev.ade.model.Column;
import dev.ade.model.Kind;
import dev.ade.model.Layout;
import dev.ade.model.Model;
import dev.ade.model.TableName;
import dev.ade.spi.Lineage;
import dev.ade.spi.Lineage.Use;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Columns of models that no other dataset reads: candidates to leave out. A hint and no more: people and
/// programs that read the dataset itself are not known here.
public final class UnusedColumns {
    private UnusedColumns() {}

    /// Models that nothing reads are left out, as they are what everything else is for; so are columns that a
    /// model itself needs (event time, keys, layout) and those whose reader's columns are not known.
    public static List<ColumnId> of(ProjectLineage lineage, Collection<TableName> datasets) {
        List<ColumnId> unused = new ArrayList<>();
        for (TableName dataset : datasets) {
            Model model = lineage.project().models().get(dataset);
            Set<TableName> readers = lineage.readers(dataset);
            if (model == null || readers.isEmpty()) {
                continue;
            }
            Optional<Set<String>> read = read(lineage, dataset, readers);
            if (read.isPresent()) {
                Set<String> needed = new HashSet<>(read.get());
                own(model).map(UnusedColumns::lower).forEach(needed::add);
                for (Column column : lineage.of(dataset).schema().columns()) {
                    if (!needed.contains(lower(column.name()))) {
                        unused.add(new ColumnId(dataset, column.name()));
                    }
                }
            }
        }
        return unused;
    }

    /// Columns that readers use; empty where one of them cannot be looked into.
    private static Optional<Set<String>> read(
            ProjectLineage lineage, TableName dataset, Set<TableName> readers) {
        Set<String> read = new HashSet<>();
        for (TableName reader : readers) {
            Optional<Lineage> own = lineage.of(reader).lineage().filter(Lineage::isExact);
            if (own.isEmpty()) {
                return Optional.empty();
            }
            Stream.concat(
                            own.get().rows().stream(),
                            own.get().columns().stream().flatMap(it -> it.uses().stream()))
                    .map(Use::input)
                    .filter(input -> input.dataset().equals(dataset))
                    .forEach(input -> read.add(lower(input.column())));
        }
        return Optional.of(read);
    }

    /// What the model needs for its own upkeep.
    private static Stream<String> own(Model model) {
        Stream<String> keys =
                switch (model.kind()) {
                    case Kind.Dimension dimension ->
                            Stream.concat(
                                    dimension.naturalKey().stream(),
                                    Stream.of(
                                            dimension.surrogate(),
                                            "valid_from",
                                            "valid_to",
                                            "is_current"));
                    case Kind.Incremental incremental -> incremental.uniqueKey().stream();
                    case Kind.Custom custom -> custom.uniqueKey().stream();
                    case Kind.Snapshot snapshot ->
                            Stream.concat(
                                    snapshot.spec().uniqueKey().stream(),
                                    snapshot.spec().columns().names());
                    case Kind.Day day -> day.entity().stream();
                    case Kind.View _, Kind.Table _, Kind.Fact _ -> Stream.of();
                };
        Stream<String> layout = model.layout().partitions().stream().map(Layout.Partition::column);
        return Stream.of(keys, layout, model.eventTime().stream()).flatMap(it -> it);
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
