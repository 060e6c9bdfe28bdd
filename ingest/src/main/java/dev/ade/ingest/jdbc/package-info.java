/// Reads databases through JDBC, whole tables or queries. Only what asks a database lives here; what becomes of its rows
/// does not.
/// Start at `JdbcConnector`.
@NullMarked
package dev.ade.ingest.jdbc;

import org.jspecify.annotations.NullMarked;
