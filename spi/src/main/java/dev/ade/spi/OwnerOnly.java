package dev.ade.spi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/// With what to make files and folders that none but their owner can read. Nothing, where the file system knows no such
/// permissions.
public final class OwnerOnly {
    private OwnerOnly() {}

    /// @param in a folder that is there, in which the file will be
    public static FileAttribute<?>[] file(Path in) throws IOException {
        return attributes(in, "rw-------");
    }

    /// @param in a folder that is there, in which the folder will be
    public static FileAttribute<?>[] folder(Path in) throws IOException {
        return attributes(in, "rwx------");
    }

    /// Makes a folder and those above it that are not there yet. One that is there stays as it is.
    public static Path folders(Path folder) throws IOException {
        Path there = folder.toAbsolutePath().normalize();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        return Files.createDirectories(folder, folder(there));
    }

    private static FileAttribute<?>[] attributes(Path in, String permissions) throws IOException {
        return Files.getFileStore(in).supportsFileAttributeView("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
