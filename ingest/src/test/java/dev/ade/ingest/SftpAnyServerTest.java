package dev.ade.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.AdeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.sftp.server.SftpSubsystem;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What OpenSSH does not do: passwords without being root, and lies.
class SftpAnyServerTest extends InYard {
    private static final String PASSWORD = "correct-horse";

    private SshServer server;
    private Path folder;
    private String lie = "";

    @BeforeEach
    void start(@TempDir Path home) throws IOException {
        folder = home;
        server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        SimpleGeneratorHostKeyProvider keys = new SimpleGeneratorHostKeyProvider();
        keys.setAlgorithm("EC");
        server.setKeyPairProvider(keys);
        server.setPasswordAuthenticator((_, password, _) -> password.equals(PASSWORD));
        server.setFileSystemFactory(new VirtualFileSystemFactory(home));
        server.setSubsystemFactories(List.of(new Lying()));
        server.start();
        yard.environment("SECRET", PASSWORD);
    }

    @AfterEach
    void stop() throws IOException {
        server.stop();
    }

    /// Says another name for every file, once it is told to.
    private final class Lying extends SftpSubsystemFactory {
        @Override
        public Command createSubsystem(ChannelSession channel) {
            return new SftpSubsystem(channel, this) {
                @Override
                protected String getShortName(Path file) throws IOException {
                    return lie.isEmpty() || Files.isDirectory(file)
                            ? super.getShortName(file)
                            : lie;
                }
            };
        }
    }

    private Declared orders() throws IOException, GeneralSecurityException {
        PublicKey key = server.getKeyPairProvider().loadKeys(null).iterator().next().getPublic();
        return Declared.remote(
                Map.of("password", "${SECRET}", "host_key", KeyUtils.getFingerPrint(key)),
                "sftp://ana@127.0.0.1:%d/~/*.csv".formatted(server.getPort()));
    }

    private static List<Path> all(Path under) {
        try (Stream<Path> files = Files.walk(under)) {
            return new ArrayList<>(files.sorted().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void lets_a_password_in_and_begins_at_home() throws Exception {
        Files.writeString(folder.resolve("a.csv"), "id\n1\n");
        assertThat(yard.load(orders()).landed()).isEqualTo(1);
        assertThat(yard.sql("select _source from shop.orders"))
                .containsExactly("sftp://127.0.0.1:%d/a.csv".formatted(server.getPort()));
        assertThat(yard.look(orders()).isEmpty()).isTrue();
        assertThat(yard.keeps(PASSWORD)).isFalse();
        assertThat(yard.keeps("ana@")).isFalse();
    }

    @Test
    void refuses_a_wrong_password() throws Exception {
        yard.environment("SECRET", "battery-staple");
        Declared orders = orders();
        assertThatThrownBy(() -> yard.load(orders))
                .hasMessageContaining("it does not let 'ana' in with this password")
                .hasMessageNotContaining("battery-staple")
                .extracting(e -> ((AdeException) e).kind())
                .isEqualTo(AdeException.Kind.RESOURCE);
    }

    @Test
    void says_that_nobody_answers() throws Exception {
        Declared orders = orders();
        server.stop();
        assertThatThrownBy(() -> yard.load(orders))
                .hasMessageContaining(
                        "Cannot reach sftp://127.0.0.1:%d: nobody answers there"
                                .formatted(server.getPort()));
    }

    @Test
    void is_not_led_elsewhere_by_a_name() throws Exception {
        Files.writeString(folder.resolve("a.csv"), "id\n1\n");
        Declared orders = orders();
        for (String name : List.of("../../escaped.csv", "/tmp/escaped.csv", "x/../../e.csv")) {
            lie = name;
            assertThatThrownBy(() -> yard.load(orders))
                    .hasMessageContaining("the server lists a file whose name leads elsewhere");
        }
        assertThat(all(Objects.requireNonNull(yard.root().getParent())))
                .noneMatch(it -> it.getFileName().toString().contains("escaped"));
    }

    @Test
    void puts_odd_names_nowhere_but_into_source() throws Exception {
        String odd = "50% off..\\..\\; x; rm -rf 'x' $(id).csv";
        Files.writeString(folder.resolve(odd), "id\n1\n");
        assertThat(yard.load(orders()).landed()).isEqualTo(1);
        assertThat(yard.sql("select _source from shop.orders").getFirst()).endsWith("/" + odd);
        assertThat(yard.look(orders()).isEmpty()).isTrue();
        assertThat(yard.staged()).isEmpty();
    }
}
