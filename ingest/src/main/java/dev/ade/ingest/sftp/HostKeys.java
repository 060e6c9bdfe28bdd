package dev.ade.ingest.sftp;

import dev.ade.ingest.sftp.SftpSettings.Trust;
import dev.ade.model.AdeException;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.jspecify.annotations.Nullable;

/// Lets a server in whose key is known, and says of any other what it showed. Learns nothing by itself.
final class HostKeys implements ServerKeyVerifier {
    private static final String REVOKED = "revoked";

    private final SftpAddress address;
    private final Trust trust;
    private final List<KnownHostEntry> known;
    private volatile @Nullable AdeException refusal;

    HostKeys(SftpAddress address, Trust trust) {
        this.address = address;
        this.trust = trust;
        this.known =
                switch (trust) {
                    case Trust.Pinned _ -> List.of();
                    case Trust.KnownHosts(Path file) -> entries(file);
                };
    }

    private List<KnownHostEntry> entries(Path file) {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            return KnownHostEntry.readKnownHostEntries(file).stream()
                    .filter(entry -> entry.isHostMatch(address.bareHost(), address.port()))
                    .toList();
        } catch (IOException | RuntimeException e) {
            throw AdeException.resource(
                            "Cannot read the known hosts in %s".formatted(file),
                            "Correct it, or pin the key: sftp: {host_key: \"SHA256:…\"}")
                    .causedBy(e);
        }
    }

    /// Kinds of keys that are known of the host, so that it is asked for one of them; empty where any will do.
    List<String> kinds() {
        return known.stream()
                .map(entry -> Objects.requireNonNull(entry.getKeyEntry()).getKeyType())
                .toList();
    }

    /// Why the server was not let in, where it was not.
    Optional<AdeException> refusal() {
        return Optional.ofNullable(refusal);
    }

    @Override
    public boolean verifyServerKey(ClientSession session, SocketAddress from, PublicKey key) {
        boolean isKnown =
                switch (trust) {
                    case Trust.Pinned(List<String> fingerprints) ->
                            fingerprints.contains(KeyUtils.getFingerPrint(key));
                    case Trust.KnownHosts _ -> isKnown(session, key);
                };
        if (!isKnown) {
            refusal = refused(key);
        }
        return isKnown;
    }

    private boolean isKnown(ClientSession session, PublicKey key) {
        List<KnownHostEntry> same =
                known.stream().filter(entry -> isOf(entry, session, key)).toList();
        return same.stream().noneMatch(entry -> REVOKED.equals(entry.getMarker()))
                && same.stream().anyMatch(entry -> entry.getMarker() == null);
    }

    private static boolean isOf(KnownHostEntry entry, ClientSession session, PublicKey key) {
        try {
            PublicKey there =
                    Objects.requireNonNull(entry.getKeyEntry())
                            .resolvePublicKey(session, PublicKeyEntryResolver.IGNORING);
            return there != null && KeyUtils.compareKeys(there, key);
        } catch (IOException | GeneralSecurityException e) {
            return false;
        }
    }

    private AdeException refused(PublicKey key) {
        String seen = KeyUtils.getFingerPrint(key);
        String shown = "%s %s".formatted(KeyUtils.getKeyType(key), seen);
        boolean isOther =
                switch (trust) {
                    case Trust.Pinned _ -> true;
                    case Trust.KnownHosts _ -> !known.isEmpty();
                };
        return isOther
                ? AdeException.resource(
                        "Cannot trust %s: it shows another host key than the one that is known of it, %s"
                                .formatted(address.server(), shown),
                        "Nothing was sent to it. Ask its owner whether the key was changed; if so, write host_key: \"%s\""
                                .formatted(seen))
                : AdeException.resource(
                        "Cannot trust %s: its host key is not known, %s"
                                .formatted(address.server(), shown),
                        "Compare it with what its owner says, then write sftp: {host_key: \"%s\"}"
                                .formatted(seen));
    }
}
