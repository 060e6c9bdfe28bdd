package dev.ade.code.library;

import dev.ade.code.library.LockFile.Block;
import dev.ade.model.AdeException;
import dev.ade.model.MavenCoordinate;
import dev.ade.spi.Libraries;
import dev.ade.spi.OwnerOnly;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Has libraries fetched by Maven once, keeps them by their content, and holds them against `ade.lock` each time they
/// are first asked for. Several processes may use a folder at once.
public final class MavenLibraries implements Libraries {
    /// A process cannot lock a file twice.
    private static final Object ALONE = new Object();

    private final Path root;
    private final Path store;
    private final Maven maven;
    private final Consumer<String> says;
    private final Map<List<String>, List<Path>> known = new HashMap<>();

    /// Fetches in silence.
    public MavenLibraries(Path root, Path store, Maven maven) {
        this(root, store, maven, _ -> {});
    }

    /// @param root the project's folder, where `ade.lock` is
    /// @param store where jars are kept
    /// @param says is told that something is fetched, as that takes a while
    public MavenLibraries(Path root, Path store, Maven maven, Consumer<String> says) {
        this.root = root.toAbsolutePath().normalize();
        this.store = store.toAbsolutePath().normalize();
        this.maven = maven;
        this.says = says;
    }

    @Override
    public synchronized List<Path> jars(List<MavenCoordinate> coordinates) {
        if (coordinates.isEmpty()) {
            return List.of();
        }
        List<String> key = LockFile.key(coordinates);
        List<Path> found = known.get(key);
        if (found == null) {
            found = alone(() -> find(key));
            known.put(key, found);
        }
        return found;
    }

    private List<Path> find(List<String> key) throws IOException {
        LockFile lock = LockFile.read(root);
        Optional<Block> block = lock.find(key);
        if (block.isPresent()) {
            return kept(block.get());
        }
        List<LockedJar> jars = fetch(key);
        lock.with(new Block(key, jars)).write(root);
        return jars.stream().map(jar -> jar.in(store)).toList();
    }

    private List<Path> kept(Block block) throws IOException {
        for (LockedJar jar : block.jars()) {
            Path file = jar.in(store);
            if (Files.exists(file)) {
                require(jar, Checksum.of(file), "the file in " + store);
            } else if (!isCopied(jar, maven.repository().resolve(jar.path()))) {
                requireSame(block, fetch(block.coordinates()));
                break;
            }
        }
        return block.jars().stream().map(jar -> jar.in(store)).toList();
    }

    /// Where Maven has the very same jar already, nobody needs to be asked.
    private boolean isCopied(LockedJar jar, Path from) throws IOException {
        if (!Files.isRegularFile(from) || !Checksum.of(from).equals(jar.sha256())) {
            return false;
        }
        keep(jar, from);
        return true;
    }

    private void requireSame(Block block, List<LockedJar> fetched) {
        for (LockedJar jar : block.jars()) {
            String now =
                    fetched.stream()
                            .filter(one -> one.path().equals(jar.path()))
                            .map(LockedJar::sha256)
                            .findFirst()
                            .orElse("none");
            require(jar, now, "what Maven gives now");
        }
    }

    private void require(LockedJar jar, String now, String what) {
        if (!now.equals(jar.sha256())) {
            throw AdeException.user(
                    "Cannot use %s: %s says SHA-256 %s, %s has %s"
                            .formatted(jar.file(), LockFile.NAME, jar.sha256(), what, now),
                    "Find out who changed it. Where that is meant, remove its block from %s and %s"
                            .formatted(LockFile.NAME, jar.in(store).getParent()));
        }
    }

    private List<LockedJar> fetch(List<String> key) throws IOException {
        List<MavenCoordinate> libraries = key.stream().map(MavenCoordinate::of).toList();
        says.accept("Fetching %s with Maven, once …".formatted(Maven.names(libraries)));
        Path fresh = Files.createTempDirectory(store, "new");
        try {
            List<LockedJar> jars = new ArrayList<>();
            for (String path : maven.fetch(libraries, fresh)) {
                Path file = fresh.resolve(path);
                LockedJar jar = new LockedJar(path, Checksum.of(file));
                keep(jar, file);
                jars.add(jar);
            }
            if (jars.isEmpty()) {
                throw AdeException.user(
                        "Cannot use %s: it has no jar".formatted(Maven.names(libraries)),
                        "Name the library that has the classes");
            }
            return jars;
        } finally {
            remove(fresh);
        }
    }

    private void keep(LockedJar jar, Path from) throws IOException {
        Path target = jar.in(store);
        Files.createDirectories(target.getParent());
        Path copy = Files.createTempFile(target.getParent(), "new", ".part");
        Files.copy(from, copy, StandardCopyOption.REPLACE_EXISTING);
        Files.move(
                copy, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /// Work on files.
    private interface Work<T> {
        T done() throws IOException;
    }

    /// Does something while no other thread or process does it.
    private <T> T alone(Work<T> work) {
        try {
            OwnerOnly.folders(store);
            synchronized (ALONE) {
                try (FileChannel file =
                                FileChannel.open(
                                        store.resolve("lock"),
                                        StandardOpenOption.CREATE,
                                        StandardOpenOption.WRITE);
                        FileLock _ = file.lock()) {
                    return work.done();
                }
            }
        } catch (IOException e) {
            throw AdeException.resource(
                            "Cannot keep libraries in %s: %s".formatted(store, e),
                            "Make it writable for the user that runs ADE")
                    .causedBy(e);
        }
    }

    private static void remove(Path tree) throws IOException {
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(one);
            }
        }
    }
}
