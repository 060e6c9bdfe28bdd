package dev.ade.ingest.sftp;

import dev.ade.ingest.sftp.SftpSettings.Login;
import dev.ade.model.AdeException;
import dev.ade.spi.Progress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.jspecify.annotations.Nullable;

/// A connection to a server, made when it is first asked. Lost, it is made again, and reading goes on where it ended. What
/// the server says in words is never passed on. For one thread.
public final class SftpServer implements AutoCloseable {
    private static final int CHUNK_BYTES = 1 << 16;

    /// Signatures by it, and the kind of RSA keys, which others sign with too.
    private static final String SHA_1 = "ssh-rsa";

    /// Names that one folder may have.
    private static final int NAMES_MAX = 1_000_000;

    private final SftpAddress address;
    private final SftpSettings settings;
    private final Patience patience;
    private @Nullable SshClient client;
    private @Nullable SftpClient connection;

    public SftpServer(SftpAddress address, SftpSettings settings, Patience patience) {
        this.address = address;
        this.settings = settings;
        this.patience = patience;
    }

    private interface Question<T> {
        T of(SftpClient server) throws IOException;
    }

    /// The folder of the user.
    public String home() {
        return ask("/", server -> server.canonicalPath("."));
    }

    /// What is there, links followed; empty where nothing is.
    public Optional<Facts> facts(String path) {
        return ask(path, server -> facts(server, path));
    }

