package dev.ade.privacy;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.StreamingAead;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.streamingaead.PredefinedStreamingAeadParameters;
import com.google.crypto.tink.streamingaead.StreamingAeadConfig;
import dev.ade.model.AdeException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;

/// The key of one original in the vault. It is never used for another, and leaves this package only encrypted.
final class DataKey {
    private final KeysetHandle handle;

    private DataKey(KeysetHandle handle) {
        this.handle = handle;
    }

    static DataKey make() {
        try {
            StreamingAeadConfig.register();
            return new DataKey(
                    KeysetHandle.generateNew(
                            PredefinedStreamingAeadParameters.AES256_GCM_HKDF_1MB,
                            RegistryConfiguration.get()));
        } catch (GeneralSecurityException e) {
            throw AdeException.internal("Cannot make a key", e);
        }
    }

    byte[] wrapped(Aead master, byte[] about) {
        try {
            return TinkProtoKeysetFormat.serializeEncryptedKeyset(
                    handle, master, about, RegistryConfiguration.get());
        } catch (GeneralSecurityException e) {
            throw AdeException.internal("Cannot encrypt a key", e);
        }
    }

    /// @throws GeneralSecurityException where the master key is another one, or it was wrapped about something else
    static DataKey unwrapped(byte[] wrapped, Aead master, byte[] about)
            throws GeneralSecurityException {
        StreamingAeadConfig.register();
        return new DataKey(
                TinkProtoKeysetFormat.parseEncryptedKeyset(
                        wrapped, master, about, RegistryConfiguration.get()));
    }

    Encryption encryption() {
        try {
            return new Encryption(
                    handle.getPrimitive(RegistryConfiguration.get(), StreamingAead.class));
        } catch (GeneralSecurityException e) {
            throw AdeException.internal("Cannot use a key", e);
        }
    }

    /// @param aead that does it
    record Encryption(StreamingAead aead) {
        OutputStream encrypting(OutputStream out, byte[] about) throws IOException {
            try {
                return aead.newEncryptingStream(out, about);
            } catch (GeneralSecurityException e) {
                throw AdeException.internal("Cannot encrypt", e);
            }
        }

        InputStream decrypting(InputStream in, byte[] about) throws IOException {
            try {
                return aead.newDecryptingStream(in, about);
            } catch (GeneralSecurityException e) {
                throw AdeException.internal("Cannot decrypt", e);
            }
        }
    }
}
