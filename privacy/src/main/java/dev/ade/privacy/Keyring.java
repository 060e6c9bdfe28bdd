package dev.ade.privacy;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.prf.PredefinedPrfParameters;
import com.google.crypto.tink.prf.Prf;
import com.google.crypto.tink.prf.PrfConfig;
import com.google.crypto.tink.prf.PrfSet;
import dev.ade.model.AdeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The keys of a project: a Tink keyset of HKDF-SHA256 roots in one file, encrypted with AES-256-GCM under the
/// master key. Every key that treats values is derived from a root, for one purpose and one realm, and never
/// leaves this package. Thread-safe, also between processes.
///
/// Keys are made when first needed, so a project without personal data has none. Pseudonyms and FF1 hang on the
/// first root, which `rotate` leaves alone, so they stay the same and joins hold; tokens use the newest root and
/// carry its number, so that older ones can still be revealed.
public final class Keyring {
    /// Roots for tokens that one keyring may have.
    public static final int VERSIONS_MAX = 1_000;

    private static final byte[] FILE_KIND = "ade keyset 1".getBytes(StandardCharsets.UTF_8);

    /// Ids of token roots are their versions, from 1; this one is out of their way.
    private static final int STABLE_ROOT_ID = 1_000_001;

    private final KeyFile file;
    private final KeyFile lock;

    /// Says that keys were made, also once they are lost. Not the lock itself: closing a file gives up all locks
    /// that a process holds on it.
    private final KeyFile made;

    private final MasterKey master;
    private final SecureRandom random;
    private @Nullable PrfSet roots;

    private Keyring(KeyFile file, MasterKey master, SecureRandom random) {
        this.file = file;
        this.lock = file.sibling("lock");
        this.made = file.sibling("made");
        this.master = master;
        this.random = random;
    }

    /// What a key is for; the same root gives unrelated keys for each.
    enum Purpose {
        PSEUDONYM,
        TOKEN,
        FPE
    }

    /// What `ade doctor` looks at. Reads no key.
    ///
    /// @param exists whether there are keys yet
    /// @param masterKeyIsBesideKeys whether the master key is a file that ADE made beside the keys: whoever copies
    ///     the folder has both
    /// @param masterKey where it is, in words
    /// @param readableByOthers files of keys that other users of this machine may read
    public record Status(
            boolean exists,
            boolean masterKeyIsBesideKeys,
            String masterKey,
            List<Path> readableByOthers) {
        public Status {
            readableByOthers = List.copyOf(readableByOthers);
        }
    }

    /// A keyring that neither reads nor makes anything before a key is needed. The master key is the file where
    /// one is named, else that from the environment, else `keys.master` beside `keys.json`.
    ///
    /// @param masterKeyFromEnvironment value of `ADE_MASTER_KEY`
    public static Keyring open(
            Path keysFile,
            Optional<Path> masterKeyFile,
            Optional<String> masterKeyFromEnvironment,
            SecureRandom random) {
        KeyFile file = new KeyFile(keysFile);
        MasterKey master =
                masterKeyFile
                        .map(path -> MasterKey.ofFile(new KeyFile(path)))
                        .or(() -> masterKeyFromEnvironment.map(MasterKey::ofEnvironment))
                        .orElseGet(() -> MasterKey.generated(file.sibling("master")));
        return new Keyring(file, master, random);
    }

    public Status status() {
        List<Path> readable =
                Stream.concat(Stream.of(file), master.file().stream())
                        .filter(KeyFile::isReadableByOthers)
                        .map(KeyFile::path)
                        .toList();
        return new Status(
                file.exists(),
                master.origin() == MasterKey.Origin.GENERATED,
                master.place(),
                readable);
    }

    /// Opens the keys, if there are any; fails where they cannot be, or were lost.
    public void requireUsable() {
        if (file.exists()) {
            roots();
        } else {
            requireNeverMade();
        }
    }

