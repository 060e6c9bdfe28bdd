package dev.ade.store.rest;

import dev.ade.store.LocalFileIO;
import java.util.Map;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;

/// Metadata of another catalog's tables on this machine. It is only read.
final class OtherFiles implements FileIO {
    private static final long serialVersionUID = 1L;

    private final transient Locations locations;
    private final LocalFileIO local = new LocalFileIO();

    OtherFiles(Locations locations) {
        this.locations = locations;
    }

    @Override
    public InputFile newInputFile(String location) {
        return local.newInputFile(locations.path(location).toString());
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
}
