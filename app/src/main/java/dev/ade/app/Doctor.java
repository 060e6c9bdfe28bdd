package dev.ade.app;

import dev.ade.app.Ade.Finding;
import dev.ade.app.Ade.Level;
import dev.ade.model.AdeException;
import dev.ade.model.Settings;
import dev.ade.privacy.Keyring;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Looks at everything that a run will need and says what is wrong with it before a run does.
final class Doctor {
    private static final int JAVA_MIN = 25;
    private static final long DISK_BYTES_MIN = 1L << 30;
    private static final Set<PosixFilePermission> OTHERS =
            PosixFilePermissions.fromString("------r-x");

    private final Ade.Options options;
    private final Wiring wiring;

    Doctor(Ade.Options options, Wiring wiring) {
        this.options = options;
        this.wiring = wiring;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        findings.add(java());
        findings.add(look("project", this::project));
        if (findings.getLast().level() == Level.PROBLEM) {
            return findings;
        }
        findings.add(look("engine", () -> ok("engine", wiring.engine().version())));
        findings.add(look("disk", this::disk));
        findings.add(look("catalog", this::catalog));
        findings.add(look("keys", this::keys));
        return findings;
    }

    private static Finding java() {
        int version = Runtime.version().feature();
        return version >= JAVA_MIN
                ? ok("java", Runtime.version().toString())
                : new Finding(
                        "java",
                        Level.PROBLEM,
                        "Java %d is too old: install a JDK %d".formatted(version, JAVA_MIN));
    }

    private Finding project() {
        var project = wiring.compiled().project();
        String counts =
                "%s in %s: %,d sources, %,d models, %,d checks"
                        .formatted(
                                project.name(),
                                options.root(),
                                project.sources().size(),
                                project.models().size(),
                                project.checks().size());
        return project.warnings().isEmpty()
                ? ok("project", counts)
                : new Finding(
                        "project",
                        Level.WARNING,
                        counts + "; " + String.join("; ", project.warnings()));
    }

    private Finding disk() {
        Path existing = existing(settings().lake().toAbsolutePath());
        try {
            FileStore store = Files.getFileStore(existing);
            long free = store.getUsableSpace();
            String text = "%,d MiB free for %s".formatted(free >> 20, settings().lake());
            if (!Files.isWritable(existing)) {
                return new Finding("disk", Level.PROBLEM, existing + " is not writable");
            }
            return free < DISK_BYTES_MIN
                    ? new Finding("disk", Level.WARNING, text)
                    : readableByOthers().orElseGet(() -> ok("disk", text));
        } catch (IOException e) {
            return new Finding(
                    "disk", Level.PROBLEM, existing + " cannot be read: " + e.getMessage());
        }
    }

    /// Earlier versions made the folder as everybody's are made.
    private Optional<Finding> readableByOthers() {
        Path state = settings().state();
        try {
            boolean isReadable =
                    Files.exists(state)
                            && Files.getFileStore(state).supportsFileAttributeView("posix")
                            && Files.getPosixFilePermissions(state).stream()
                                    .anyMatch(OTHERS::contains);
            return isReadable
                    ? Optional.of(
                            new Finding(
                                    "disk",
                                    Level.WARNING,
                                    "others on this machine can read %s: chmod 700 %s"
                                            .formatted(state, state)))
                    : Optional.empty();
        } catch (IOException e) {
            throw AdeException.resource(
                            "Cannot see who may read %s: %s".formatted(state, e.getMessage()),
                            "Check its permissions")
                    .causedBy(e);
        }
    }

    private static Path existing(Path path) {
        Path parent = path.getParent();
        return Files.exists(path) || parent == null ? path : existing(parent);
    }

    private Finding catalog() {
        int datasets = wiring.lake().read(wiring.existingEnvironment()).states().size();
        return ok(
                "catalog",
                "%,d datasets in environment %s".formatted(datasets, wiring.environment()));
    }

    private Finding keys() {
        Keyring keyring = wiring.keyring();
        Keyring.Status status = keyring.status();
        if (status.readableByOthers().isEmpty()) {
            keyring.requireUsable();
        }
        if (!status.exists()) {
            return ok("keys", "none yet; made when a column is first pseudonymised");
        }
        if (!status.readableByOthers().isEmpty()) {
            String files = join(status.readableByOthers());
            return new Finding(
                    "keys",
                    Level.PROBLEM,
                    "others can read %s: chmod 600 %s".formatted(files, files));
        }
        return status.masterKeyIsBesideKeys()
                ? new Finding(
                        "keys",
                        Level.WARNING,
                        "the master key lies beside the keys it protects: set ADE_MASTER_KEY or"
                                + " privacy.master_key_file before real data comes in")
                : ok("keys", settings().keys() + ", under " + status.masterKey());
    }

    private static String join(List<Path> files) {
        return files.stream().map(Path::toString).collect(Collectors.joining(" "));
    }

    private Settings settings() {
        return wiring.compiled().project().settings();
    }

    private static Finding look(String name, Supplier<Finding> look) {
        try {
            return look.get();
        } catch (AdeException e) {
            return new Finding(name, Level.PROBLEM, e.explain());
        }
    }

    private static Finding ok(String name, String text) {
        return new Finding(name, Level.OK, text);
    }
}
