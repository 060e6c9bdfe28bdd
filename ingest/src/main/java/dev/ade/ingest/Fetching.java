package dev.ade.ingest;

import dev.ade.ingest.sftp.Facts;
import dev.ade.ingest.sftp.SftpAddress;
import dev.ade.ingest.sftp.SftpServer;
import dev.ade.model.AdeException;
import dev.ade.model.Wording;
import dev.ade.spi.Loader.Item;
import dev.ade.spi.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Copies files of a server into a folder, under names of its own: those of the server decide about nothing but how a file
/// is read. Used once.
final class Fetching {
    /// Endings that tell the format and how it is packed.
    private static final Pattern ENDINGS = Pattern.compile("(?:\\.[A-Za-z0-9]{1,10}){1,2}$");

    private final SftpAddress address;
    private final SftpServer server;
    private final Path folder;
    private final Progress progress;
    private int count;

    Fetching(SftpAddress address, SftpServer server, Path folder, Progress progress) {
        this.address = address;
        this.server = server;
        this.folder = folder;
        this.progress = progress;
    }

    /// Where each file is now, by its origin. One that is not as it was listed any more is missing.
    Map<String, Path> fetch(Collection<Item> items) {
        requireSpace(items.stream().mapToLong(Item::bytes).sum());
        Map<String, Path> copies = new HashMap<>();
        for (Item item : items) {
            progress.phase(
                    "fetching %s of %s"
                            .formatted(copies.size() + 1, Wording.count(items.size(), "file")));
            fetch(item.origin(), item.bytes(), item.modifiedAt())
                    .ifPresent(copy -> copies.put(item.origin(), copy));
        }
        return copies;
    }

    private Optional<Path> fetch(String origin, long bytes, Instant modifiedAt) {
        Matcher endings = ENDINGS.matcher(origin);
        Path copy =
                folder.resolve("%06d%s".formatted(count, endings.find() ? endings.group() : ""));
        count++;
        String path = origin.substring(address.server().length());
        Facts listed = new Facts(Facts.Kind.FILE, bytes, modifiedAt);
        try {
            if (!server.fetch(path, listed, copy, progress)) {
                Files.deleteIfExists(copy);
                return Optional.empty();
            }
            Files.setLastModifiedTime(copy, FileTime.from(modifiedAt));
            return Optional.of(copy);
        } catch (IOException e) {
            throw Broken.file(origin, e);
        }
    }

    private void requireSpace(long bytes) {
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            if (bytes > free) {
                throw AdeException.resource(
                        "Cannot fetch %,d MB from %s: there are %,d MB of space in %s"
                                .formatted(
                                        bytes >> 20,
                                        address.server(),
                                        free >> 20,
                                        folder.getParent()),
                        "Make room, narrow the pattern, or set engine: {spill: …} in ade.yml");
            }
        } catch (IOException e) {
            throw AdeException.resource(
                            "Cannot see how much space there is in %s".formatted(folder),
                            "Check its permissions")
                    .causedBy(e);
        }
    }
}
