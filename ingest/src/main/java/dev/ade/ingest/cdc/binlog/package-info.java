/// Follows tables of MariaDB and MySQL by the binary log that the server writes for its replicas: it is asked for the log
/// as a replica would, the values in it are read here, and what they mean for a dataset is told to a `Sink`.
/// Start at `BinlogFollowing`.
@NullMarked
package dev.ade.ingest.cdc.binlog;

import org.jspecify.annotations.NullMarked;
