package dev.ade.run.environment;

import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.Schema;
import dev.ade.model.Sql;
import dev.ade.model.TableName;
import dev.ade.run.environment.DatasetDiff.ColumnDiff;
import dev.ade.run.environment.DatasetDiff.Outcome;
import dev.ade.spi.Bound;
import dev.ade.spi.Cursor;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Engine;
import dev.ade.spi.LakeView;
import dev.ade.spi.Relation;
import dev.ade.spi.Relations;
import dev.ade.spi.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Compares what two views of a lake show. Datasets under the same version are equal without being read.
public final class DataDiff {
    private static final String LEFT = "ade$left";
    private static final String RIGHT = "ade$right";

    private final Engine engine;
    private final Path spill;
    private final Keys keys;

    /// @param spill folder for what views give while they are compared
    public DataDiff(Engine engine, Path spill, Keys keys) {
        this.engine = engine;
        this.spill = spill;
        this.keys = keys;
    }

    /// @param share part of the rows that are compared, above 0, at most 1: the same rows of both sides
    public DatasetDiff compare(TableName dataset, LakeView left, LakeView right, double share) {
        Optional<DatasetState> here = left.state(dataset);
        Optional<DatasetState> there = right.state(dataset);
        if (here.isEmpty() || there.isEmpty()) {
            Outcome outcome = here.isPresent() ? Outcome.ONLY_LEFT : Outcome.ONLY_RIGHT;
            return new DatasetDiff(dataset, outcome, List.of(), Optional.empty());
        }
        if (here.get().version().equals(there.get().version())) {
            return new DatasetDiff(dataset, Outcome.SAME_VERSION, List.of(), Optional.empty());
        }
        List<ColumnDiff> columns = DatasetDiff.columns(here.get().schema(), there.get().schema());
        DatasetDiff.Rows rows = rows(dataset, left, right, share);
        Outcome outcome =
                rows.isSame() && columns.isEmpty() ? Outcome.SAME_DATA : Outcome.DIFFERENT;
        return new DatasetDiff(dataset, outcome, columns, Optional.of(rows));
    }

    private DatasetDiff.Rows rows(TableName dataset, LakeView left, LakeView right, double share) {
        try (Folder folder = new Folder(spill)) {
            String l = side(dataset, left, LEFT, folder);
            String r = side(dataset, right, RIGHT, folder);
            try (Session session = engine.open(new Sides(dataset, left, right))) {
                DiffSql sql =
                        sql(
                                new Side(l, schema(left, dataset)),
                                new Side(r, schema(right, dataset)),
                                share);
                List<String> key = usableKey(session, dataset, sql);
                long leftRows = figures(session, DiffSql.count(l)).getFirst();
                long rightRows = figures(session, DiffSql.count(r)).getFirst();
                return rows(session, sql, key, new long[] {leftRows, rightRows});
            }
        }
    }

    private static Schema schema(LakeView view, TableName dataset) {
        return view.state(dataset).orElseThrow().schema();
    }

    private record Side(String from, Schema schema) {}

    private static DiffSql sql(Side left, Side right, double share) {
        List<Column> common = DiffSql.common(left.schema(), right.schema());
        Set<String> differing =
                common.stream()
                        .filter(column ->
                                !right.schema()
                                        .find(column.name())
                                        .map(Column::type)
                                        .equals(Optional.of(column.type())))
                        .map(Column::name)
                        .collect(Collectors.toSet());
        int part = Math.clamp(Math.round(share * DiffSql.WHOLE), 1, DiffSql.WHOLE);
        return new DiffSql(left.from(), right.from(), common, differing, part);
    }