    /// Adds a root for tokens, used from now on. Pseudonyms and FF1 stay as they are.
    ///
    /// @return its version
    public synchronized int rotate() {
        int version =
                lock.locked(() -> {
                    KeysetHandle old = handle(loadOrMake());
                    int next = newestVersion(primitives(old)) + 1;
                    if (next > VERSIONS_MAX) {
                        throw AdeException.user(
                                "Cannot rotate keys: there are %d versions already"
                                        .formatted(VERSIONS_MAX),
                                "Load the data again into a new project");
                    }
                    save(with(KeysetHandle.newBuilder(old), next), master);
                    return next;
                });
        roots = null;
        return version;
    }

    /// Another master key for these keys and what is wrapped with the one in use. Nothing changes before it is asked to.
    ///
    /// @param next the file that holds it; made, with a new one, where it is not there
    public Rekeying rekeying(Path next) {
        if (!file.exists()) {
            requireNeverMade();
            throw AdeException.user(
                    "Cannot change the master key: there are no keys yet",
                    "Name the new one in ade.yml (privacy: master_key_file:) or in "
                            + MasterKey.VARIABLE
                            + "; keys will be made under it");
        }
        MasterKey after = MasterKey.ofFile(new KeyFile(next));
        after.make(random);
        if (after.isSameAs(master)) {
            throw AdeException.user(
                    "Cannot change the master key: %s holds the one in use".formatted(next),
                    "Name a file that is not there, and a new one is made. To finish a change that was stopped, use the"
                            + " master key of before until it is done");
        }
        return new Rekeying(this, master, after);
    }

    /// Encrypts the keyset with another master key, unless it is already.
    synchronized void encrypt(MasterKey before, MasterKey after) {
        lock.locked(() -> {
            String text = file.read().orElseThrow();
            if (parse(text, after).isEmpty()) {
                KeysetHandle keys = parse(text, before).orElseThrow(() -> unreadable(before));
                save(KeysetHandle.newBuilder(keys), after);
            }
            return text;
        });
        roots = null;
    }

    /// The newest version of the roots for tokens.
    int tokenVersion() {
        return newestVersion(roots());
    }

    /// @param realm values of one realm are treated alike wherever they come from
    byte[] stableKey(Purpose purpose, String realm, int bytes) {
        return derive(requireRoot(STABLE_ROOT_ID), purpose, realm, bytes);
    }

    byte[] versionedKey(Purpose purpose, int version, String realm, int bytes) {
        return derive(requireRoot(version), purpose, realm, bytes);
    }

    /// A key encrypted with the master key.
    ///
    /// @param about what it is for; it can only be had back for that
    byte[] wrap(DataKey key, byte[] about) {
        opened(); // makes the master key where there is none; somebody may have changed it
        // meanwhile
        return key.wrapped(master.aead(), about);
    }

    DataKey unwrap(byte[] wrapped, byte[] about) {
        Aead aead = master.aead();
        try {
            return DataKey.unwrapped(wrapped, aead, about);
        } catch (GeneralSecurityException | RuntimeException _) {
            // No cause: what a parser of secrets says is not for logs.
            throw AdeException.user(
                    "Cannot read from the vault: the master key in %s is not the one it was sealed with"
                            .formatted(master.place()),
                    "Use the master key of then");
        }
    }

    /// The file beside the keys that says who revealed what, when and why.
    KeyFile audit() {
        return file.sibling("audit");
    }

    private Prf requireRoot(int id) {
        Prf root = root(roots(), id);
        if (root == null) {
            reload(); // another process may have rotated since
            root = root(roots(), id);
        }
        if (root == null) {
            throw AdeException.user(
                    "Cannot use key version %d: %s has no such key".formatted(id, file),
                    "Restore the keys that the data was loaded with");
        }
        return root;
    }

    private synchronized void reload() {
        roots = null;
    }

