package dev.ade.ingest;

import dev.ade.ingest.sftp.Facts;
import dev.ade.ingest.sftp.SftpAddress;
import dev.ade.ingest.sftp.SftpServer;
import dev.ade.spi.FreeSpace;
import dev.ade.spi.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Copies files of a server into a folder, under names of its own: those of the server decide about nothing but how a file
/// is read. Used once.
final class Fetching {
    /// Endings that tell the format and how it is packed.
    static final Pattern ENDINGS = Pattern.compile("(?:\\.[A-Za-z0-9]{1,10}){1,2}$");

    private final SftpAddress address;
    private final SftpServer server;
    private final Path folder;
    private final Progress progress;
    private int count;

    Fetching(SftpAddress address, SftpServer server, Depot.Stage stage) {
        this.address = address;
        this.server = server;
        this.folder = stage.folder();
        this.progress = stage.progress();
    }

    /// Where the file is now; empty where it is not as it was listed any more.
    Optional<Path> fetch(Depot.Listed file) {
        String origin = file.origin();
        String path = origin.substring(address.server().length());
        Optional<Long> bytes = file.bytes().or(() -> server.facts(path).map(Facts::bytes));
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        FreeSpace.require(bytes.get(), folder, address.server());
        Matcher endings = ENDINGS.matcher(origin);
        Path copy =
                folder.resolve("%06d%s".formatted(count, endings.find() ? endings.group() : ""));
        count++;
        Facts listed = new Facts(Facts.Kind.FILE, bytes.get(), file.modifiedAt());
        try {
            if (!server.fetch(path, listed, copy, progress)) {
                Files.deleteIfExists(copy);
                return Optional.empty();
            }
            Files.setLastModifiedTime(copy, FileTime.from(file.modifiedAt()));
            return Optional.of(copy);
        } catch (IOException e) {
            throw Broken.file(origin, e);
        }
    }
}
