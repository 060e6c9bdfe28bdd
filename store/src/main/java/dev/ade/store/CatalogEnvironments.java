package dev.ade.store;

import dev.ade.model.AdeException;
import dev.ade.model.EnvironmentName;
import dev.ade.model.Fingerprint;
import dev.ade.model.RunId;
import dev.ade.model.TableName;
import dev.ade.spi.Environments;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Environments in the SQL catalog.
final class CatalogEnvironments implements Environments {
    private static final String SELECT = "SELECT name, origin, created_at FROM environment";

    /// What an environment has, in the order in which it is taken away.
    private static final List<String> TABLES =
            List.of("pointer", "publication", "basis", "beginning");

    private final Catalog catalog;
    private final Runnable markCrashed;

    /// @param markCrashed ends the runs whose process is gone; in a transaction
    CatalogEnvironments(Catalog catalog, Runnable markCrashed) {
        this.catalog = catalog;
        this.markCrashed = markCrashed;
    }

    @Override
    public List<Environment> list() {
        return query(SELECT + " ORDER BY name");
    }

    @Override
    public Optional<Environment> find(EnvironmentName name) {
        return query(SELECT + " WHERE name = ?", name.name()).stream().findFirst();
    }

    private List<Environment> query(String sql, Object... parameters) {
        List<Environment> found = new ArrayList<>();
        catalog.query(
                sql,
                result ->
                        found.add(
                                new Environment(
                                        new EnvironmentName(result.getString(1)),
                                        Optional.ofNullable(result.getString(2))
                                                .map(EnvironmentName::new),
                                        Catalog.instant(result.getLong(3)))),
                parameters);
        return found;
    }

    @Override
    public Environment create(EnvironmentName name, EnvironmentName origin, Instant at) {
        return catalog.inTransaction(() -> {
            requireFree(name);
            register(origin, at);
            insert(name, Optional.of(origin), at);
            copy(name, origin);
            return new Environment(name, Optional.of(origin), at);
        });
    }

    private void requireFree(EnvironmentName name) {
        if (find(name).isPresent()) {
            throw AdeException.user(
                    "Cannot create environment %s: there is one of that name".formatted(name),
                    "Choose another name, or remove it first: ade env drop " + name);
        }
    }

    /// Makes sure that an environment is known; one that is not has nothing in it. In a transaction.
    void register(EnvironmentName name, Instant at) {
        if (find(name).isEmpty()) {
            insert(name, Optional.empty(), at);
        }
    }

    private void insert(EnvironmentName name, Optional<EnvironmentName> origin, Instant at) {
        catalog.update(
                "INSERT INTO environment (name, created_at, origin, first_run) SELECT ?, ?, ?,"
                        + " coalesce(max(run_id), 0) + 1 FROM run",
                name.name(),
                Catalog.micros(at),
                origin.map(EnvironmentName::name).orElse(null));
    }

    /// Publications come too, so that what the environment had when it was made can be read later.
    private void copy(EnvironmentName name, EnvironmentName origin) {
        String columns = Catalog.POINTER;
        catalog.update(
                "INSERT INTO pointer (environment, %1$s) SELECT ?, %1$s FROM pointer WHERE environment = ?"
                        .formatted(columns),
                name.name(),
                origin.name());
        catalog.update(
                "INSERT INTO publication (environment, %1$s, is_dropped) SELECT ?, %1$s, 0 FROM pointer WHERE environment = ?"
                        .formatted(columns),
                name.name(),
                origin.name());
        catalog.update(
                "INSERT INTO basis SELECT ?, namespace, name, version, definition, properties FROM pointer WHERE"
                        + " environment = ?",
                name.name(),
                origin.name());
    }

    @Override
    public void drop(EnvironmentName name) {
        catalog.inTransaction(() -> {
            markCrashed.run();
            requireStill(name);
            catalog.update(
                    "DELETE FROM overlay WHERE draft_id IN (SELECT run_id FROM run WHERE environment = ?)",
                    name.name());
            TABLES.forEach(table ->
                    catalog.update("DELETE FROM " + table + " WHERE environment = ?", name.name()));
            catalog.update("DELETE FROM environment WHERE name = ?", name.name());
            return name;
        });
    }

    private void requireStill(EnvironmentName name) {
        List<RunId> running = new ArrayList<>();
        catalog.query(
                "SELECT run_id FROM run WHERE environment = ? AND state = 'running'",
                result -> running.add(new RunId(result.getLong(1))),
                name.name());
        if (!running.isEmpty()) {
            throw AdeException.conflict(
                    "Cannot drop environment %s: run %s is going on in it"
                            .formatted(name, running.getFirst()),
                    "Wait for it, or stop it with Ctrl-C where it runs");
        }
    }

    @Override
    public Map<TableName, Mark> basis(EnvironmentName name) {
        Map<TableName, Mark> marks = new TreeMap<>();
        catalog.query(
                "SELECT namespace, name, version, definition, properties FROM basis WHERE environment = ?",
                result ->
                        marks.put(
                                new TableName(result.getString(1), result.getString(2)),
                                new Mark(
                                        new Fingerprint(result.getString(3)),
                                        new Fingerprint(result.getString(4)),
                                        Text.properties(result.getString(5)))),
                name.name());
        return marks;
    }

    /// What an environment follows from, from now on. In a transaction.
    void rebase(EnvironmentName name, Map<TableName, Mark> marks, Set<TableName> gone) {
        gone.forEach(dataset -> forget(name, dataset));
        marks.forEach((dataset, mark) -> {
            forget(name, dataset);
            catalog.update(
                    "INSERT INTO basis VALUES (?, ?, ?, ?, ?, ?)",
                    name.name(),
                    dataset.namespace(),
                    dataset.name(),
                    mark.version().hex(),
                    mark.definition().hex(),
                    Text.of(mark.properties()));
        });
    }

    private void forget(EnvironmentName name, TableName dataset) {
        catalog.update(
                "DELETE FROM basis WHERE environment = ? AND namespace = ? AND name = ?",
                name.name(),
                dataset.namespace(),
                dataset.name());
    }
}
