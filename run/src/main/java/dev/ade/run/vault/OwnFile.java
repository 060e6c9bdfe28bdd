package dev.ade.run.vault;

import dev.ade.model.AdeException;
import dev.ade.spi.OwnerOnly;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/// A file that only its owner can read, there whole or not at all.
public record OwnFile(Path path) {
    public OwnFile {
        path = path.toAbsolutePath().normalize();
    }

    public void requireNew() {
        if (Files.exists(path)) {
            throw taken();
        }
        if (!Files.isDirectory(folder())) {
            throw AdeException.user(
                    "Cannot write %s: its folder is not there".formatted(path), "Make it first");
        }
    }

    private AdeException taken() {
        return AdeException.user(
                "Cannot write %s: it is there already".formatted(path), "Name another file");
    }

    private Path folder() {
        Path folder = path.getParent();
        return folder == null ? path : folder;
    }

    public void write(InputStream from) {
        boolean isWhole = false;
        try (InputStream in = from) {
            Set<StandardOpenOption> options =
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try (OutputStream out =
                    Channels.newOutputStream(
                            Files.newByteChannel(path, options, OwnerOnly.file(folder())))) {
                in.transferTo(out);
                isWhole = true;
            } finally {
                if (!isWhole) {
                    Files.deleteIfExists(path);
                }
            }
        } catch (FileAlreadyExistsException _) {
            throw taken();
        } catch (IOException e) {
            throw AdeException.resource(
                            "Cannot write %s: %s".formatted(path, e.getClass().getSimpleName()),
                            "Check its folder's permissions and the free space")
                    .causedBy(e);
        }
    }
}
