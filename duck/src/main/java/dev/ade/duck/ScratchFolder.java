package dev.ade.duck;

import dev.ade.model.AdeException;
import dev.ade.model.Settings.EngineSettings;
import dev.ade.spi.FileTarget;
import dev.ade.spi.HeldFolder;
import dev.ade.spi.WrittenFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The one folder that the engine of somebody else's statements can write to: it spills there, and what it gives lies there
/// until it is moved to where it belongs. What a killed process left is removed when the next one is made.
final class ScratchFolder implements AutoCloseable {
    private final HeldFolder held;
    private final Path folder;
    private int writes;

    private ScratchFolder(HeldFolder held, Path folder) {
        this.held = held;
        this.folder = folder;
    }

    static ScratchFolder create(EngineSettings settings) {
        try {
            HeldFolder held = HeldFolder.in(settings.scratches());
            return new ScratchFolder(
                    held, Files.createDirectory(held.path().toAbsolutePath().resolve("own")));
        } catch (IOException e) {
            throw failure("make a folder in", settings.scratches(), e);
        }
    }

    Path path() {
        return folder;
    }

    /// The settings of an instance that spills here while ADE's own queries go on beside it.
    EngineSettings beside(EngineSettings settings) {
        return settings(settings, settings.memoryBytes() / 2);
    }

    /// The settings of an instance that spills here.
    EngineSettings settings(EngineSettings settings) {
        return settings(settings, settings.memoryBytes());
    }

    private EngineSettings settings(EngineSettings settings, long memoryBytes) {
        return new EngineSettings(
                settings.threads(),
                memoryBytes,
                folder.resolve("spill"),
                settings.spillBytesMax(),
                settings.parallelSteps(),
                settings.fileBytesTarget(),
                settings.queryTimeout(),
                settings.queryRowsMax());
    }

    /// Where the files of a write lie until `move`.
    FileTarget inside(FileTarget target) {
        return new FileTarget(
                folder.resolve("out" + writes++).toString(),
                target.fields(),
                target.layout(),
                target.fileBytesTarget(),
                target.within());
    }

    /// Moves what was written to where it belongs.
    static List<WrittenFile> move(List<WrittenFile> files, FileTarget from, FileTarget to) {
        List<WrittenFile> moved = new ArrayList<>();
        try {
            for (WrittenFile file : files) {
                Path path = Path.of(file.path());
                Path there =
                        Path.of(to.folder())
                                .resolve(Path.of(from.folder()).relativize(path).toString());
                Files.createDirectories(there.toAbsolutePath().getParent());
                Files.move(path, there);
                moved.add(
                        new WrittenFile(
                                there.toAbsolutePath().toString(),
                                file.rows(),
                                file.bytes(),
                                file.partition(),
                                file.columns()));
            }
            return moved;
        } catch (IOException e) {
            ParquetWriter.removeAll(Path.of(to.folder()));
            throw failure("write to the folder", Path.of(to.folder()), e);
        }
    }

    /// Puts a file where it belongs; into what is there already, whatever that is.
    void give(Path made, Path target) {
        try {
            if (Files.exists(target)) {
                try (OutputStream out = Files.newOutputStream(target)) {
                    Files.copy(made, out);
                }
            } else {
                Files.move(made, target);
            }
        } catch (IOException e) {
            throw failure("write to", target, e);
        }
    }

    private static AdeException failure(String verb, Path place, IOException e) {
        return AdeException.resource(
                        "Cannot %s %s: %s".formatted(verb, place, e.getMessage()),
                        "Check that its folder is there, its permissions and the free space")
                .causedBy(e);
    }

    @Override
    public void close() {
        try {
            held.close();
        } catch (IOException e) {
            throw failure("remove", folder, e);
        }
    }
}
