package dev.ade.app;

import dev.ade.model.AdeException;
import dev.ade.spi.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Compiled SQL in files, where dbt puts it: `compiled/` in the target folder, a folder a package, the path within the package.
final class CompiledFiles {
    private final Path folder;
    private final Map<String, Long> resourcesByFile;

    /// @param target the folder that dbt calls so
    /// @param resources all that will be written
    CompiledFiles(Path target, List<Resource> resources) {
        this.folder = target.resolve("compiled");
        this.resourcesByFile =
                resources.stream()
                        .collect(Collectors.groupingBy(Resource::file, Collectors.counting()));
    }

    Path write(Resource resource, String sql) {
        Path file = folder.resolve(resource.owner()).resolve(within(resource)).normalize();
        if (!file.startsWith(folder)) {
            throw AdeException.user(
                    "Cannot write %s: its file is outside of the project, was %s"
                            .formatted(resource.selector(), resource.file()),
                    "Move the file into the project");
        }
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, sql + "\n");
            return file;
        } catch (IOException e) {
            throw AdeException.resource(
                            "Cannot write %s: %s".formatted(file, e.getMessage()),
                            "Check the folder and its free space")
                    .causedBy(e);
        }
    }

    /// The path of its file; in a folder of that name where the file has several or is no SQL.
    private String within(Resource resource) {
        String path = withoutPackage(resource);
        boolean isAlone =
                path.endsWith(".sql") && resourcesByFile.getOrDefault(resource.file(), 1L) == 1;
        return isAlone ? path : path + "/" + resource.name() + ".sql";
    }

    /// Installed packages lie in a folder of their name, such as `dbt_packages/dbt_utils`.
    private static String withoutPackage(Resource resource) {
        String installed = "/" + resource.owner() + "/";
        int at = resource.file().indexOf(installed);
        return at < 0 ? resource.file() : resource.file().substring(at + installed.length());
    }
}
