package dev.ade.store.rest;

import dev.ade.spi.Connector;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// Where files of a table lie, as its catalog says it. Locations are opaque: nothing in them is decoded.
record Locations(Connector.Request request) {
    private static final String FILE = "file:";
    private static final Pattern S3 = Pattern.compile("s3[an]?://.*", Pattern.DOTALL);

    /// Whether it is a place in S3.
    static boolean isRemote(String location) {
        return S3.matcher(location).matches();
    }

    /// @throws dev.ade.model.AdeException USER for anything but a file of this machine
    Path path(String location) {
        String path = location;
        if (path.startsWith(FILE)) {
            path = path.substring(FILE.length());
            path = path.startsWith("//") ? path.substring(2) : path;
        }
        try {
            if (path.startsWith("/")) {
                return Path.of(path);
            }
        } catch (InvalidPathException e) {
            // It is none, as below.
        }
        throw request.wrong(
                "its files lie at %s, and only files of this machine and of S3 are read"
                        .formatted(location),
                "Mount it, and have the catalog say file:; or export the table as Parquet, and load that with files:");
    }
}