    private synchronized PrfSet roots() {
        if (roots == null) {
            roots = primitives(opened());
        }
        return roots;
    }

    /// The keyset as it is in the file now; made where it is not there yet.
    private KeysetHandle opened() {
        return handle(file.read().orElseGet(() -> lock.locked(this::loadOrMake)));
    }

    /// The text of the keyset file. Call under the lock.
    private String loadOrMake() {
        return file.read()
                .orElseGet(() -> {
                    requireNeverMade();
                    master.prepare(random);
                    KeysetHandle.Builder keys =
                            KeysetHandle.newBuilder().addEntry(entry(STABLE_ROOT_ID));
                    String text = save(with(keys, 1), master);
                    made.write("The keys beside this file were made once.\n");
                    return text;
                });
    }

    /// Keys that were lost must not be replaced in silence: nothing would join with what was loaded before.
    private void requireNeverMade() {
        if (made.exists()) {
            throw AdeException.user(
                    "Cannot use the keys: %s was made here once and is gone".formatted(file),
                    "Restore it from a backup. To start anew with other pseudonyms, delete "
                            + made);
        }
    }

    private static KeysetHandle.Builder with(KeysetHandle.Builder keys, int version) {
        return keys.addEntry(entry(version).makePrimary());
    }

    private static KeysetHandle.Builder.Entry entry(int id) {
        return KeysetHandle.generateEntryFromParameters(PredefinedPrfParameters.HKDF_SHA256)
                .withFixedId(id);
    }

    private String save(KeysetHandle.Builder keys, MasterKey under) {
        Aead aead = under.aead();
        try {
            PrfConfig.register();
            String text =
                    TinkJsonProtoKeysetFormat.serializeEncryptedKeyset(
                            keys.build(), aead, FILE_KIND, RegistryConfiguration.get());
            file.write(text);
            return text;
        } catch (GeneralSecurityException e) {
            throw AdeException.internal("Cannot make keys", e);
        }
    }

    private KeysetHandle handle(String text) {
        return parse(text, master).orElseThrow(() -> unreadable(master));
    }

    /// Empty where they were encrypted with another master key, or are damaged.
    private static Optional<KeysetHandle> parse(String text, MasterKey under) {
        Aead aead = under.aead();
        try {
            PrfConfig.register();
            return Optional.of(
                    TinkJsonProtoKeysetFormat.parseEncryptedKeyset(
                            text, aead, FILE_KIND, RegistryConfiguration.get()));
        } catch (GeneralSecurityException | RuntimeException _) {
            return Optional.empty(); // what a parser of secrets says is not for logs
        }
    }

    private AdeException unreadable(MasterKey under) {
        return AdeException.user(
                "Cannot read the keys in %s: the master key in %s is another one, or the file is damaged"
                        .formatted(file, under.place()),
                "Use the master key that it was made with, or restore both from a backup");
    }

    private static PrfSet primitives(KeysetHandle handle) {
        try {
            return handle.getPrimitive(RegistryConfiguration.get(), PrfSet.class);
        } catch (GeneralSecurityException e) {
            throw AdeException.internal("Cannot use the keys", e);
        }
    }

    private static int newestVersion(PrfSet roots) {
        return roots.getPrimaryId();
    }

    private static @Nullable Prf root(PrfSet roots, int id) {
        try {
            return roots.getPrfs().get(id);
        } catch (GeneralSecurityException e) {
            throw AdeException.internal("Cannot use the keys", e);
        }
    }

    private static byte[] derive(Prf root, Purpose purpose, String realm, int bytes) {
        try {
            return root.compute(
                    ("ade 1 " + purpose + " " + realm).getBytes(StandardCharsets.UTF_8), bytes);
        } catch (GeneralSecurityException e) {
            throw AdeException.internal("HKDF gives up to 8,160 bytes", e);
        }
    }

    @Override
    public String toString() {
        return "Keyring[" + file + "]";
    }
}
