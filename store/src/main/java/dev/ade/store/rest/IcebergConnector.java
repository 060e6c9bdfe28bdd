package dev.ade.store.rest;

import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.Homonyms;
import dev.ade.model.LoadSpec.Format;
import dev.ade.model.LoadSpec.Mode;
import dev.ade.model.Type;
import dev.ade.spi.Connector;
import dev.ade.spi.Engine;
import dev.ade.spi.Libraries;
import dev.ade.spi.Relations;
import dev.ade.spi.Session;
import dev.ade.spi.Session.ExportFormat;
import dev.ade.store.IcebergTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Scan;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types.NestedField;

/// Reads tables of other Iceberg catalogs: `load: {iceberg: "https://catalog.example", table: sales.orders}`. The snapshot
/// that was read is the position; where rows are appended or merged, only files that came since are read.
public final class IcebergConnector implements Connector {
    private final Supplier<Engine> engine;
    private final ObjectStore store;

    /// @param libraries where clients of S3 come from, which do not come with ADE
    public IcebergConnector(Supplier<Engine> engine, Supplier<Libraries> libraries) {
        this.engine = engine;
        this.store = new ObjectStore(libraries);
    }

    private RestTable table(Request request, RestSettings settings) {
        return new RestTable(request, settings, store);
    }

    @Override
    public Set<String> manners() {
        return Set.of("credential", "token", "scope", "token_url", "insecure", "s3", "local");
    }

    @Override
    public List<Listed> list(Request request) {
        return table(request, RestSettings.ofCatalog(request)).list().stream()
                .map(Notes::line)
                .toList();
    }

    @Override
    public Found sample(Request request, Stage stage, long rowsMax) {
        return table(request, RestSettings.of(request))
                .ask(table -> {
                    columns(request, table);
                    try (Session session = engine.get().open(Relations.none())) {
                        String some =
                                new TableRows(request, table, session, stage)
                                        .select(some(current(table), rowsMax));
                        session.export(
                                "%s limit %d".formatted(some, rowsMax),
                                stage.file(table.name(), Format.PARQUET).toString(),
                                ExportFormat.PARQUET,
                                Map.of());
                    }
                    return new Found(
                            List.copyOf(table.schema().identifierFieldNames()),
                            Optional.empty(),
                            Notes.of(table));
                });
    }

    /// Files that have as many rows, or all.
    private static List<FileScanTask> some(List<FileScanTask> tasks, long rowsMax) {
        List<FileScanTask> some = new ArrayList<>();
        long rows = 0;
        for (FileScanTask task : tasks) {
            if (rows < rowsMax) {
                some.add(task);
                rows += task.file().recordCount();
            }
        }
        return some;
    }

    @Override
    public void check(Request request) {
        RestSettings.of(request);
    }

    /// A catalog that does not answer, or has no such table, fails the load of its dataset, and no other's.
    @Override
    public Offer look(Request request) {
        RestSettings settings = RestSettings.of(request);
        return Offer.ofAsking(() ->
                table(request, settings)
                        .ask(table -> offer(request, settings, Position.of(table))));
    }

    private static Offer offer(Request request, RestSettings settings, Position now) {
        boolean isReplaced = request.load().mode() == Mode.REPLACE;
        boolean isSame =
                request.position()
                        .map(Position::parse)
                        .filter(last -> isReplaced ? now.equals(last) : now.hasRowsOf(last))
                        .isPresent();
        return isSame
                ? Offer.NOTHING
                : Offer.of("%s has a new snapshot".formatted(settings.place()));
    }

    @Override
    public Optional<List<Column>> columns(Request request) {
        return table(request, RestSettings.of(request))
                .ask(table -> Optional.of(columns(request, table)));
    }

    /// The columns that are read, as a dataset can have them.
    private static List<Column> columns(Request request, Table table) {
        List<NestedField> fields = TableRows.columns(table);
        Homonyms.among(fields.stream().map(NestedField::name).toList())
                .ifPresent(homonyms -> {
                    throw request.wrong(
                            "it has %s, which have one name".formatted(homonyms),
                            "Rename one of them in the engine that writes the table");
                });
        return fields.stream()
                .map(field -> new Column(field.name(), type(request, field)))
                .toList();
    }