    private static DatasetDiff.Rows rows(
            Session session, DiffSql sql, List<String> key, long[] counts) {
        if (sql.columns().isEmpty()) {
            return new DatasetDiff.Rows(
                    counts[0], counts[1], counts[0], counts[1], 0, Map.of(), List.of());
        }
        if (key.isEmpty()) {
            List<Long> found = figures(session, sql.asWholes());
            return new DatasetDiff.Rows(
                    counts[0], counts[1], found.get(0), found.get(1), 0, Map.of(), key);
        }
        List<Long> found = figures(session, sql.byKey(key));
        Map<String, Long> byColumn = new HashMap<>();
        List<String> values = sql.valueColumns(key);
        for (int i = 0; i < values.size(); i++) {
            if (found.get(3 + i) > 0) {
                byColumn.put(values.get(i), found.get(3 + i));
            }
        }
        return new DatasetDiff.Rows(
                counts[0], counts[1], found.get(0), found.get(1), found.get(2), byColumn, key);
    }

    /// The declared key, where both sides have its columns and it tells their rows apart.
    private List<String> usableKey(Session session, TableName dataset, DiffSql sql) {
        List<String> key = keys.of(dataset);
        Set<String> names = sql.columns().stream().map(Column::name).collect(Collectors.toSet());
        boolean isUsable =
                !key.isEmpty()
                        && names.containsAll(key)
                        && isOne(session, DiffSql.twice(sql.left(), key))
                        && isOne(session, DiffSql.twice(sql.right(), key));
        return isUsable ? key : List.of();
    }

    private static boolean isOne(Session session, String twice) {
        try (Cursor cursor = session.query(twice)) {
            return cursor.next() == null;
        }
    }

    private static List<Long> figures(Session session, String select) {
        try (Cursor cursor = session.query(select)) {
            List<@Nullable Object> row = Objects.requireNonNull(cursor.next());
            return row.stream()
                    .map(it -> ((Number) Objects.requireNonNull(it)).longValue())
                    .toList();
        }
    }

    /// What to select from. A view's query names other datasets, which each environment has its own of: so it is
    /// answered there, into a file.
    private String side(TableName dataset, LakeView view, String alias, Folder folder) {
        return switch (view.find(dataset).orElseThrow()) {
            case Relation.Scan _ -> new TableName(alias, dataset.name()).quoted();
            case Relation.ViewRelation _ -> {
                String file = folder.file(alias);
                try (Session session = engine.open(view)) {
                    session.export(
                            "select * from " + dataset.quoted(),
                            file,
                            Session.ExportFormat.PARQUET,
                            Map.of());
                }
                yield "read_parquet(%s)".formatted(Sql.literal(file));
            }
        };
    }

    /// Both tables, each under its own namespace.
    private record Sides(TableName dataset, LakeView left, LakeView right) implements Relations {
        @Override
        public Optional<Relation> find(TableName name, List<Bound> bounds) {
            return switch (name.namespace()) {
                case LEFT -> left.find(dataset, bounds);
                case RIGHT -> right.find(dataset, bounds);
                default -> Optional.empty();
            };
        }

        @Override
        public Collection<TableName> names() {
            return List.of(
                    new TableName(LEFT, dataset.name()), new TableName(RIGHT, dataset.name()));
        }
    }

    /// A folder that is gone afterwards.
    private static final class Folder implements AutoCloseable {
        private final Path path;

        Folder(Path parent) {
            try {
                Files.createDirectories(parent);
                this.path = Files.createTempDirectory(parent, "diff-");
            } catch (IOException e) {
                throw failed(parent, e);
            }
        }

        String file(String name) {
            return path.resolve(name + ".parquet").toString();
        }

        @Override
        public void close() {
            try (var files = Files.list(path)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
                Files.delete(path);
            } catch (IOException e) {
                throw failed(path, e);
            }
        }

        private static AdeException failed(Path path, IOException e) {
            return AdeException.resource(
                            "Cannot use %s to compare datasets: %s".formatted(path, e.getMessage()),
                            "Check its permissions and free space, or set engine.spill in ade.yml")
                    .causedBy(e);
        }
    }
}