    private static Optional<Facts> facts(SftpClient server, String path) throws IOException {
        try {
            return Optional.of(facts(server.stat(path)));
        } catch (SftpException e) {
            if (isNowhere(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Facts facts(SftpClient.Attributes said) {
        Facts.Kind kind =
                said.isSymbolicLink()
                        ? Facts.Kind.LINK
                        : said.isDirectory()
                                ? Facts.Kind.FOLDER
                                : said.isRegularFile() ? Facts.Kind.FILE : Facts.Kind.OTHER;
        Instant modifiedAt =
                said.getModifyTime() == null ? Instant.EPOCH : said.getModifyTime().toInstant();
        return new Facts(kind, said.getSize(), modifiedAt);
    }

    /// What a folder holds, links as such.
    public List<Facts.Named> list(String folder) {
        return ask(folder, server -> list(server, folder));
    }

    /// The library asks for the next names while it is iterated over.
    private List<Facts.Named> list(SftpClient server, String folder) throws IOException {
        List<Facts.Named> names = new ArrayList<>();
        try {
            for (SftpClient.DirEntry entry : server.readDir(folder)) {
                String name = entry.getFilename();
                if (!name.equals(".") && !name.equals("..")) {
                    names.add(new Facts.Named(sound(folder, name), facts(entry.getAttributes())));
                }
                if (names.size() > NAMES_MAX) {
                    throw refused(folder, "it holds more than %,d names".formatted(NAMES_MAX));
                }
            }
            return names;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /// A server may say anything.
    private String sound(String folder, String name) {
        if (name.isEmpty() || name.indexOf('/') >= 0 || name.indexOf('\0') >= 0) {
            throw refused(folder, "the server lists a file whose name leads elsewhere");
        }
        return name;
    }

    /// Copies a file as it was listed.
    ///
    /// @param target which is not there yet
    /// @return false where it is not that file any more, or still grows
    public boolean fetch(String path, Facts listed, Path target, Progress progress) {
        try (FileChannel out =
                FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            return ask(path, server -> copy(server, new Copy(path, listed, out, progress)));
        } catch (IOException | UncheckedIOException e) {
            throw AdeException.resource(
                            "Cannot copy %s to %s".formatted(address.at(path), target.getParent()),
                            "Check its permissions and the free space")
                    .causedBy(e);
        }
    }

    private record Copy(String path, Facts listed, FileChannel out, Progress progress) {
        boolean isListed(SftpClient server) throws IOException {
            return facts(server, path).equals(Optional.of(listed));
        }

        long written() {
            try {
                return out.position();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void write(byte[] bytes, int length) {
            try {
                ByteBuffer rest = ByteBuffer.wrap(bytes, 0, length);
                while (rest.hasRemaining()) {
                    out.write(rest);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// Goes on behind what is written already.
    private static boolean copy(SftpClient server, Copy copy) throws IOException {
        if (!copy.isListed(server)) {
            return false;
        }
        byte[] chunk = new byte[CHUNK_BYTES];
        long wanted = copy.listed().bytes();
        try (InputStream in = server.read(copy.path())) {
            in.skipNBytes(copy.written());
            for (int n = in.read(chunk); n >= 0 && copy.written() <= wanted; n = in.read(chunk)) {
                copy.write(chunk, n);
                if (copy.progress().isCancelled()) {
                    throw Patience.stopped();
                }
            }
        }
        if (copy.written() > wanted || !copy.isListed(server)) {
            return false;
        }
        if (copy.written() < wanted) {
            throw new IOException("it ended before its end");
        }
        return true;
    }

    private <T> T ask(String path, Question<T> question) {
        for (int failed = 0; ; failed++) {
            IOException lost;
            try {
                return question.of(connected());
            } catch (SftpException e) {
                if (!isLost(e)) {
                    throw refused(path, refusal(e));
                }
                lost = e;
            } catch (IOException e) {
                lost = e;
            }
            disconnect();
            if (failed == settings.retries()) {
                throw unreachable(lost);
            }
            patience.after(failed);
        }
    }

    private static boolean isLost(SftpException e) {
        return e.getStatus() == SftpConstants.SSH_FX_NO_CONNECTION
                || e.getStatus() == SftpConstants.SSH_FX_CONNECTION_LOST;
    }

    private static boolean isNowhere(SftpException e) {
        return e.getStatus() == SftpConstants.SSH_FX_NO_SUCH_FILE
                || e.getStatus() == SftpConstants.SSH_FX_NO_SUCH_PATH;
    }

    private static String refusal(SftpException e) {
        return isNowhere(e)
                ? "it is not there any more"
                : e.getStatus() == SftpConstants.SSH_FX_PERMISSION_DENIED
                        ? "permission is denied"
                        : "the server refuses it (status %d)".formatted(e.getStatus());
    }

    private AdeException refused(String path, String reason) {
        return AdeException.resource(
                "Cannot read %s: %s".formatted(address.at(path), reason),
                "Give the user that logs in read access, or take it out of the pattern");
    }

    /// The library wraps what the socket says.
    private String reason(Throwable e) {
        return switch (e) {
            case UnknownHostException _ -> "no host has that name";
            case ConnectException _ -> "nobody answers there";
            case Throwable other when other.getCause() != null -> reason(other.getCause());
            default ->
                    "it did not answer within %d seconds, or the connection was lost"
                            .formatted(settings.timeout().toSeconds());
        };
    }

    private AdeException unreachable(IOException e) {
        String reason = reason(e);
        return AdeException.resource(
                        "Cannot reach %s: %s".formatted(address.server(), reason),
                        "Check the address, and that sftp -P %d %s@%s works from here"
                                .formatted(address.port(), address.user(), address.bareHost()))
                .causedBy(e);
    }

    private SftpClient connected() throws IOException {
        if (connection != null && connection.isOpen()) {
            return connection;
        }
        disconnect();
        JdkEd25519.register();
        HostKeys hostKeys = new HostKeys(address, settings.trust());
        SshClient made = client(hostKeys);
        client = made;
        made.start();
        String host = InetAddress.getByName(address.bareHost()).getHostAddress();
        ClientSession session =
                made.connect(address.user(), host, address.port())
                        .verify(settings.timeout())
                        .getSession();
        logIn(session, hostKeys);
        SftpClient opened = SftpClientFactory.instance().createSftpClient(session);
        connection = opened;
        return opened;
    }

    /// Nothing of the user's own settings of SSH has a say: a run is the same whoever starts it.
    private SshClient client(HostKeys hostKeys) {
        SshClient made = SshClient.setUpDefaultClient();
        made.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        made.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        made.setServerKeyVerifier(hostKeys);
        CoreModuleProperties.IDLE_TIMEOUT.set(made, settings.timeout());
        CoreModuleProperties.NIO2_READ_TIMEOUT.set(made, settings.timeout());
        CoreModuleProperties.CHANNEL_OPEN_TIMEOUT.set(made, settings.timeout());
        made.setSignatureFactories(signatures(made.getSignatureFactories(), hostKeys.kinds()));
        return made;
    }

    /// Those of keys that are known of the host first, so that it shows one of them; none by SHA-1.
    private static List<NamedFactory<Signature>> signatures(
            List<NamedFactory<Signature>> all, List<String> kinds) {
        return all.stream()
                .filter(one -> !one.getName().equals(SHA_1))
                .sorted(
                        Comparator.comparing(
                                one -> kinds.stream().noneMatch(kind -> isOf(kind, one.getName()))))
                .toList();
    }

    private static boolean isOf(String kind, String signature) {
        return kind.equals(signature) || (kind.equals(SHA_1) && signature.startsWith("rsa-sha2-"));
    }

    private void logIn(ClientSession session, HostKeys hostKeys) throws IOException {
        switch (settings.login()) {
            case Login.Password(String text) -> session.addPasswordIdentity(text);
            case Login.PrivateKey key -> session.addPublicKeyIdentity(pair(session, key));
        }
        try {
            session.auth().verify(settings.timeout());
        } catch (SshException e) {
            if (hostKeys.refusal().isPresent()) {
                throw hostKeys.refusal().get();
            }
            if (e.getDisconnectCode()
                    == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE) {
                throw denied();
            }
            throw e;
        }
    }

    private AdeException denied() {
        String what =
                switch (settings.login()) {
                    case Login.Password _ -> "this password";
                    case Login.PrivateKey key -> "the key " + key.name();
                };
        return AdeException.resource(
                "Cannot log in to %s: it does not let '%s' in with %s"
                        .formatted(address.server(), address.user(), what),
                "Correct the user in the address, or what sftp: in load says");
    }

    private static KeyPair pair(ClientSession session, Login.PrivateKey key) {
        FilePasswordProvider passphrase =
                key.passphrase().map(FilePasswordProvider::of).orElse(FilePasswordProvider.EMPTY);
        try {
            Iterable<KeyPair> pairs =
                    SecurityUtils.loadKeyPairIdentities(
                            session,
                            NamedResource.ofName(key.name()),
                            new ByteArrayInputStream(key.text().getBytes(StandardCharsets.UTF_8)),
                            passphrase);
            if (pairs != null && pairs.iterator().hasNext()) {
                return pairs.iterator().next();
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // Its words may hold some of the key.
        }
        throw AdeException.user(
                "Cannot read the private key %s".formatted(key.name()),
                key.passphrase().isEmpty()
                        ? "Give one as ssh-keygen writes it, and passphrase: where it has one"
                        : "Check the passphrase, and that it is one as ssh-keygen writes it");
    }

    private void disconnect() {
        SshClient old = client;
        client = null;
        connection = null;
        if (old != null) {
            old.stop();
        }
    }

    @Override
    public void close() {
        disconnect();
    }
}
