package dev.ade.store.rest;

import dev.ade.spi.Connector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// Where files of a table lie, as its catalog says it. Locations are opaque: nothing in them is decoded. A catalog of
/// another machine may name any file of this one, so it is believed only of a folder that the project names.
record Locations(Connector.Request request, RestSettings settings) {
    private static final String FILE = "file:";
    private static final Pattern S3 = Pattern.compile("s3[an]?://.*", Pattern.DOTALL);

    /// Whether it is a place in S3.
    static boolean isRemote(String location) {
        return S3.matcher(location).matches();
    }

    /// @throws dev.ade.model.AdeException USER for anything but a file of this machine that the catalog may name
    Path path(String location) {
        String path = location;
        if (path.startsWith(FILE)) {
            path = path.substring(FILE.length());
            path = path.startsWith("//") ? path.substring(2) : path;
        }
        try {
            if (path.startsWith("/")) {
                return allowed(Path.of(path), location);
            }
        } catch (InvalidPathException e) {
            // It is none, as below.
        }
        throw request.wrong(
                "its files lie at %s, and only files of this machine and of S3 are read"
                        .formatted(location),
                "Mount it, and have the catalog say file:; or export the table as Parquet, and load that with files:");
    }

    private Path allowed(Path file, String location) {
        boolean isAllowed =
                settings.isOfThisMachine()
                        || settings.local().filter(folder -> isWithin(file, folder)).isPresent();
        if (!isAllowed) {
            throw request.wrong(
                    "its files lie at %s on this machine, and its catalog is on another"
                            .formatted(location),
                    "If that is a folder that both of them have mounted, write local: and the folder into load");
        }
        return file;
    }

    /// A folder of others may have links to anywhere.
    private static boolean isWithin(Path file, Path folder) {
        try {
            Path real = Files.exists(file) ? file.toRealPath() : file.normalize();
            return real.startsWith(Files.exists(file) ? folder.toRealPath() : folder.normalize());
        } catch (IOException e) {
            return false;
        }
    }
}
