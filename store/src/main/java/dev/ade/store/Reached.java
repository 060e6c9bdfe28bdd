package dev.ade.store;

import dev.ade.model.AdeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.CloseableIterable;

/// Every file that some pointers can lead to, through all snapshots of their metadata.
final class Reached {
    private final Tables tables;
    private final Set<Path> files = new HashSet<>();
    private final Set<String> seen = new HashSet<>();

    Reached(Tables tables) {
        this.tables = tables;
    }

    Set<Path> files() {
        return files;
    }

    void add(Pointer pointer) {
        if (pointer.location().isEmpty() || !seen.add(pointer.location())) {
            return;
        }
        files.add(Path.of(pointer.location()));
        TableMetadata metadata = tables.metadata(pointer.location());
        metadata.snapshots().forEach(snapshot -> reach(snapshot, metadata));
    }

    private void reach(Snapshot snapshot, TableMetadata metadata) {
        String list = snapshot.manifestListLocation();
        if (list == null || !files.add(Path.of(list))) {
            return;
        }
        for (ManifestFile manifest : snapshot.allManifests(tables.io())) {
            if (files.add(Path.of(manifest.path()))) {
                readManifest(manifest, metadata);
            }
        }
    }

    private void readManifest(ManifestFile manifest, TableMetadata metadata) {
        try (CloseableIterable<String> paths =
                ManifestFiles.readPaths(manifest, tables.io(), metadata.specsById())) {
            paths.forEach(path -> files.add(Path.of(path)));
        } catch (IOException e) {
            throw AdeException.resource(
                            "Cannot read %s: %s".formatted(manifest.path(), e.getMessage()),
                            "Nothing was removed; check the disk")
                    .causedBy(e);
        }
    }
}
