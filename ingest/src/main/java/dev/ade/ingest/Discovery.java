package dev.ade.ingest;

import dev.ade.model.AdeException;
import dev.ade.model.LoadSpec;
import dev.ade.model.LoadSpec.Format;
import dev.ade.model.SourceTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Finds the files that a source's patterns mean, in the order of their origins.
///
/// Relative patterns are confined to the project: `..` and links that leave it are refused. Absolute
/// patterns go anywhere. Hidden and unfinished files are left alone unless they are named in full.
final class Discovery {
    /// Files one source may have.
    static final int FILES_MAX = 100_000;

    private static final Set<String> UNFINISHED =
            Set.of(".part", ".partial", ".tmp", ".temp", ".crdownload", ".filepart", ".swp");

    private final Path root;

    Discovery(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /// @throws AdeException RESOURCE where there is none, or one cannot be read
    List<FoundFile> find(SourceTable source, LoadSpec.Files files) {
        return find(source, files, List.of());
    }

    /// The same, where a pattern may have no file any more, as all that it had are loaded and stay so.
    ///
    /// @param loaded origins of what is loaded
    /// @throws AdeException RESOURCE where there never was one, or one cannot be read
    List<FoundFile> find(SourceTable source, LoadSpec.Files files, Collection<String> loaded) {
        Map<String, FoundFile> found = new TreeMap<>();
        Collection<String> kept = files.mode() == LoadSpec.Mode.REPLACE ? List.of() : loaded;
        for (String pattern : files.patterns()) {
            List<FoundFile> matched = new Search(source, files.format(), pattern, kept).run();
            matched.forEach(file -> found.put(file.origin(), file));
            if (found.size() > FILES_MAX) {
                throw AdeException.user(
                                "Cannot load %s: more than %,d files match"
                                        .formatted(source.name(), FILES_MAX),
                                "Narrow the pattern, or join small files first")
                        .at(source.location());
            }
        }
        return List.copyOf(found.values());
    }

    /// What a file is by its name, compression aside.
    static Optional<Format> format(String name) {
        return Format.ofFile(Compression.of(name).strip(name));
    }

    /// What to read a file as.
    ///
    /// @param declared `AUTO` for what its name says
    static Format formatOf(SourceTable source, Format declared, String origin) {
        if (declared != Format.AUTO) {
            return declared;
        }
        return format(origin)
                .orElseThrow(() ->
                        AdeException.user(
                                        "Cannot load %s: the format of %s does not follow from its name"
                                                .formatted(source.name(), origin),
                                        "Add format: to load, one of csv, json, ndjson, parquet, xlsx, fixed, xml, avro, orc")
                                .at(source.location()));
    }

    static boolean isLeftAlone(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return name.startsWith(".")
                || name.startsWith("_")
                || name.endsWith("~")
                || name.startsWith("~$")
                || UNFINISHED.stream().anyMatch(lower::endsWith);
    }

    /// One pattern of one source.
    private final class Search {
        private final SourceTable source;
        private final Format format;
        private final String pattern;
        private final Collection<String> loaded;
        private final boolean isAbsolute;

        Search(SourceTable source, Format format, String pattern, Collection<String> loaded) {
            this.loaded = loaded;
            this.source = source;
            this.format = format;
            this.pattern = pattern;
            this.isAbsolute =
                    Path.of(pattern.startsWith("/") ? "/" : pattern.replaceAll("[*?\\[{].*", ""))
                            .isAbsolute();
        }

        List<FoundFile> run() {
            if (!Glob.isPattern(pattern)) {
                Path path = resolve(pattern);
                return Files.isDirectory(path) ? folder(path) : single(path);
            }
            Glob glob = Glob.parse(pattern);
            Path base = resolve(glob.base());
            Predicate<Path> isMeant =
                    path -> path.startsWith(base) && glob.matches(slashes(base.relativize(path)));
            List<FoundFile> files =
                    walk(base).stream()
                            .filter(isMeant)
                            .map(path -> file(path, formatOf(path)))
                            .toList();
            return requireSome(files, base, isMeant);
        }

        private List<FoundFile> folder(Path folder) {
            List<FoundFile> files = new ArrayList<>();
            for (Path path : walk(folder)) {
                Optional<Format> known = format(String.valueOf(path.getFileName()));
                if (format != Format.AUTO || known.isPresent()) {
                    files.add(file(path, formatOf(path)));
                }
            }
            return requireSome(files, folder, path -> path.startsWith(folder));
        }

        private List<FoundFile> single(Path path) {
            if (!Files.exists(path) && !Files.isSymbolicLink(path)) {
                Path folder = path.getParent();
                return requireSome(List.of(), folder == null ? root : folder, path::equals);
            }
            return List.of(file(path, formatOf(path)));
        }

        private List<FoundFile> requireSome(
                List<FoundFile> files, Path folder, Predicate<Path> isMeant) {
            boolean hadSome =
                    Files.isDirectory(folder)
                            && loaded.stream().map(root::resolve).anyMatch(isMeant);
            if (files.isEmpty() && !hadSome) {
                throw nothing(folder);
            }
            return files;
        }

        private AdeException nothing(Path folder) {
            String state = Files.isDirectory(folder) ? "" : ", which is not there";
            return AdeException.resource(
                            "Cannot load %s: no file matches '%s' in %s%s"
                                    .formatted(source.name(), pattern, shown(folder), state),
                            "Correct files: in the source, or put a file there (hidden and unfinished ones are left alone)")
                    .at(source.location());
        }

        private Path resolve(String text) {
            Path path = root.resolve(text.isEmpty() ? "." : text).normalize();
            if (!isAbsolute && !path.startsWith(root)) {
                throw AdeException.user(
                                "Cannot load %s: '%s' leaves the project"
                                        .formatted(source.name(), pattern),
                                "Name files outside of it by their absolute path")
                        .at(source.location());
            }
            return path;
        }

        private Format formatOf(Path path) {
            return Discovery.formatOf(source, format, shown(path));
        }

        private FoundFile file(Path path, Format as) {
            try {
                requireInside(path);
                BasicFileAttributes facts = Files.readAttributes(path, BasicFileAttributes.class);
                if (!Files.isReadable(path)) {
                    throw new AccessDeniedException(path.toString());
                }
                return new FoundFile(
                        path, shown(path), facts.size(), facts.lastModifiedTime().toInstant(), as);
            } catch (IOException e) {
                throw unreadable(path, e);
            }
        }

        private void requireInside(Path path) throws IOException {
            if (!isAbsolute && !path.toRealPath().startsWith(root.toRealPath())) {
                throw AdeException.user(
                                "Cannot load %s: %s is a link that leaves the project"
                                        .formatted(source.name(), shown(path)),
                                "Name what it points to by its absolute path")
                        .at(source.location());
            }
        }

        private AdeException unreadable(Path path, IOException e) {
            String reason =
                    switch (e) {
                        case AccessDeniedException _ -> "permission is denied";
                        case NoSuchFileException _ -> "it is a link to nothing";
                        default -> String.valueOf(e.getMessage());
                    };
            return AdeException.resource(
                            "Cannot read %s for %s: %s"
                                    .formatted(shown(path), source.name(), reason),
                            "Give the user that runs ade read access, or take it out of the pattern")
                    .at(source.location())
                    .causedBy(e);
        }

        private List<Path> walk(Path base) {
            if (!Files.isDirectory(base)) {
                throw nothing(base);
            }
            List<Path> files = new ArrayList<>();
            try {
                Files.walkFileTree(base, options(), 64, visitor(base, files));
            } catch (IOException | UncheckedIOException e) {
                throw unreadable(base, e instanceof IOException io ? io : new IOException(e));
            }
            files.sort(Comparator.naturalOrder());
            return files;
        }

        private Set<FileVisitOption> options() {
            return isAbsolute
                    ? EnumSet.of(FileVisitOption.FOLLOW_LINKS)
                    : EnumSet.noneOf(FileVisitOption.class);
        }

        private FileVisitor<Path> visitor(Path base, List<Path> files) {
            return new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes facts) {
                    boolean skip =
                            !folder.equals(base)
                                    && isLeftAlone(String.valueOf(folder.getFileName()));
                    return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes facts) {
                    if (!isLeftAlone(String.valueOf(file.getFileName()))
                            && !Files.isDirectory(file)) {
                        files.add(file);
                    }
                    return files.size() > 10 * FILES_MAX
                            ? FileVisitResult.TERMINATE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    throw unreadable(file, e);
                }
            };
        }
    }

    private String shown(Path path) {
        return path.startsWith(root) ? slashes(root.relativize(path)) : slashes(path);
    }

    private static String slashes(Path path) {
        return path.toString().replace('\\', '/');
    }
}
