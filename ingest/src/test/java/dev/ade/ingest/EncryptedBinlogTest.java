package dev.ade.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.model.AdeException;
import dev.ade.model.LoadSpec.Mode;
import dev.ade.model.SourceTable;
import dev.ade.testkit.MariaDb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that lets nobody in without TLS.
class EncryptedBinlogTest extends InFollowed {
    @AutoClose private static MariaDb server;
    private static Path certificate;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        // Who runs the server is another user.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        certificate = folder.resolve("certificate.pem");
        Path key = folder.resolve("key.pem");
        Process made =
                new ProcessBuilder(
                                "openssl",
                                "req",
                                "-x509",
                                "-newkey",
                                "rsa:2048",
                                "-nodes",
                                "-keyout",
                                key.toString(),
                                "-out",
                                certificate.toString(),
                                "-days",
                                "3650",
                                "-subj",
                                "/CN=here",
                                "-addext",
                                "subjectAltName=IP:127.0.0.1")
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log").toFile())
                        .start();
        assertThat(made.waitFor()).isZero();
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        server =
                MariaDb.start(
                        "binlog-row-metadata=FULL",
                        "ssl-cert=" + certificate,
                        "ssl-key=" + key,
                        "require-secure-transport=ON");
        server.sql("create table orders (id int primary key)");
    }

    @Override
    SourceTable source(Mode mode, Map<String, Object> more, String... key) {
        return Sources.following(server, mode, more, key);
    }

    private SourceTable source(Map<String, String> properties) {
        return source(Mode.MERGE, Map.of("properties", properties));
    }

    @Test
    void follows_over_a_connection_that_nobody_reads() throws IOException {
        SourceTable source = source(Map.of("serverSslCert", certificate.toString()));
        load(source);
        server.sql("insert into orders values (1)");
        load(source);

        assertThat(yard.sql("select * exclude (_batch_id, _loaded_at, _source) from shop.orders"))
                .containsExactly("1");
    }

    @Test
    void sends_nothing_in_clear() {
        assertThatThrownBy(() -> load(source(Map.of("sslMode", "disable"))))
                .isInstanceOf(AdeException.class)
                .hasMessageContaining("does not let user 'owner' in");
    }
}
