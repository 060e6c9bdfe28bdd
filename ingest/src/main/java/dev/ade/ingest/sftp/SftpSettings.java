package dev.ade.ingest.sftp;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How a server is reached.
///
/// @param timeout that a silent server has
/// @param retries after a failure that may pass
public record SftpSettings(Login login, Trust trust, Duration timeout, int retries) {
    /// Who proves to be the user. Holds a secret.
    public sealed interface Login {
        record Password(String text) implements Login {
            @Override
            public String toString() {
                return "Password";
            }
        }

        /// @param name of it for messages
        /// @param text as OpenSSH and PEM files have it
        /// @param passphrase of an encrypted one
        record PrivateKey(String name, String text, Optional<String> passphrase) implements Login {
            @Override
            public String toString() {
                return "PrivateKey[" + name + "]";
            }
        }
    }

    /// Which keys a server may show.
    public sealed interface Trust {
        /// @param fingerprints as `SHA256:…`
        record Pinned(List<String> fingerprints) implements Trust {
            public Pinned {
                fingerprints = List.copyOf(fingerprints);
            }
        }

        /// A file of OpenSSH; one that is not there knows no host.
        record KnownHosts(Path file) implements Trust {}
    }
}
