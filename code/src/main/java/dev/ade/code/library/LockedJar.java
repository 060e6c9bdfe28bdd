package dev.ade.code.library;

import dev.ade.model.AdeException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// A jar and its content.
///
/// @param path in a Maven repository, `org/example/thing/1.0/thing-1.0.jar`
/// @param sha256 of its bytes, in hex
record LockedJar(String path, String sha256) {
    private static final Pattern PATH =
            Pattern.compile("([A-Za-z0-9_][A-Za-z0-9_.+-]*/)+[A-Za-z0-9_][A-Za-z0-9_.+-]*\\.jar");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final int FOLDER_LENGTH = 16;

    LockedJar {
        if (!PATH.matcher(path).matches() || !SHA256.matcher(sha256).matches()) {
            throw AdeException.user(
                    "Cannot read %s: '%s  %s' is no jar".formatted(LockFile.NAME, sha256, path),
                    "Remove it: ADE writes it again");
        }
    }

    String file() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /// Where it is kept: jars of other content lie elsewhere.
    Path in(Path store) {
        return store.resolve(sha256.substring(0, FOLDER_LENGTH)).resolve(file());
    }
}
