package dev.ade.app;

import dev.ade.model.AdeException;
import dev.ade.project.PackageList;
import dev.ade.project.PackageList.Git;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Fetches the packages of a project from git, and those that they need in turn.
public final class Deps {
    private static final int PACKAGES_MAX = 200;
    private static final long GIT_MINUTES_MAX = 10;
    private static final int OUTPUT_SHOWN_MAX = 500;

    private final Path root;
    private final PackageList list;
    private final List<Fetched> fetched = new ArrayList<>();

    /// @param revision the commit that was taken
    public record Fetched(
            String name, String url, Optional<String> subdirectory, String revision) {}

    public Deps(Path root) {
        this.root = root.toAbsolutePath().normalize();
        this.list = new PackageList(root, System::getenv);
    }

    /// Puts all packages into the project, each at the commit that `package-lock.yml` names, if it names one.
    public List<Fetched> fetch() {
        Set<String> seen = new HashSet<>();
        Deque<Git> open = new ArrayDeque<>(list.wanted(root));
        while (!open.isEmpty()) {
            Git wanted = open.pop();
            if (seen.add(PackageList.key(wanted.url(), wanted.subdirectory()))) {
                if (seen.size() > PACKAGES_MAX) {
                    throw AdeException.user(
                            "Cannot fetch more than %d packages".formatted(PACKAGES_MAX),
                            "Leave out those that nothing needs");
                }
                open.addAll(list.wanted(take(wanted)));
            }
        }
        if (!fetched.isEmpty()) {
            write(root.resolve("package-lock.yml"), lock());
        }
        return List.copyOf(fetched);
    }

    /// The folder that it was put into.
    private Path take(Git wanted) {
        Path packages = root.resolve(list.folder());
        Path clone = packages.resolve(".fetching");
        try {
            remove(clone);
            Files.createDirectories(packages);
            git(wanted, packages, "clone", "--quiet", "--", wanted.url(), clone.toString());
            Optional<String> locked =
                    Optional.ofNullable(
                            list.locked()
                                    .get(PackageList.key(wanted.url(), wanted.subdirectory())));
            Optional<String> revision = locked.or(wanted::revision);
            if (revision.isPresent()) {
                git(wanted, clone, "checkout", "--quiet", "--detach", revision.get());
            }
            String commit = git(wanted, clone, "rev-parse", "HEAD").strip();
            Path source = wanted.subdirectory().map(clone::resolve).orElse(clone).normalize();
            if (!source.startsWith(clone)) {
                throw AdeException.user(
                                "Cannot use subdirectory %s: it is outside of the repository"
                                        .formatted(wanted.subdirectory().orElse("")),
                                "Correct it")
                        .at(wanted.location());
            }
            String name = list.name(source);
            Path target = packages.resolve(name.replaceAll("[^A-Za-z0-9_-]", "_"));
            remove(target);
            remove(clone.resolve(".git"));
            Files.move(source, target);
            remove(clone);
            fetched.add(new Fetched(name, wanted.url(), wanted.subdirectory(), commit));
            return target;
        } catch (IOException e) {
            throw AdeException.resource(
                            "Cannot fetch %s: %s".formatted(wanted.url(), e.getMessage()),
                            "Make %s writable".formatted(packages))
                    .causedBy(e);
        }
    }

    private static String git(Git wanted, Path folder, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(GIT_MINUTES_MAX, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw failed(wanted, "git took longer than %d minutes".formatted(GIT_MINUTES_MAX));
            }
            if (process.exitValue() != 0) {
                String brief = output.strip().replaceAll("\\s+", " ");
                throw failed(
                        wanted, brief.substring(0, Math.min(brief.length(), OUTPUT_SHOWN_MAX)));
            }
            return output;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AdeException.cancelled("Fetching packages was stopped");
        }
    }

    private static AdeException failed(Git wanted, String reason) {
        return AdeException.resource(
                        "Cannot fetch %s%s: %s"
                                .formatted(
                                        wanted.url(),
                                        wanted.revision().map(one -> " at " + one).orElse(""),
                                        reason),
                        "Check the network and the revision, or put the package's folder into dbt_packages/")
                .at(wanted.location());
    }

    /// In the form of dbt's own lock file.
    private String lock() {
        StringBuilder text = new StringBuilder("packages:\n");
        for (Fetched one : fetched) {
            text.append("  - git: ").append(quoted(one.url())).append('\n');
            text.append("    name: ").append(quoted(one.name())).append('\n');
            text.append("    revision: ").append(one.revision()).append('\n');
            one.subdirectory()
                    .ifPresent(folder ->
                            text.append("    subdirectory: ").append(quoted(folder)).append('\n'));
        }
        return text.toString();
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
