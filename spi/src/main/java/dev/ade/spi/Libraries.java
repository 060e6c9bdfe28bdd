package dev.ade.spi;

import dev.ade.model.AdeException;
import dev.ade.model.MavenCoordinate;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;

/// Libraries of others, which a project names by their Maven coordinates. Thread-safe.
public interface Libraries {
    /// The jars of libraries and of all that they need when they run, as one class path of files that do not change.
    /// They are fetched when they are first asked for; what they came to is kept in the project's `ade.lock`, and
    /// another content is refused from then on.
    ///
    /// @param coordinates those that one class loader is to have, so that they agree on what both need
    /// @throws dev.ade.model.AdeException USER where there is no such library or its content is another one than it
    ///     was, RESOURCE where it cannot be fetched
    List<Path> jars(List<MavenCoordinate> coordinates);

    /// The same for one.
    default List<Path> jars(MavenCoordinate coordinate) {
        return jars(List.of(coordinate));
    }

    /// A class loader of their own for them. It stays open as long as the process: what it gave may need it at any time.
    ///
    /// @param parent whose classes they share
    default ClassLoader loader(List<MavenCoordinate> coordinates, ClassLoader parent) {
        return new URLClassLoader(
                jars(coordinates).stream().map(Libraries::url).toArray(URL[]::new), parent);
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw AdeException.internal("Paths are URLs", e);
        }
    }
}
