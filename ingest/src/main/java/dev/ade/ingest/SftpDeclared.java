package dev.ade.ingest;

import dev.ade.ingest.sftp.SftpAddress;
import dev.ade.ingest.sftp.SftpSettings;
import dev.ade.ingest.sftp.SftpSettings.Login;
import dev.ade.ingest.sftp.SftpSettings.Trust;
import dev.ade.model.AdeException;
import dev.ade.model.LoadSpec;
import dev.ade.model.SourceTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a source says about the server that its files lie on.
///
/// @param addresses all of one server and user
/// @param settled how long a file has to be as it is until it is taken
record SftpDeclared(List<SftpAddress> addresses, SftpSettings settings, Duration settled) {
    private static final List<String> KEYS =
            List.of(
                    "password",
                    "identity",
                    "private_key",
                    "passphrase",
                    "host_key",
                    "known_hosts",
                    "settled",
                    "timeout",
                    "retries");
    private static final int RETRIES = 5;
    private static final int RETRIES_MAX = 20;
    private static final Pattern TIME =
            Pattern.compile("(\\d{1,6})\\s*(?:(s|seconds?)|(m|minutes?)|(h|hours?))");
    private static final Pattern FINGERPRINT = Pattern.compile("SHA256:[A-Za-z0-9+/]{43}");

    /// @param environment variables that addresses and settings may name
    /// @param root the project's folder, where relative paths begin
    static SftpDeclared of(
            SourceTable source,
            LoadSpec.Files files,
            Function<String, @Nullable String> environment,
            Path root) {
        OutsideSettings variables = new OutsideSettings(source, environment);
        return new Reading(source, variables.of(files.sftp()), root)
                .declared(
                        files.patterns().stream()
                                .map(pattern -> variables.filled("files", pattern))
                                .toList());
    }

    SftpAddress address() {
        return addresses.getFirst();
    }

    /// The same without patience, for what can be asked again.
    SftpSettings impatient() {
        return new SftpSettings(settings.login(), settings.trust(), settings.timeout(), 0);
    }

    /// One reading of the settings.
    private record Reading(SourceTable source, Map<String, Object> settings, Path root) {
        SftpDeclared declared(List<String> patterns) {
            settings.keySet().stream()
                    .filter(key -> !KEYS.contains(key))
                    .findFirst()
                    .ifPresent(key -> {
                        throw wrong(
                                "there is no key " + key,
                                "Its keys are " + String.join(", ", KEYS));
                    });
            List<SftpAddress> addresses = patterns.stream().map(this::address).toList();
            if (addresses.stream().map(it -> it.at("/")).distinct().count() > 1) {
                throw wrong("its files are on several servers", "Make a source of each");
            }
            return new SftpDeclared(
                    addresses,
                    new SftpSettings(
                            login(), trust(), time("timeout", Duration.ofSeconds(30)), retries()),
                    time("settled", Duration.ZERO));
        }

        private SftpAddress address(String pattern) {
            return SftpAddress.parse(pattern)
                    .orElseThrow(() ->
                            wrong(
                                    "its address is none, or has a password in it",
                                    "Write files: \"sftp://user@host/folder/*.csv\""));
        }

        private Login login() {
            boolean isKey = settings.containsKey("identity") || settings.containsKey("private_key");
            if (isKey == settings.containsKey("password")) {
                throw wrong(
                        isKey ? "there are a password and a key" : "it does not say how to log in",
                        "Write password: \"${ITS_NAME}\", or identity: ~/.ssh/id_ed25519");
            }
            return isKey ? key() : new Login.Password(text("password").orElseThrow());
        }

        private Login key() {
            Optional<String> passphrase = text("passphrase");
            Optional<String> written = text("private_key");
            if (written.isPresent()) {
                return new Login.PrivateKey("private_key", written.get(), passphrase);
            }
            Path file = path(text("identity").orElseThrow());
            try {
                return new Login.PrivateKey(file.toString(), Files.readString(file), passphrase);
            } catch (IOException e) {
                throw wrong(
                                "the key %s cannot be read".formatted(file),
                                "Correct identity:, and let the user that runs ade read it")
                        .causedBy(e);
            }
        }

        private Trust trust() {
            List<String> pinned = texts("host_key");
            if (pinned.isEmpty()) {
                return new Trust.KnownHosts(path(text("known_hosts").orElse("~/.ssh/known_hosts")));
            }
            for (String one : pinned) {
                if (!FINGERPRINT.matcher(one).matches()) {
                    throw wrong(
                            "host_key is no fingerprint, was '%s'".formatted(one),
                            "Write SHA256:…, as ssh-keygen -l shows it");
                }
            }
            return new Trust.Pinned(pinned);
        }

        private Path path(String text) {
            return text.startsWith("~/")
                    ? Path.of(System.getProperty("user.home", "")).resolve(text.substring(2))
                    : root.resolve(text);
        }

        private int retries() {
            Object retries = settings.getOrDefault("retries", RETRIES);
            if (retries instanceof Number number
                    && number.longValue() >= 0
                    && number.longValue() <= RETRIES_MAX) {
                return number.intValue();
            }
            throw wrong(
                    "retries is a number from 0 to %d, was '%s'".formatted(RETRIES_MAX, retries),
                    "Write retries: " + RETRIES);
        }

        private Duration time(String key, Duration otherwise) {
            return text(key).map(text -> time(key, text)).orElse(otherwise);
        }

        private Duration time(String key, String text) {
            Matcher time = TIME.matcher(text.strip());
            if (!time.matches()) {
                throw wrong(
                        "%s has to be a time, was '%s'".formatted(key, text),
                        "Write " + key + ": 30 seconds, or 2 minutes");
            }
            long count = Long.parseLong(time.group(1));
            return time.group(2) != null
                    ? Duration.ofSeconds(count)
                    : time.group(3) != null ? Duration.ofMinutes(count) : Duration.ofHours(count);
        }

        private Optional<String> text(String key) {
            return texts(key).stream().findFirst();
        }

        private List<String> texts(String key) {
            List<String> texts = new ArrayList<>();
            switch (settings.get(key)) {
                case null -> {}
                case List<?> several -> several.forEach(one -> texts.add(String.valueOf(one)));
                case Object one -> texts.add(one.toString());
            }
            return texts;
        }

        private AdeException wrong(String reason, String next) {
            return AdeException.user(
                            "Cannot load %s: sftp: %s".formatted(source.name(), reason), next)
                    .at(source.location());
        }
    }
}
