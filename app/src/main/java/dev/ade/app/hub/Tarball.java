package dev.ade.app.hub;

import dev.ade.model.AdeException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/// Unpacks the files of a package: plain files and folders within one folder, and nothing else.
final class Tarball {
    private static final int BLOCK = 512;
    private static final long BYTES_MAX = 1_000_000_000;
    private static final int FILES_MAX = 50_000;
    private static final Pattern PATH = Pattern.compile("(?:^|\\n)\\d+ path=([^\\n]*)\\n");

    private final String what;
    private final InputStream in;
    private final Path folder;
    private Optional<String> longName = Optional.empty();
    private long bytes;
    private int files;

    private Tarball(String what, InputStream in, Path folder) {
        this.what = what;
        this.in = in;
        this.folder = folder;
    }

    /// Unpacks what is below the one folder that tarballs of packages begin with.
    ///
    /// @param what it is, for people
    /// @param folder that is there and empty
    /// @throws AdeException RESOURCE where it is broken, or has something else in it
    static void unpack(String what, byte[] packed, Path folder) {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            new Tarball(what, in, folder.toAbsolutePath().normalize()).all();
        } catch (IOException | NumberFormatException | InvalidPathException e) {
            throw AdeException.resource(
                            "Cannot unpack %s: its files are broken".formatted(what),
                            "Fetch again: ade deps")
                    .causedBy(e);
        }
    }

    private void all() throws IOException {
        byte[] header = in.readNBytes(BLOCK);
        while (header.length == BLOCK && header[0] != 0) {
            entry(header);
            header = in.readNBytes(BLOCK);
        }
    }

    private void entry(byte[] header) throws IOException {
        long size = size(header);
        bytes += size;
        if (bytes > BYTES_MAX || ++files > FILES_MAX) {
            throw refused(
                    "it has more than %,d bytes or %,d files".formatted(BYTES_MAX, FILES_MAX));
        }
        byte[] content = in.readNBytes(Math.toIntExact(size));
        if (content.length < size) {
            throw new IOException("it ends early");
        }
        in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
        String name = longName.orElseGet(() -> name(header));
        switch (header[156]) {
            case 'x' -> longName = path(content);
            case 'L' -> longName = Optional.of(text(content, 0, content.length));
            case 'g' -> {
                // What is said of the whole, such as the commit.
            }
            case '5' -> {
                longName = Optional.empty();
                place(name).ifPresent(Tarball::create);
            }
            case '0', 0 -> {
                longName = Optional.empty();
                write(name, content);
            }
            default -> throw refused("%s in it is a link or a device".formatted(name));
        }
    }

    private void write(String name, byte[] content) throws IOException {
        Optional<Path> file = place(name);
        if (file.isPresent()) {
            Files.createDirectories(file.get().getParent());
            Files.write(file.get(), content);
        }
    }

    private static void create(Path path) {
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// Where it goes; empty for the folder that all is in, and what lies beside it.
    private Optional<Path> place(String name) {
        int slash = name.indexOf('/');
        String below = slash < 0 ? "" : name.substring(slash + 1);
        Path path = folder.resolve(below).normalize();
        if (!path.startsWith(folder) || below.startsWith("/") || below.indexOf('\\') >= 0) {
            throw refused("%s in it would lie outside of it".formatted(name));
        }
        return path.equals(folder) ? Optional.empty() : Optional.of(path);
    }

    private static Optional<String> path(byte[] extended) {
        Matcher matcher = PATH.matcher(text(extended, 0, extended.length));
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static String name(byte[] header) {
        String prefix =
                text(header, 257, 5).equals("ustar") && header[263] == '0'
                        ? text(header, 345, 155)
                        : "";
        String name = text(header, 0, 100);
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private static long size(byte[] header) throws IOException {
        String octal = text(header, 124, 12).strip();
        long size = octal.isEmpty() ? 0 : Long.parseLong(octal, 8);
        if (size < 0 || size > BYTES_MAX) {
            throw new IOException("a file in it is too large");
        }
        return size;
    }

    private static String text(byte[] bytes, int from, int length) {
        int end = from;
        while (end < from + length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }

    private AdeException refused(String reason) {
        return AdeException.resource(
                "Cannot unpack %s: %s".formatted(what, reason),
                "Ask who keeps the package, or put its folder into dbt_packages/");
    }
}
