package dev.ade.store.rest;

import dev.ade.store.LocalFileIO;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.StorageCredential;
import org.apache.iceberg.io.SupportsStorageCredentials;
import org.jspecify.annotations.Nullable;

/// Files of another catalog's table, on this machine or in S3. They are only read. Thread-safe.
final class OtherFiles implements FileIO, SupportsStorageCredentials {
    private static final long serialVersionUID = 1L;

    private final transient Locations locations;
    private final transient ObjectStore store;
    private final transient Map<String, String> s3;
    private final LocalFileIO local = new LocalFileIO();
    private transient List<StorageCredential> credentials = List.of();
    private transient @Nullable FileIO remote;
    private transient boolean isRemote;

    /// @param s3 what the catalog and the project say of S3
    OtherFiles(Locations locations, ObjectStore store, Map<String, String> s3) {
        this.locations = locations;
        this.store = store;
        this.s3 = Map.copyOf(s3);
    }

    /// Whether anything was to be read that is not on this machine.
    synchronized boolean isRemote() {
        return isRemote;
    }

    private synchronized FileIO remote() {
        isRemote = true;
        if (remote == null) {
            remote = store.open(s3);
            if (!credentials.isEmpty() && remote instanceof SupportsStorageCredentials lent) {
                lent.setCredentials(credentials);
            }
        }
        return remote;
    }

    @Override
    public synchronized void setCredentials(List<StorageCredential> lent) {
        credentials =
                lent.stream()
                        .map(it ->
                                StorageCredential.create(
                                        it.prefix(), S3Settings.heard(it.config())))
                        .toList();
    }

    @Override
    public synchronized List<StorageCredential> credentials() {
        return credentials;
    }

    @Override
    public InputFile newInputFile(String location) {
        return newInputFile(location, OptionalLong.empty());
    }

    @Override
    public InputFile newInputFile(String location, long length) {
        return newInputFile(location, OptionalLong.of(length));
    }

    private InputFile newInputFile(String location, OptionalLong length) {
        return Locations.isRemote(location)
                ? store.file(remote(), location, length)
                : local.newInputFile(locations.path(location).toString());
    }

    @Override
    public OutputFile newOutputFile(String location) {
        throw new UnsupportedOperationException("other catalogs are only read");
    }

    @Override
    public void deleteFile(String location) {
        throw new UnsupportedOperationException("other catalogs are only read");
    }

    @Override
    public Map<String, String> properties() {
        return Map.of();
    }

    @Override
    public synchronized void close() {
        if (remote != null) {
            remote.close();
        }
    }
}
