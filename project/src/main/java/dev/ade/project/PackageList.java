package dev.ade.project;

import dev.ade.jinja.Globals;
import dev.ade.jinja.Undefined;
import dev.ade.model.AdeException;
import dev.ade.model.Location;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What `packages.yml` and `dependencies.yml` of a folder ask for, for whoever fetches it.
public final class PackageList {
    private static final Pattern USER = Pattern.compile("(https?://)[^/\\s'\"]*@");

    private static final Pattern SUM =
            Pattern.compile("(?m)^ *# sha256 (\\S+) (\\S+) ([0-9a-f]{64})$");

    private final Path root;
    private final YamlContext context;

    /// A package in a git repository.
    ///
    /// @param revision a branch, tag or commit; empty for the newest
    /// @param subdirectory where it lies in the repository
    public record Git(
            String url,
            Optional<String> revision,
            Optional<String> subdirectory,
            Location location) {
        /// The URL without what may be secret in it.
        public String place() {
            return PackageList.place(url);
        }

        /// Without the URL's user and password.
        @Override
        public String toString() {
            return "Git[" + place() + "]";
        }
    }

    /// A package of a hub.
    ///
    /// @param name `owner/name`
    /// @param isForPrereleases whether versions will do that are no releases
    public record Hub(
            String name, VersionRange range, boolean isForPrereleases, Location location) {}

    /// @param root the project's folder
    /// @param environment variables of the process, for `env_var`
    public PackageList(Path root, Function<String, @Nullable String> environment) {
        this.root = root.toAbsolutePath().normalize();
        Map<String, Object> names =
                new CommonNames(Map.of(), environment, Invocation.at(Instant.EPOCH, _ -> {}))
                        .map(new CommonNames.Facts("", "", "", Map.of()), new ArrayList<>());
        this.context =
                new YamlContext(
                        Globals.of(names).with(Map.of("var", new Undefined("var"))),
                        new ArrayList<>());
    }

    /// Where packages are put, relative to the project.
    public String folder() {
        return Packages.section(root, root.resolve("dbt_project.yml"), context)
                .map(file -> new DbtProject(Optional.of(file)).packagesFolder())
                .orElse("dbt_packages");
    }

    /// The name that a package gives itself.
    public String name(Path folder) {
        return Packages.section(root, folder.resolve("dbt_project.yml"), context)
                .orElseThrow(() ->
                        AdeException.user(
                                "Cannot use %s as a package: it has no dbt_project.yml"
                                        .formatted(folder),
                                "Correct its subdirectory"))
                .requireText("name");
    }

    /// Packages from git that a folder asks for.
    ///
    /// @throws AdeException USER where it asks for some that cannot be fetched
    public List<Git> fromGit(Path folder) {
        List<Git> wanted = new ArrayList<>();
        for (Section one : Packages.declared(root, folder.toAbsolutePath().normalize(), context)) {
            if (one.text("git").isPresent()) {
                wanted.add(
                        new Git(
                                one.requireText("git"),
                                one.texts("revision").stream().findFirst(),
                                one.text("subdirectory"),
                                one.location()));
            } else if (one.text("local").isEmpty() && one.text("package").isEmpty()) {
                throw AdeException.user(
                                "Cannot fetch package %s: only packages from git and from a hub are fetched"
                                        .formatted(
                                                one.text("tarball").orElse("of an unknown kind")),
                                "Name its repository with git: and revision:, or put its folder into %s/"
                                        .formatted(folder()))
                        .at(one.location());
            }
        }
        return wanted;
    }

    /// Packages of a hub that a folder asks for.
    ///
    /// @throws AdeException USER where a version cannot be read
    public List<Hub> fromHub(Path folder) {
        List<Hub> wanted = new ArrayList<>();
        for (Section one : Packages.declared(root, folder.toAbsolutePath().normalize(), context)) {
            one.text("package").ifPresent(name -> wanted.add(hub(name, one)));
        }
        return wanted;
    }

    private static Hub hub(String name, Section one) {
        try {
            return new Hub(
                    name,
                    VersionRange.parse(one.texts("version")),
                    one.flag("install-prerelease").orElse(false),
                    one.location());
        } catch (AdeException e) {
            throw e.at(one.location());
        }
    }

    /// Whether somebody put the package into the project by hand.
    public boolean isThere(Hub wanted) {
        String name = wanted.name().substring(wanted.name().indexOf('/') + 1);
        return Files.isRegularFile(root.resolve(folder()).resolve(name).resolve("dbt_project.yml"));
    }

    /// What `package-lock.yml` keeps of packages of a hub.
    ///
    /// @param versions by name
    /// @param sums SHA-256 of tarballs, by name and version with a space between
    public record Locked(Map<String, String> versions, Map<String, String> sums) {
        public Locked {
            versions = Map.copyOf(versions);
            sums = Map.copyOf(sums);
        }
    }

    /// A line that YAML takes for a comment: dbt refuses a lock with keys that it does not know.
    public static String sumLine(String name, String version, String sum) {
        return "# sha256 %s %s %s".formatted(name, version, sum);
    }

    public Locked lockedHub() {
        Map<String, String> sums = new HashMap<>();
        new ProjectFiles(root, ProjectFiles.Folders.DEFAULT)
                .readIfThere("package-lock.yml")
                .ifPresent(text ->
                        SUM.matcher(text)
                                .results()
                                .forEach(it ->
                                        sums.put(it.group(1) + " " + it.group(2), it.group(3))));
        return new Locked(lockedVersions(), sums);
    }

    private Map<String, String> lockedVersions() {
        Map<String, String> locked = new HashMap<>();
        Packages.section(root, root.resolve("package-lock.yml"), context)
                .ifPresent(file ->
                        file.sections("packages")
                                .forEach(one ->
                                        one.text("package")
                                                .ifPresent(name ->
                                                        locked.put(
                                                                name,
                                                                one.requireText("version")))));
        return locked;
    }

    /// Revisions that `package-lock.yml` keeps, by URL and subdirectory.
    public Map<String, String> locked() {
        Map<String, String> locked = new HashMap<>();
        Packages.section(root, root.resolve("package-lock.yml"), context)
                .ifPresent(file ->
                        file.sections("packages")
                                .forEach(one ->
                                        one.text("git")
                                                .ifPresent(url ->
                                                        locked.put(
                                                                key(url, one.text("subdirectory")),
                                                                one.requireText("revision")))));
        return locked;
    }

    /// What `locked` calls a package, whoever asks for it.
    public static String key(String url, Optional<String> subdirectory) {
        return subdirectory.map(folder -> place(url) + "#" + folder).orElse(place(url));
    }

    /// The same text with no user and password in what it says of addresses.
    public static String place(String text) {
        return USER.matcher(text).replaceAll("$1");
    }
}
