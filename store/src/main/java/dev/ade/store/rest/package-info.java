/// Tables of other Iceberg catalogs as sources: the catalog is asked by REST, its snapshots say which files to read, and the
/// engine reads them where they lie. Nothing here writes to such a catalog. Start at `IcebergConnector`.
@NullMarked
package dev.ade.store.rest;

import org.jspecify.annotations.NullMarked;
