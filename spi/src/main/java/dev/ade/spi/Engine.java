package dev.ade.spi;

import dev.ade.model.Schema;
import dev.ade.model.TableName;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Executes SQL. Thread-safe; sessions share its memory limit, threads and spill folder.
public interface Engine extends AutoCloseable {
    /// A workspace of its own, with full power over the machine's files. For ADE's own work.
    Session open(Relations relations);

    /// Room for rows that no query gives, such as what a connector reads. For ADE's own work.
    Shelf shelf();

    /// A workspace for a user's query: reads `relations` and nothing else, changes no setting, and stops at
    /// `limits`.
    Session openLocked(Relations relations, QueryLimits limits);

    /// A workspace in which a project's own statements make, change and drop tables and views of their own. It reads
    /// `readable` of `relations`, each of which is there as a view, and no other file; nothing that happens in it is seen
    /// outside; it ends with the session. What it makes can be written by `Session.write`. Its database is called `ade`.
    ///
    /// @param schema where names without one are
    /// @param prepared statements of ADE's own that run first
    Session openScratch(
            Relations relations, Set<TableName> readable, String schema, List<String> prepared);

    /// Datasets that a SELECT names as `namespace.name`, directly or inside CTEs and subqueries; names of
    /// CTEs and table functions are not among them. Cheap: nothing is bound.
    ///
    /// @throws dev.ade.model.AdeException (USER) with line and column where the SQL cannot be parsed
    Set<TableName> references(String select);

    /// What a query's columns follow from. Reads no data; its inputs need not exist yet. Never fails for what it
    /// cannot find out: then the lineage is not exact and says why.
    ///
    /// @param schemas columns of what the query reads, by dataset
    /// @throws dev.ade.model.AdeException (USER) where the query cannot be bound to them
    Lineage lineage(String select, Map<TableName, Schema> schemas);

    /// How the query `after` differs from `before`. Nothing is bound, so names may mean what they like.
    ///
    /// @throws dev.ade.model.AdeException (USER) where either cannot be parsed
    QueryDifference difference(String before, String after);

    /// The name and version of what executes, for `ade doctor` and `ade version`.
    String version();

    @Override
    void close();
}
