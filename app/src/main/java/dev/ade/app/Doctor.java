package dev.ade.app;

import dev.ade.app.Ade.Finding;
import dev.ade.app.Ade.Level;
import dev.ade.model.AdeException;
import dev.ade.model.Settings;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// Looks at everything that a run will need and says what is wrong with it before a run does.
final class Doctor {
    private static final int JAVA_MIN = 25;
    private static final long DISK_BYTES_MIN = 1L << 30;
    private static final Set<PosixFilePermission> OTHERS =
            Set.of(
                    PosixFilePermission.GROUP_READ,
                    PosixFilePermission.GROUP_WRITE,
                    PosixFilePermission.OTHERS_READ,
                    PosixFilePermission.OTHERS_WRITE);

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
                    : ok("disk", text);
        } catch (IOException e) {
            return new Finding(
                    "disk", Level.PROBLEM, existing + " cannot be read: " + e.getMessage());
        }
    }

    private static Path existing(Path path) {
        Path parent = path.getParent();
        return Files.exists(path) || parent == null ? path : existing(parent);
    }

    private Finding catalog() {
        int datasets = wiring.lake().read(options.environment()).states().size();
        return ok(
                "catalog",
                "%,d datasets in environment %s".formatted(datasets, options.environment()));
    }

    private Finding keys() {
        Path keys = settings().keys();
        if (!Files.exists(keys)) {
            return ok("keys", "none yet; made when a column is first pseudonymised");
        }
        try {
            boolean isOpen =
                    Files.getPosixFilePermissions(keys, LinkOption.NOFOLLOW_LINKS).stream()
                            .anyMatch(OTHERS::contains);
            if (isOpen) {
                return new Finding(
                        "keys", Level.PROBLEM, "others can read " + keys + ": chmod 600 " + keys);
            }
        } catch (IOException | UnsupportedOperationException e) {
            return new Finding("keys", Level.WARNING, "cannot tell who reads " + keys);
        }
        boolean isLocal =
                settings().masterKeyFile().isEmpty() && System.getenv("ADE_MASTER_KEY") == null;
        return isLocal
                ? new Finding(
                        "keys",
                        Level.WARNING,
                        "the master key lies beside the keys it protects: set ADE_MASTER_KEY or"
                                + " privacy.master_key_file before real data comes in")
                : ok("keys", keys + ", under a master key of its own");
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
