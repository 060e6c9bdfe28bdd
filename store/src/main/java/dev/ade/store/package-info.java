/// Keeps datasets as Iceberg tables and their pointers, ledger and runs in a SQL catalog.
/// Only this package may import org.apache.iceberg; no SQL engine is known here.
/// Start at `IcebergLake`.
@NullMarked
package dev.ade.store;

import org.jspecify.annotations.NullMarked;
