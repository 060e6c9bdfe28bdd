package dev.ade.app;

import dev.ade.app.hub.Hub;
import dev.ade.app.hub.HubPackages;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Fetches the packages of a project from git and from a hub, and those that they need in turn.
public final class Deps {
    private static final String HUB = "DBT_PACKAGE_HUB_URL";
    private static final int PACKAGES_MAX = 200;
    private static final long GIT_MINUTES_MAX = 10;
    private static final int OUTPUT_SHOWN_MAX = 500;

    private final Path root;
    private final PackageList list;
    private final Function<String, @Nullable String> environment;
    private final List<Fetched> fetched = new ArrayList<>();
    private final List<FromHub> unpacked = new ArrayList<>();

    /// What came of it.
    public record Result(List<Fetched> fromGit, List<FromHub> fromHub) {
        public Result {
            fromGit = List.copyOf(fromGit);
            fromHub = List.copyOf(fromHub);
        }
    }

    /// @param url without user and password
    /// @param revision the commit that was taken
    public record Fetched(
            String name, String url, Optional<String> subdirectory, String revision) {}

    /// @param name that the package gives itself
    /// @param address `owner/name` in the hub
    /// @param sum SHA-256 of its tarball
    public record FromHub(String name, String address, String version, String sum) {}

    public Deps(Path root) {
        this(root, System::getenv);
    }

    /// @param environment variables of the process
    public Deps(Path root, Function<String, @Nullable String> environment) {
        this.root = root.toAbsolutePath().normalize();
        this.environment = environment;
        this.list = new PackageList(root, environment);
    }

    /// Puts all packages into the project, each at the commit or version that `package-lock.yml` names, if it names one
    /// that still will do.
    public Result fetch() {
        Set<String> seen = new HashSet<>();
        Deque<Git> open = new ArrayDeque<>(list.fromGit(root));
        List<PackageList.Hub> wishes = new ArrayList<>(list.fromHub(root));
        while (!open.isEmpty()) {
            Git wanted = open.pop();
            if (seen.add(PackageList.key(wanted.url(), wanted.subdirectory()))) {
                if (seen.size() > PACKAGES_MAX) {
                    throw AdeException.user(
                            "Cannot fetch more than %d packages".formatted(PACKAGES_MAX),
                            "Leave out those that nothing needs");
                }
                Path taken = take(wanted);
                open.addAll(list.fromGit(taken));
                wishes.addAll(list.fromHub(taken));
            }
        }
        fromHub(wishes);
        if (!fetched.isEmpty() || !unpacked.isEmpty()) {
            write(root.resolve("package-lock.yml"), lock());
        }
        return new Result(fetched, unpacked);
    }

    /// Without a hub, packages have to be there already.
    private void fromHub(List<PackageList.Hub> wishes) {
        String address = environment.apply(HUB);
        if (wishes.isEmpty()) {
            return;
        }
        if (address == null || address.isBlank()) {
            wishes.stream()
                    .filter(wish -> !list.isThere(wish))
                    .findFirst()
                    .ifPresent(wish -> {
                        throw AdeException.user(
                                        "Cannot fetch package %s: %s is not set"
                                                .formatted(wish.name(), HUB),
                                        "Set it to the address of a package hub, or name the package's repository with git: and revision:, or put its folder into %s/"
                                                .formatted(list.folder()))
                                .at(wish.location());
                    });
            return;
        }
        try (Hub hub = new Hub(address.strip())) {
            HubPackages packages = new HubPackages(hub, wishes, list.lockedHub());
            packages.choose().forEach(chosen -> unpack(packages, chosen));
        }
    }

    private void unpack(HubPackages packages, HubPackages.Chosen chosen) {
        Path folder = root.resolve(list.folder());
        Path fresh = folder.resolve(".fetching");
        try {
            remove(fresh);
            Files.createDirectories(fresh);
            String sum = packages.unpack(chosen, fresh);
            String name = list.name(fresh);
            Path target = folder.resolve(name.replaceAll("[^A-Za-z0-9_-]", "_"));
            remove(target);
            Files.move(fresh, target);
            unpacked.add(new FromHub(name, chosen.name(), chosen.release().text(), sum));
        } catch (IOException e) {
            throw AdeException.resource(
                            "Cannot put package %s into %s: %s"
                                    .formatted(chosen.name(), folder, e.getMessage()),
                            "Make it writable")
                    .causedBy(e);
        } finally {
            removeQuietly(fresh);
        }
    }

    private static void removeQuietly(Path folder) {
        try {
            remove(folder);
        } catch (IOException e) {
            // The next fetching removes it.
        }
    }

    /// The folder that it was put into.
    private Path take(Git wanted) {
        Path packages = root.resolve(list.folder());
        Path clone = packages.resolve(".fetching");
        try {
            remove(clone);
            Files.createDirectories(packages);
            git(wanted, packages, "clone", "--quiet", "--", wanted.place(), clone.toString());
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
            if (!source.startsWith(clone) || !isWithin(source, clone)) {
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
            fetched.add(new Fetched(name, wanted.place(), wanted.subdirectory(), commit));
            return target;
        } catch (IOException e) {
            throw AdeException.resource(
                            "Cannot fetch %s: %s".formatted(wanted.place(), e.getMessage()),
                            "Make %s writable".formatted(packages))
                    .causedBy(e);
        } finally {
            removeQuietly(clone);
        }
    }

    /// A repository may have links to elsewhere.
    private static boolean isWithin(Path source, Path clone) throws IOException {
        return !Files.exists(source) || source.toRealPath().startsWith(clone.toRealPath());
    }

    private static String git(Git wanted, Path folder, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("ADE_"));
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        introduce(wanted, builder.environment());
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
                String brief = PackageList.place(output).strip().replaceAll("\\s+", " ");
                throw failed(
                        wanted, brief.substring(0, Math.min(brief.length(), OUTPUT_SHOWN_MAX)));
            }
            return output;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AdeException.cancelled("Fetching packages was stopped");
        }
    }

    /// Tells git user and token in its environment: what stands in its address git writes into the clone.
    private static void introduce(Git wanted, Map<String, String> environment) {
        if (!wanted.url().equals(wanted.place())) {
            int others = Integer.parseInt(environment.getOrDefault("GIT_CONFIG_COUNT", "0"));
            environment.put("GIT_CONFIG_COUNT", Integer.toString(others + 1));
            environment.put("GIT_CONFIG_KEY_" + others, "url.%s.insteadOf".formatted(wanted.url()));
            environment.put("GIT_CONFIG_VALUE_" + others, wanted.place());
        }
    }

    private static AdeException failed(Git wanted, String reason) {
        return AdeException.resource(
                        "Cannot fetch %s%s: %s"
                                .formatted(
                                        wanted.place(),
                                        wanted.revision().map(one -> " at " + one).orElse(""),
                                        reason),
                        "Check the network and the revision, or put the package's folder into dbt_packages/")
                .at(wanted.location());
    }

    /// In the form of dbt's own lock file, which knows of no sums: they are comments.
    private String lock() {
        StringBuilder text = new StringBuilder("packages:\n");
        for (FromHub one : unpacked) {
            text.append("  - package: ").append(quoted(one.address())).append('\n');
            text.append("    name: ").append(quoted(one.name())).append('\n');
            text.append("    version: ").append(quoted(one.version())).append('\n');
            text.append("    ")
                    .append(PackageList.sumLine(one.address(), one.version(), one.sum()))
                    .append('\n');
        }
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
