package dev.ade.ingest.rest;

import dev.ade.model.AdeException;
import dev.ade.spi.OwnerOnly;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Answers in files of a folder that only this user can read. Names are hashes, so that no URL is seen.
final class KeptFiles {
    private final Path folder;

    KeptFiles(Path folder) {
        this.folder = folder;
    }

    static String key(String who, Call call) {
        return hash(who + "\n" + call.method() + "\n" + call.uri() + "\n" + call.body().orElse(""));
    }

    static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    Answers.Kept of(String who) {
        return (call, ask) -> {
            String name = key(who, call);
            Optional<Answer> kept = read(folder.resolve(name));
            if (kept.isPresent()) {
                return kept.get();
            }
            Answer fresh = ask.apply(call);
            write(name, fresh);
            return fresh;
        };
    }

    private static Optional<Answer> read(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (DataInputStream in =
                new DataInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
            URI uri = URI.create(in.readUTF());
            List<String> links = new ArrayList<>();
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                links.add(in.readUTF());
            }
            return Optional.of(new Answer(uri, links, in.readAllBytes()));
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    private void write(String name, Answer answer) {
        try {
            if (!Files.exists(folder)) {
                makeFolder();
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (DataOutputStream out = new DataOutputStream(bytes)) {
                out.writeUTF(answer.uri().toString());
                out.writeInt(answer.links().size());
                for (String link : answer.links()) {
                    out.writeUTF(link);
                }
                out.write(answer.body());
            }
            Path unfinished = Files.createTempFile(folder, "answer", ".part");
            Files.write(unfinished, bytes.toByteArray());
            Files.move(unfinished, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw failure(folder, e);
        }
    }

    private void makeFolder() throws IOException {
        OwnerOnly.folders(folder);
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private static AdeException failure(Path path, IOException e) {
        return AdeException.resource(
                        "Cannot keep answers in %s: %s".formatted(path, e.getMessage()),
                        "Remove that folder, or leave out cache: dev")
                .causedBy(e);
    }
}
