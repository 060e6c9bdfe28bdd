package dev.ade.ingest;

import dev.ade.ingest.sftp.Facts;
import dev.ade.ingest.sftp.SftpAddress;
import dev.ade.ingest.sftp.SftpServer;
import dev.ade.model.AdeException;
import dev.ade.model.LoadSpec;
import dev.ade.model.LoadSpec.Format;
import dev.ade.model.SourceTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Finds the files that a source's addresses mean, as `Discovery` does here: in the order of their origins, hidden and
/// unfinished ones left alone. Links to files are followed, those to folders are not.
final class SftpListing {
    private static final int DEPTH_MAX = 64;
    private static final String HOME = "/~/";

    /// Of a file that is not here.
    static final Path NOT_HERE = Path.of("");

    private final SourceTable source;
    private final LoadSpec.Files files;
    private final SftpServer server;
    private final Collection<String> loaded;

    /// @param loaded origins of what is loaded: where all that a pattern had are, it may have none any more
    SftpListing(
            SourceTable source,
            LoadSpec.Files files,
            SftpServer server,
            Collection<String> loaded) {
        this.source = source;
        this.files = files;
        this.server = server;
        this.loaded = files.mode() == LoadSpec.Mode.REPLACE ? List.of() : loaded;
    }

    /// @throws AdeException RESOURCE where there is none, or the server cannot be asked
    List<FoundFile> find(List<SftpAddress> addresses) {
        Map<String, FoundFile> found = new TreeMap<>();
        for (SftpAddress address : addresses) {
            new Search(address).run().forEach(file -> found.put(file.origin(), file));
        }
        if (found.size() > Discovery.FILES_MAX) {
            throw AdeException.user(
                            "Cannot load %s: more than %,d files match"
                                    .formatted(source.name(), Discovery.FILES_MAX),
                            "Narrow the pattern, or take loaded files away")
                    .at(source.location());
        }
        return List.copyOf(found.values());
    }

    /// One address.
    private final class Search {
        private final SftpAddress address;
        private final List<FoundFile> found = new ArrayList<>();

        Search(SftpAddress address) {
            this.address = address.at(path(address.path()));
        }

        private static String slashed(String folder) {
            return folder.endsWith("/") ? folder : folder + "/";
        }

        private String path(String written) {
            return written.startsWith(HOME)
                    ? slashed(server.home()) + written.substring(HOME.length())
                    : written;
        }

        List<FoundFile> run() {
            String path = address.path();
            if (Glob.isPattern(path)) {
                Glob glob = Glob.parse(path);
                String base = glob.base();
                Predicate<String> isMeant = below(slashed(base), glob::matches);
                String rest = path.substring(slashed(base).length());
                int depth = rest.contains("**") ? DEPTH_MAX : rest.split("/", -1).length;
                return some(base, isMeant, isMeant, depth);
            }
            Optional<Facts> facts = server.facts(path);
            if (facts.filter(it -> it.kind() == Facts.Kind.FILE).isPresent()) {
                return List.of(file(path, facts.get()));
            }
            boolean isFolder = facts.isPresent();
            return isFolder
                    ? some(path, below(slashed(path), _ -> true), this::isRead, DEPTH_MAX)
                    : some(path.substring(0, path.lastIndexOf('/')), path::equals, path::equals, 1);
        }

        private static Predicate<String> below(String folder, Predicate<String> rest) {
            return path -> path.startsWith(folder) && rest.test(path.substring(folder.length()));
        }

        /// Of a folder, files that nothing can read are left alone.
        private boolean isRead(String path) {
            return files.format() != Format.AUTO || Discovery.format(path).isPresent();
        }

        /// @param isMeant also of files that are not there any more
        private List<FoundFile> some(
                String folder, Predicate<String> isMeant, Predicate<String> isTaken, int depth) {
            String top = folder.isEmpty() ? "/" : folder;
            boolean isThere =
                    server.facts(top).filter(it -> it.kind() == Facts.Kind.FOLDER).isPresent();
            if (isThere) {
                walk(top, isTaken, depth);
            }
            if (found.isEmpty() && !(isThere && hadSome(isMeant))) {
                throw nothing(top, isThere);
            }
            return found;
        }

        private boolean hadSome(Predicate<String> isMeant) {
            String server = address.server();
            return loaded.stream()
                    .filter(origin -> origin.startsWith(server + "/"))
                    .anyMatch(origin -> isMeant.test(origin.substring(server.length())));
        }

        private void walk(String folder, Predicate<String> isTaken, int depth) {
            for (Facts.Named entry : server.list(folder)) {
                String path = slashed(folder) + entry.name();
                if (Discovery.isLeftAlone(entry.name())) {
                    continue;
                }
                switch (entry.facts().kind()) {
                    case FOLDER -> {
                        if (depth > 1) {
                            walk(path, isTaken, depth - 1);
                        }
                    }
                    case FILE -> {
                        if (isTaken.test(path)) {
                            found.add(file(path, entry.facts()));
                        }
                    }
                    case LINK -> {
                        if (isTaken.test(path)) {
                            server.facts(path)
                                    .filter(it -> it.kind() == Facts.Kind.FILE)
                                    .ifPresent(facts -> found.add(file(path, facts)));
                        }
                    }
                    case OTHER -> {}
                }
            }
        }

        private FoundFile file(String path, Facts facts) {
            String origin = address.at(path).toString();
            return new FoundFile(
                    NOT_HERE,
                    origin,
                    facts.bytes(),
                    facts.modifiedAt(),
                    Discovery.formatOf(source, files.format(), origin));
        }

        private AdeException nothing(String folder, boolean isThere) {
            return AdeException.resource(
                            "Cannot load %s: no file matches '%s'%s"
                                    .formatted(
                                            source.name(),
                                            address,
                                            isThere
                                                    ? ""
                                                    : ", and there is no folder %s"
                                                            .formatted(folder)),
                            "Correct files: in the source, or put a file there (hidden and unfinished ones are left alone)")
                    .at(source.location());
        }
    }
}
