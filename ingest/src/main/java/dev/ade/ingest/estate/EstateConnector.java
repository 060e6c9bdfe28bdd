package dev.ade.ingest.estate;

import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.Fingerprint;
import dev.ade.model.LoadSpec.Format;
import dev.ade.model.LoadedColumns;
import dev.ade.model.Sql;
import dev.ade.model.TableName;
import dev.ade.spi.Connector;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Engine;
import dev.ade.spi.LakeView;
import dev.ade.spi.Relation;
import dev.ade.spi.Session;
import dev.ade.spi.Session.ExportFormat;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Reads datasets of another project: `load: {ade: ../crm, table: crm.customers, environment: prod}`. The version that
/// was read is the position, so nothing is read while it stays.
public final class EstateConnector implements Connector {
    private final Path root;
    private final Estates estates;
    private final Supplier<Engine> engine;

    /// @param root the own project's folder
    public EstateConnector(Path root, Estates estates, Supplier<Engine> engine) {
        this.root = root;
        this.estates = estates;
        this.engine = engine;
    }

    @Override
    public void check(Request request) {
        EstateSettings.of(request, root);
    }

    /// What is not there fails the load of its dataset, and no other's.
    @Override
    public Offer look(Request request) {
        EstateSettings settings = EstateSettings.of(request, root);
        return Offer.ofAsking(() -> {
            try (Estates.Estate estate = open(request, settings)) {
                DatasetState state = state(request, settings, estate);
                return offer(request, settings, state, position(state, estate.view()));
            }
        });
    }

    private static Offer offer(
            Request request, EstateSettings settings, DatasetState state, String position) {
        return request.position().equals(Optional.of(position))
                ? Offer.NOTHING
                : Offer.of(
                        "run %s of %s published it"
                                .formatted(state.run(), settings.folder().getFileName()));
    }

    @Override
    public Optional<List<Column>> columns(Request request) {
        EstateSettings settings = EstateSettings.of(request, root);
        try (Estates.Estate estate = open(request, settings)) {
            return Optional.of(columns(state(request, settings, estate)));
        }
    }

    @Override
    public Outcome read(Request request, Stage stage) {
        EstateSettings settings = EstateSettings.of(request, root);
        try (Estates.Estate estate = open(request, settings);
                Session session = engine.get().open(estate.view())) {
            DatasetState state = state(request, settings, estate);
            String name =
                    "%s of %s, %s"
                            .formatted(
                                    settings.table(),
                                    settings.folder().getFileName(),
                                    estate.environment());
            session.export(
                    "select %s from %s".formatted(names(state), settings.table().quoted()),
                    stage.file(name, Format.PARQUET).toString(),
                    ExportFormat.PARQUET,
                    Map.of());
            OptionalLong rows =
                    state.rows() < 0 ? OptionalLong.empty() : OptionalLong.of(state.rows());
            return new Outcome(Optional.of(position(state, estate.view())), rows);
        }
    }

    private Estates.Estate open(Request request, EstateSettings settings) {
        try {
            return estates.open(settings.folder(), settings.environment());
        } catch (AdeException e) {
            throw e.location() == null ? e.at(request.source().location()) : e;
        }
    }

    private static DatasetState state(
            Request request, EstateSettings settings, Estates.Estate estate) {
        return estate.view()
                .state(settings.table())
                .orElseThrow(() ->
                        AdeException.user(
                                        "Cannot load %s: %s has published no %s in environment %s"
                                                .formatted(
                                                        request.source().name(),
                                                        settings.folder(),
                                                        settings.table(),
                                                        estate.environment()),
                                        "ade status -p %s lists what it has"
                                                .formatted(settings.folder()))
                                .at(request.source().location()));
    }

    /// Rows may go without another version, when somebody is forgotten or rows were kept long enough: then the snapshot
    /// is another, of a view that of a table which it reads.
    private String position(DatasetState state, LakeView view) {
        Map<TableName, OptionalLong> snapshots = new TreeMap<>();
        collect(state.name(), view, snapshots);
        OptionalLong own = state.snapshotId();
        return state.version().hex()
                + " "
                + (own.isPresent()
                        ? Long.toString(own.getAsLong())
                        : Fingerprint.of(snapshots.toString()).hex());
    }

    private void collect(TableName name, LakeView view, Map<TableName, OptionalLong> snapshots) {
        Optional<DatasetState> state = view.state(name);
        if (state.isPresent() && !snapshots.containsKey(name)) {
            snapshots.put(name, state.get().snapshotId());
            if (state.get().kind() == DatasetState.Kind.VIEW
                    && view.find(name).orElse(null) instanceof Relation.ViewRelation stored) {
                engine.get()
                        .references(stored.sql())
                        .forEach(input -> collect(input, view, snapshots));
            }
        }
    }

    private static List<Column> columns(DatasetState state) {
        return state.schema().columns().stream()
                .filter(column ->
                        !LoadedColumns.NAMES.contains(column.name().toLowerCase(Locale.ROOT)))
                .toList();
    }

    private static String names(DatasetState state) {
        return columns(state).stream()
                .map(Column::name)
                .map(Sql::quote)
                .collect(Collectors.joining(", "));
    }
}
