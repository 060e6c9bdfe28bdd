package dev.ade.ingest.cdc.binlog;

import com.github.shyiko.mysql.binlog.network.SSLSocketFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/// Encrypts a connection, as its driver would.
///
/// @param certificate that the server's has to be signed by: a file, or its text; empty for those that Java trusts
/// @param mode never `DISABLE`
record Encryption(String host, ServerAddress.Tls mode, Optional<String> certificate)
        implements SSLSocketFactory {
    private static final String TEXT = "-----BEGIN";

    @Override
    public SSLSocket createSocket(Socket plain) throws SocketException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trusted(), null);
            SSLSocket socket =
                    (SSLSocket)
                            context.getSocketFactory()
                                    .createSocket(plain, host, plain.getPort(), true);
            if (mode == ServerAddress.Tls.VERIFY_FULL) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
            }
            return socket;
        } catch (GeneralSecurityException | IOException e) {
            SocketException failure = new SocketException("TLS cannot be begun: " + e.getMessage());
            failure.initCause(e);
            throw failure;
        }
    }

    private TrustManager[] trusted() throws GeneralSecurityException, IOException {
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(certificate.isPresent() ? store(certificate.get()) : null);
        return factory.getTrustManagers();
    }

    private static KeyStore store(String given) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in =
                given.startsWith(TEXT)
                        ? new ByteArrayInputStream(given.getBytes(StandardCharsets.US_ASCII))
                        : Files.newInputStream(Path.of(given))) {
            int number = 0;
            for (Certificate one :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("given" + number, one);
                number++;
            }
        }
        return store;
    }
}
