package dev.ade.ingest;

import dev.ade.model.Fingerprint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// The ids of file contents. Remembers those it has computed for as long as size and time of change
/// stay the same, so that planning and loading hash a file once. Thread-safe.
final class ContentIds {
    private static final int REMEMBERED_MAX = 100_000;

    private record Key(Path path, long bytes, Instant modifiedAt) {}

    private final Map<Key, Fingerprint> remembered = new LinkedHashMap<>();

    Fingerprint of(FoundFile file) {
        Key key = new Key(file.path(), file.bytes(), file.modifiedAt());
        synchronized (remembered) {
            Fingerprint known = remembered.get(key);
            if (known != null) {
                return known;
            }
        }
        Fingerprint id = hash(file);
        synchronized (remembered) {
            remembered.put(key, id);
            if (remembered.size() > REMEMBERED_MAX) {
                remembered.remove(remembered.keySet().iterator().next());
            }
        }
        return id;
    }

    private static Fingerprint hash(FoundFile file) {
        try {
            return Contents.hash(file.path());
        } catch (IOException e) {
            throw Broken.file(file.origin(), e);
        }
    }
}
