package dev.ade.privacy;

import dev.ade.model.AdeException;
import dev.ade.spi.OwnerOnly;
import dev.ade.spi.Vault;
import io.airlift.compress.zstd.ZstdInputStream;
import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// A folder of originals, each compressed by Zstandard and encrypted by Tink's streaming AEAD (AES-256-GCM with HKDF, in
/// segments of 1 MB) under a key of its own. Folder and files are of their owner only. Thread-safe.
public final class FileVault implements Vault {
    private static final String EXTENSION = ".sealed";
    private static final int NAME_BYTES = 16;

    private final Path folder;
    private final Keyring keyring;
    private final RandomGenerator random;

    /// @param folder made when something is first put in
    /// @param random for names of files
    public FileVault(Path folder, Keyring keyring, RandomGenerator random) {
        this.folder = folder.toAbsolutePath().normalize();
        this.keyring = keyring;
        this.random = random;
    }

    @Override
    public Sealed seal(Label label, Path plain) {
        try (InputStream in = Files.newInputStream(plain)) {
            return seal(label, in);
        } catch (IOException e) {
            throw notPut(label, e);
        }
    }

    @Override
    public Sealed seal(Label label, InputStream plain) {
        DataKey key = DataKey.make();
        String name = name();
        Path file = folder.resolve(name);
        try {
            Path beside = folder.resolve("..").normalize();
            Files.createDirectories(beside);
            // Loads side by side may both be the first to put something in.
            Files.createDirectories(folder, OwnerOnly.folder(beside));
            long bytes = write(key.encryption(), label, plain, file);
            force(folder, StandardOpenOption.READ);
            String wrapped = Base64.getEncoder().encodeToString(keyring.wrap(key, about(label)));
            return new Sealed(name, wrapped, bytes, Files.size(file));
        } catch (IOException e) {
            throw notPut(label, e);
        }
    }

    private AdeException notPut(Label label, IOException e) {
        return AdeException.resource(
                        "Cannot put %s into the vault %s: %s".formatted(label, folder, reason(e)),
                        "Check its permissions and the free space, then run again")
                .causedBy(e);
    }

    private String name() {
        byte[] bytes = new byte[NAME_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes) + EXTENSION;
    }

    private long write(DataKey.Encryption encryption, Label label, InputStream in, Path file)
            throws IOException {
        Set<StandardOpenOption> options =
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, options, OwnerOnly.file(folder))) {
            // Closing the streams would close the channel before it is forced to the disk.
            OutputStream open = new Unclosed(Channels.newOutputStream(channel));
            long bytes;
            try (OutputStream out =
                    new ZstdOutputStream(encryption.encrypting(open, about(label)))) {
                bytes = in.transferTo(out);
            }
            channel.force(true);
            return bytes;
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    static byte[] about(Label label) {
        return ("ade vault 1 " + label).getBytes(StandardCharsets.UTF_8);
    }

    private static void force(Path path, StandardOpenOption option) throws IOException {
        try (FileChannel channel = FileChannel.open(path, option)) {
            channel.force(true);
        }
    }

    @Override
    public InputStream open(Label label, Sealed sealed) {
        DataKey key = keyring.unwrap(Base64.getDecoder().decode(sealed.key()), about(label));
        try {
            InputStream raw = Files.newInputStream(folder.resolve(sealed.file()));
            try {
                return new Told(
                        label, new ZstdInputStream(key.encryption().decrypting(raw, about(label))));
            } catch (IOException | RuntimeException e) {
                raw.close();
                throw e;
            }
        } catch (IOException e) {
            throw unreadable(label, e);
        }
    }

    private static AdeException unreadable(Label label, IOException e) {
        boolean isGone = e instanceof NoSuchFileException;
        // No cause: what a decompressor says may quote.
        return AdeException.data(
                "Cannot read %s from the vault: its file is %s"
                        .formatted(label, isGone ? "not there" : "damaged"),
                "Restore the vault's folder from a backup");
    }

    @Override
    public void remove(String file) {
        try {
            Files.deleteIfExists(folder.resolve(file));
        } catch (IOException e) {
            throw AdeException.resource(
                            "Cannot remove %s from the vault %s: %s"
                                    .formatted(file, folder, reason(e)),
                            "Check who may write there, and do it again")
                    .causedBy(e);
        }
    }

    @Override
    public List<Stored> files() {
        List<Stored> files = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return files;
        }
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.filter(it -> it.toString().endsWith(EXTENSION)).toList()) {
                files.add(
                        new Stored(
                                String.valueOf(file.getFileName()),
                                Files.getLastModifiedTime(file).toInstant(),
                                Files.size(file)));
            }
        } catch (IOException e) {
            throw AdeException.resource(
                            "Cannot list the vault %s: %s".formatted(folder, reason(e)),
                            "Check who may read it")
                    .causedBy(e);
        }
        return files;
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName();
    }

    /// A stream that stays open.
    private static final class Unclosed extends java.io.FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }

    /// A stream whose failures say what is wrong.
    private static final class Told extends FilterInputStream {
        private final Label label;

        Told(Label label, InputStream in) {
            super(in);
            this.label = label;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            try {
                return in.read(bytes, offset, length);
            } catch (IOException e) {
                throw unreadable(label, e);
            } catch (RuntimeException _) {
                throw unreadable(label, new IOException("not compressed as it should be"));
            }
        }
    }
}