    private static Type type(Request request, NestedField field) {
        try {
            return IcebergTypes.type(field.type());
        } catch (AdeException e) {
            throw request.wrong(
                    "column '%s' is of Iceberg's type %s, which ADE has not"
                            .formatted(field.name(), field.type()),
                    "Cast it in the engine that writes the table, or leave it out there");
        }
    }

    @Override
    public Outcome read(Request request, Stage stage) {
        RestSettings settings = RestSettings.of(request);
        return table(request, settings)
                .ask(table -> {
                    columns(request, table);
                    String part =
                            "%s, snapshot %d"
                                    .formatted(settings.place(), Position.of(table).snapshot());
                    return read(new Reading(request, stage, table, part));
                });
    }

    /// @param part name of what is staged
    private record Reading(Request request, Stage stage, Table table, String part) {
        Outcome nothing() {
            return outcome(OptionalLong.of(0), List.of());
        }

        Outcome outcome(OptionalLong rows, List<String> remarks) {
            return new Outcome(
                    Optional.of(Position.of(table).toString()), rows, List.of(), remarks);
        }
    }

    private Outcome read(Reading reading) {
        Optional<Position> last = reading.request().position().map(Position::parse);
        if (last.isEmpty()) {
            return readAll(reading, List.of());
        }
        return switch (Advance.of(reading.table(), last.get())) {
            case Advance.Nothing _ -> reading.nothing();
            case Advance.Begun _ -> readAll(reading, List.of());
            case Advance.Appended appended -> readAppended(reading, appended.sinceSnapshot());
            case Advance.Unclear unclear -> readAgain(reading, unclear.reason());
        };
    }

    private Outcome readAppended(Reading reading, long since) {
        List<FileScanTask> tasks =
                tasks(reading.table().newIncrementalAppendScan().fromSnapshotExclusive(since));
        return tasks.isEmpty() ? reading.nothing() : stage(reading, tasks, List.of());
    }

    /// All rows may be merged again, but not appended.
    private Outcome readAgain(Reading reading, String reason) {
        if (reading.request().load().mode() == Mode.APPEND) {
            throw reading.request()
                    .wrong(
                            "what was appended since the last load cannot be told: " + reason,
                            "Load all of it again: ade run --full-refresh %s; or write mode: replace, or mode: merge and key:"
                                    .formatted(reading.request().source().name()));
        }
        return readAll(reading, List.of("all rows were read again: " + reason));
    }

    private Outcome readAll(Reading reading, List<String> remarks) {
        return stage(reading, current(reading.table()), remarks);
    }

    private static List<FileScanTask> current(Table table) {
        return table.currentSnapshot() == null ? List.of() : tasks(table.newScan());
    }

    private static List<FileScanTask> tasks(Scan<?, FileScanTask, ?> scan) {
        List<FileScanTask> tasks = new ArrayList<>();
        try (CloseableIterable<FileScanTask> planned = scan.planFiles()) {
            planned.forEach(tasks::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return tasks;
    }

    private Outcome stage(Reading reading, List<FileScanTask> tasks, List<String> remarks) {
        try (Session session = engine.get().open(Relations.none())) {
            session.export(
                    new TableRows(reading.request(), reading.table(), session, reading.stage())
                            .select(tasks),
                    reading.stage().file(reading.part(), Format.PARQUET).toString(),
                    ExportFormat.PARQUET,
                    Map.of());
        } catch (AdeException e) {
            throw isOfEngine(e) ? unreadable(reading.request(), e) : e;
        }
        return reading.outcome(rows(tasks), remarks);
    }

    /// What is wrong with a query is wrong with the files that it reads.
    private static boolean isOfEngine(AdeException e) {
        return e.kind() == AdeException.Kind.USER && e.location() == null;
    }

    private static AdeException unreadable(Request request, AdeException e) {
        String reason = String.valueOf(e.getMessage()).replaceFirst("^Cannot run the query: ", "");
        return AdeException.resource(
                        "Cannot load %s: its files cannot be read: %s"
                                .formatted(request.source().name(), reason),
                        "Run again, as files may just have been cleaned away; else look at the file")
                .at(request.source().location())
                .causedBy(e);
    }

    /// Rows that are deleted may be named twice, so that only the files' own counts are sure.
    private static OptionalLong rows(List<FileScanTask> tasks) {
        return tasks.stream().allMatch(task -> task.deletes().isEmpty())
                ? OptionalLong.of(tasks.stream().mapToLong(task -> task.file().recordCount()).sum())
                : OptionalLong.empty();
    }
}
