package dev.ade.project;

import dev.ade.model.AdeException;
import dev.ade.model.LoadSpec;
import dev.ade.model.Location;
import dev.ade.project.ProjectFiles.ProjectFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What packages in `dbt_packages` may not bring, as others wrote them: files of elsewhere, and code that is more than
/// templates and SQL. Packages that are named with `local:` are the project's own.
///
/// @param root the project's folder
/// @param folder where packages are installed
record FetchedPackages(Path root, Path folder) {
    private boolean isFetched(Path path) {
        return path.startsWith(folder);
    }

    /// Whether a package may name a folder with `local:`. One that dbt links to, as it does with those that are named so, is
    /// the project's own.
    boolean mayName(Path owner, Path named) {
        try {
            boolean isFetched =
                    Files.isDirectory(folder) && owner.toRealPath().startsWith(folder.toRealPath());
            return !isFetched || named.startsWith(owner);
        } catch (IOException _) {
            return named.startsWith(owner);
        }
    }

    /// Before its files are looked for: a link may lead to a whole disk.
    void requireOwnFiles(ProjectPackage installed) {
        if (!isFetched(installed.folder())) {
            return;
        }
        try {
            Path within = installed.folder().toRealPath();
            try (Stream<Path> links =
                    Files.find(within, Integer.MAX_VALUE, (_, file) -> file.isSymbolicLink())) {
                for (Path link : links.filter(Files::exists).sorted().toList()) {
                    if (!link.toRealPath().startsWith(within)) {
                        throw leadsOut(installed, within.relativize(link));
                    }
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw AdeException.resource(
                            "Cannot read package %s: %s"
                                    .formatted(installed.name(), e.getClass().getSimpleName()),
                            "Make it readable for the user that runs ADE")
                    .causedBy(e);
        }
    }

    private static AdeException leadsOut(ProjectPackage installed, Path link) {
        return AdeException.user(
                "Cannot use package %s: %s is a link that leads out of it"
                        .formatted(installed.name(), ProjectFiles.text(link)),
                "Ask who keeps the package, and do not use it until then");
    }

    /// The same files, none of which is a program.
    List<ProjectFile> requireNoPrograms(List<ProjectFile> files) {
        for (ProjectFile file : files) {
            if (file.isCode() && isFetched(root.resolve(file.path()))) {
                throw program("model", Location.of(file.path()));
            }
        }
        return files;
    }

    /// @param file that declares it
    void requireNoProgram(ProjectFile file, LoadSpec load) {
        boolean runs =
                load instanceof LoadSpec.Outside outside
                        && switch (outside.system()) {
                            case JAVA, SINGER -> true;
                            case JDBC, REST, ADE, ICEBERG, CDC -> false;
                        };
        if (runs && isFetched(root.resolve(file.path()))) {
            throw program("source", Location.of(file.path()));
        }
    }

    private AdeException program(String what, Location location) {
        return AdeException.user(
                        "Cannot use a %s of a package that is a program: it may do whatever you may"
                                .formatted(what),
                        "Read it. If it may run here, move the package out of %s/ and name it with local: in packages.yml"
                                .formatted(ProjectFiles.text(root.relativize(folder))))
                .at(location);
    }
}
