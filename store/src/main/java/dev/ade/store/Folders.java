package dev.ade.store;

import dev.ade.model.AdeException;
import dev.ade.model.Fingerprint;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Where files of a lake lie: in its folder, and what is rarely read in an archive, at the same place below.
///
/// @param archive a folder that belongs to this lake alone
record Folders(Path lake, Optional<Path> archive) {
    private static final int DIGITS = 12;

    /// @param archive a folder that lakes may share; each gets its own within
    static Folders of(Path lake, Optional<Path> archive) {
        Path folder = lake.toAbsolutePath().normalize();
        String own = "lake-" + Fingerprint.of(folder.toString()).hex().substring(0, DIGITS);
        Optional<Path> archived = archive.map(it -> it.toAbsolutePath().normalize().resolve(own));
        if (archived.filter(it -> it.startsWith(folder)).isPresent()) {
            throw AdeException.user(
                    "Cannot archive in %s: it is in the folder of the lake"
                            .formatted(archive.get()),
                    "Set archive in ade.yml to a folder outside " + folder);
        }
        return new Folders(folder, archived);
    }

    List<Path> all() {
        return Stream.concat(Stream.of(lake), archive.stream()).toList();
    }

    boolean isInLake(Path file) {
        return file.startsWith(lake);
    }

    /// Where a file or folder of the lake lies in the archive.
    Optional<Path> archived(Path path) {
        return isInLake(path)
                ? archive.map(it -> it.resolve(lake.relativize(path)))
                : Optional.empty();
    }
}
