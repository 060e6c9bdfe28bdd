package dev.ade.spi;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/// Keeps nothing, and is asked for nothing.
final class NoVault implements Vault {
    @Override
    public Sealed seal(Label label, Path plain) {
        throw new UnsupportedOperationException("there is no vault");
    }

    @Override
    public InputStream open(Label label, Sealed sealed) {
        throw new UnsupportedOperationException("there is no vault");
    }

    @Override
    public void remove(String file) {}

    @Override
    public List<Stored> files() {
        return List.of();
    }
}
