package dev.ade.app.hub;

import dev.ade.model.AdeException;
import dev.ade.project.HubIndex;
import dev.ade.project.PackageList;
import dev.ade.project.SemanticVersion;
import dev.ade.project.VersionRange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Finds versions of packages that all who ask for them can do with.
public final class HubPackages {
    private static final int ROUNDS_MAX = 100;
    private static final int PACKAGES_MAX = 200;

    private final Hub hub;
    private final List<PackageList.Hub> roots;
    private final PackageList.Locked locked;

    /// A package at a version.
    public record Chosen(String name, HubIndex.Release release) {}

    /// @param by who wants it, for people
    private record Wish(String by, VersionRange range, boolean isForPrereleases) {}

    /// @param locked versions that are taken again where they still will do, with the files that they have
    public HubPackages(Hub hub, List<PackageList.Hub> roots, PackageList.Locked locked) {
        this.hub = hub;
        this.roots = List.copyOf(roots);
        this.locked = locked;
    }

    /// All that is needed, by name.
    ///
    /// @throws AdeException USER where no version will do for all
    public List<Chosen> choose() {
        Map<String, Chosen> chosen = new TreeMap<>();
        for (int round = 0; round < ROUNDS_MAX; round++) {
            Map<String, Chosen> next = new TreeMap<>();
            wishes(chosen).forEach((name, wishes) -> next.put(name, best(name, wishes)));
            if (next.size() > PACKAGES_MAX) {
                throw AdeException.user(
                        "Cannot fetch more than %d packages".formatted(PACKAGES_MAX),
                        "Leave out those that nothing needs");
            }
            if (next.equals(chosen)) {
                return List.copyOf(next.values());
            }
            chosen = next;
        }
        throw AdeException.user(
                "Cannot find versions of %s that go together".formatted(chosen.keySet()),
                "Name exact versions");
    }

    /// Who wants what, of what can be reached from the project with the versions that were chosen so far.
    private Map<String, List<Wish>> wishes(Map<String, Chosen> chosen) {
        Map<String, List<Wish>> wishes = new TreeMap<>();
        for (PackageList.Hub root : roots) {
            add(
                    wishes,
                    root.name(),
                    new Wish(root.location().toString(), root.range(), root.isForPrereleases()));
        }
        List<String> open = new ArrayList<>(wishes.keySet());
        Set<String> seen = new HashSet<>();
        while (!open.isEmpty()) {
            String name = open.removeLast();
            Chosen known = chosen.get(name);
            if (seen.add(name) && known != null) {
                known.release()
                        .needs()
                        .forEach((needed, range) -> {
                            String by = name + " " + known.release().text();
                            add(wishes, needed, new Wish(by, range, false));
                            open.add(needed);
                        });
            }
        }
        return wishes;
    }

    private static void add(Map<String, List<Wish>> wishes, String name, Wish wish) {
        wishes.computeIfAbsent(name, _ -> new ArrayList<>()).add(wish);
    }

    private Chosen best(String name, List<Wish> wishes) {
        Map<SemanticVersion, HubIndex.Release> releases = hub.index(name).releases();
        boolean isForPrereleases =
                wishes.stream()
                        .anyMatch(
                                wish -> wish.isForPrereleases() || wish.range().meansPrereleases());
        List<SemanticVersion> will =
                releases.keySet().stream()
                        .filter(version -> isForPrereleases || version.isRelease())
                        .filter(version ->
                                wishes.stream().allMatch(wish -> wish.range().holds(version)))
                        .toList();
        Optional<HubIndex.Release> kept =
                will.stream()
                        .map(releases::get)
                        .filter(release -> release.text().equals(locked.versions().get(name)))
                        .findFirst();
        return kept.or(() -> newest(will, releases))
                .map(release -> new Chosen(name, release))
                .orElseThrow(() -> none(name, wishes, releases));
    }

    /// Of those that say that they work here, or of all where none does.
    private static Optional<HubIndex.Release> newest(
            List<SemanticVersion> will, Map<SemanticVersion, HubIndex.Release> releases) {
        List<Map.Entry<SemanticVersion, HubIndex.Release>> found =
                releases.entrySet().stream()
                        .filter(entry -> will.contains(entry.getKey()))
                        .sorted(
                                Map.Entry.<SemanticVersion, HubIndex.Release>comparingByKey()
                                        .reversed())
                        .toList();
        return found.stream()
                .filter(entry -> entry.getValue().isForUs())
                .findFirst()
                .or(() -> found.stream().findFirst())
                .map(Map.Entry::getValue);
    }

    private static AdeException none(
            String name, List<Wish> wishes, Map<SemanticVersion, HubIndex.Release> releases) {
        String asked =
                wishes.stream()
                        .map(wish -> "%s wants %s".formatted(wish.by(), wish.range()))
                        .collect(Collectors.joining("; "));
        String there =
                releases.keySet().stream()
                        .sorted(Comparator.reverseOrder())
                        .limit(5)
                        .map(SemanticVersion::toString)
                        .collect(Collectors.joining(", "));
        return AdeException.user(
                "Cannot fetch package %s: no version will do for all: %s".formatted(name, asked),
                "Change what is wanted; the newest versions are "
                        + (there.isEmpty() ? "none" : there));
    }

    /// Puts the files of a version into a folder that is there and empty.
    ///
    /// @return the SHA-256 of its tarball
    /// @throws AdeException RESOURCE where that is another than the lock says
    public String unpack(Chosen chosen, Path folder) {
        String what = chosen.name() + " " + chosen.release().text();
        byte[] packed = hub.tarball(chosen.name(), chosen.release());
        String sum = Hub.sha256(packed);
        String before = locked.sums().getOrDefault(what, sum);
        if (!before.equals(sum)) {
            throw AdeException.resource(
                    "Cannot take %s: its files have SHA-256 %s, package-lock.yml says %s"
                            .formatted(what, sum, before),
                    "Somebody changed them since: ask who keeps the hub. If they are to be trusted, take the package out of package-lock.yml");
        }
        Tarball.unpack(what, packed, folder);
        return sum;
    }
}
