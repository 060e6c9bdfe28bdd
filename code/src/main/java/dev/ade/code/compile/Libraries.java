package dev.ade.code.compile;

import dev.ade.model.AdeException;
import dev.ade.model.Fingerprint;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// What models of a project share: `lib/*.jar`, and `lib/**/*.java`.
///
/// @param jars class path, in order
/// @param sources of classes, relative to the project
/// @param version of all of it
record Libraries(List<Path> jars, List<Path> sources, Fingerprint version) {
    private static final int FILES_MAX = 1_000;
    private static final int DEPTH_MAX = 20;
    private static final String FOLDER = "lib";

    Libraries {
        jars = List.copyOf(jars);
        sources = List.copyOf(sources);
    }

    boolean isEmpty() {
        return jars.isEmpty() && sources.isEmpty();
    }

    static Libraries of(Path root) {
        Path folder = root.resolve(FOLDER);
        if (!Files.isDirectory(folder)) {
            return new Libraries(List.of(), List.of(), Fingerprint.of("libraries"));
        }
        try (Stream<Path> walk = Files.walk(folder, DEPTH_MAX)) {
            List<Path> files =
                    walk.filter(Files::isRegularFile).sorted().limit(FILES_MAX + 1).toList();
            if (files.size() > FILES_MAX) {
                throw AdeException.user(
                        "Cannot use %s: it has more than %,d files".formatted(folder, FILES_MAX),
                        "Pack them into jars");
            }
            List<Path> jars =
                    files.stream()
                            .filter(file ->
                                    file.toString().endsWith(".jar")
                                            && folder.equals(file.getParent()))
                            .toList();
            List<Path> sources =
                    files.stream().filter(file -> file.toString().endsWith(".java")).toList();
            return new Libraries(jars, sources, version(root, jars, sources));
        } catch (IOException e) {
            throw AdeException.resource(
                            "Cannot read %s: %s".formatted(folder, e.getMessage()),
                            "Make it readable for the user that runs ADE")
                    .causedBy(e);
        }
    }

    private static Fingerprint version(Path root, List<Path> jars, List<Path> sources)
            throws IOException {
        List<Object> parts = new ArrayList<>();
        parts.add("libraries");
        for (Path file : Stream.concat(jars.stream(), sources.stream()).toList()) {
            parts.add(root.relativize(file).toString().replace('\\', '/'));
            parts.add(hash(file));
        }
        return Fingerprint.of(parts);
    }

    private static String hash(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                DigestInputStream digested =
                        new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            digested.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digested.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw AdeException.internal("Every JDK has SHA-256", e);
        }
    }
}
