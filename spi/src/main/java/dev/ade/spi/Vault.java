package dev.ade.spi;

import dev.ade.model.Fingerprint;
import dev.ade.model.TableName;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// Originals, compressed and encrypted, apart from the lake. What is in it, and by which keys it can be read, is in the
/// catalog (`VaultIndex`): a file that is not listed there can be read by nobody. Thread-safe.
public interface Vault {
    /// Writes a file into the vault under a key of its own. It is on the disk when this returns.
    ///
    /// @param label what it is; it can only be opened as that
    Sealed seal(Label label, Path plain);

    /// The same of bytes that lie nowhere.
    Sealed seal(Label label, InputStream plain);

    /// What was sealed. Every byte that it gives is as it was, or it throws.
    ///
    /// @throws dev.ade.model.AdeException DATA where the file is gone or damaged, USER where the master key is another
    InputStream open(Label label, Sealed sealed);

    /// Removes a file; nothing happens where it is not there.
    void remove(String file);

    /// All files that are there, listed or not.
    List<Stored> files();

    /// What a sealed original is.
    record Label(TableName dataset, Fingerprint batch) {
        @Override
        public String toString() {
            return dataset + " " + batch;
        }
    }

    /// @param file its name in the vault
    /// @param key the key of its own, encrypted with the master key, in base64
    /// @param bytes of the original
    /// @param storedBytes of the file
    record Sealed(String file, String key, long bytes, long storedBytes) {
        @Override
        public String toString() {
            return "Sealed[" + file + "]";
        }
    }

    record Stored(String file, Instant modifiedAt, long bytes) {}
}
