package dev.ade.store;

import dev.ade.model.AdeException;
import dev.ade.model.Layout;
import dev.ade.model.Schema;
import dev.ade.model.TableName;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.LocationProviders;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;
import org.jspecify.annotations.Nullable;

/// Iceberg tables by the location of their metadata file. Metadata files never change, so they are cached.
/// Thread-safe.
final class Tables {
    private static final int CACHED_MAX = 2_000;

    private final LocalFileIO io = new LocalFileIO();
    private final Faults faults;
    private final Map<String, TableMetadata> cache =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, TableMetadata> eldest) {
                    return size() > CACHED_MAX;
                }
            };

    Tables(Faults faults) {
        this.faults = faults;
    }

    FileIO io() {
        return io;
    }

    /// Makes sure that all metadata written so far is on the disk.
    void force() {
        io.force();
    }

    TableMetadata metadata(String location) {
        synchronized (cache) {
            TableMetadata known = cache.get(location);
            if (known != null) {
                return known;
            }
        }
        try {
            TableMetadata metadata = TableMetadataParser.read(io, location);
            synchronized (cache) {
                cache.put(location, metadata);
            }
            return metadata;
        } catch (RuntimeException e) {
            throw AdeException.resource(
                            "Cannot read table metadata %s: %s".formatted(location, e.getMessage()),
                            "The file is missing or damaged: restore the lake folder from a backup, or"
                                    + " rebuild the dataset with ade run --full-refresh")
                    .causedBy(e);
        }
    }

    /// A table as of a metadata file. Commits to it write new metadata files and are seen by nobody else.
    Working open(String location) {
        return new Working(metadata(location), location);
    }

    /// A table that is not there yet. Nothing is written before something is in it, or somebody asks where it is.
    ///
    /// @param lake the folder of all tables
    Working create(Path lake, TableName name, Schema schema, Layout layout) {
        String folder = name.name() + "-" + UUID.randomUUID().toString().substring(0, 8);
        org.apache.iceberg.Schema wanted = IcebergTypes.schema(schema);
        return new Working(
                TableMetadata.newTableMetadata(
                        wanted,
                        Specs.spec(wanted, layout),
                        Specs.order(wanted, layout),
                        lake + "/" + name.namespace() + "/" + folder,
                        Map.of("format-version", "2")),
                "");
    }

    /// Operations whose commits only write a file and remember where.
    final class Working implements TableOperations {
        private TableMetadata current;

        /// Empty where it is not written yet.
        private String location;

        private Working(TableMetadata current, String location) {
            this.current = current;
            this.location = location;
        }

        /// Where the current metadata lies.
        String location() {
            if (location.isEmpty()) {
                write(current);
            }
            return location;
        }

        BaseTable table(String name) {
            return new BaseTable(this, name);
        }

        /// Where its current snapshot lies.
        Pointer.Place place() {
            Snapshot snapshot = java.util.Objects.requireNonNull(current().currentSnapshot());
            Map<String, String> summary = snapshot.summary();
            return new Pointer.Place(
                    location(),
                    snapshot.snapshotId(),
                    Long.parseLong(summary.getOrDefault("total-files-size", "0")),
                    Long.parseLong(summary.getOrDefault("total-data-files", "0")));
        }

        @Override
        public TableMetadata current() {
            return current;
        }

        @Override
        public TableMetadata refresh() {
            return current;
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // Iceberg compares the base by identity
        public void commit(@Nullable TableMetadata base, TableMetadata metadata) {
            if (base != current) {
                throw new CommitFailedException(
                        "the table was changed by another thread of this run");
            }
            if (base == metadata) {
                return;
            }
            write(metadata);
        }

        private void write(TableMetadata metadata) {
            faults.before("metadata");
            String file =
                    metadata.location()
                            + "/metadata/"
                            + java.util.UUID.randomUUID()
                            + ".metadata.json";
            TableMetadataParser.write(metadata, io.newOutputFile(file));
            current = metadata(file);
            location = file;
        }

        @Override
        public FileIO io() {
            return io;
        }

        @Override
        public String metadataFileLocation(String fileName) {
            return current.location() + "/metadata/" + fileName;
        }

        @Override
        public LocationProvider locationProvider() {
            return LocationProviders.locationsFor(current.location(), current.properties());
        }
    }
}
