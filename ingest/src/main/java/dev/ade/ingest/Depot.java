package dev.ade.ingest;

import dev.ade.ingest.sftp.SftpServer;
import dev.ade.model.AdeException;
import dev.ade.model.LoadSpec;
import dev.ade.model.SourceTable;
import dev.ade.spi.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Where files lie, to be listed and to be had. For one thread.
sealed interface Depot extends AutoCloseable {
    /// @param loaded origins of what is loaded: where all that a pattern had are, it may have none any more
    /// @throws AdeException RESOURCE where there is none, or it cannot be asked
    List<FoundFile> list(Collection<String> loaded);

    /// A file as it was listed, to be read from now on; empty where it is not that any more.
    Optional<Path> bring(Listed file);

    @Override
    void close();

    /// @param bytes empty for a file of any size
    record Listed(String origin, Optional<Long> bytes, Instant modifiedAt) {}

    /// Where files that are brought go.
    record Stage(Path folder, Progress progress) {}

    /// A server; what is brought is copied.
    final class Server implements Depot {
        private final SourceTable source;
        private final LoadSpec.Files files;
        private final SftpDeclared declared;
        private final SftpServer server;
        private final Optional<Fetching> fetching;

        /// @param stage empty where files are only listed
        Server(
                SourceTable source,
                LoadSpec.Files files,
                SftpDeclared declared,
                SftpServer server,
                Optional<Stage> stage) {
            this.source = source;
            this.files = files;
            this.declared = declared;
            this.server = server;
            this.fetching = stage.map(it -> new Fetching(declared.address(), server, it));
        }

        @Override
        public List<FoundFile> list(Collection<String> loaded) {
            return new SftpListing(source, files, server, loaded).find(declared.addresses());
        }

        @Override
        public Optional<Path> bring(Listed file) {
            return fetching.orElseThrow().fetch(file);
        }

        @Override
        public void close() {
            server.close();
        }
    }

    /// Folders of here; nothing is copied.
    record Here(Path root, SourceTable source, LoadSpec.Files files) implements Depot {
        @Override
        public List<FoundFile> list(Collection<String> loaded) {
            return new Discovery(root).find(source, files, loaded);
        }

        @Override
        public Optional<Path> bring(Listed file) {
            Path path = root.resolve(file.origin());
            try {
                BasicFileAttributes facts = Files.readAttributes(path, BasicFileAttributes.class);
                Instant modifiedAt =
                        facts.lastModifiedTime().toInstant().truncatedTo(ChronoUnit.MICROS);
                boolean isListed =
                        modifiedAt.equals(file.modifiedAt())
                                && file.bytes().filter(size -> size != facts.size()).isEmpty();
                return isListed ? Optional.of(path) : Optional.empty();
            } catch (IOException e) {
                return Optional.empty();
            }
        }

        @Override
        public void close() {}
    }
}
