package dev.ade.app;

import dev.ade.model.AdeException;
import dev.ade.project.CleanTargets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Removes the folders of a dbt project that can be made again. Symbolic links are removed, not followed.
public final class Clean {
    private final Path root;

    public Clean(Path root) {
        this.root = root;
    }

    /// What was removed.
    public List<Path> clean() {
        List<Path> targets = CleanTargets.of(root);
        targets.forEach(Clean::remove);
        return targets;
    }

    private static void remove(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException | UncheckedIOException e) {
            throw AdeException.resource(
                            "Cannot remove %s: %s".formatted(folder, e.getMessage()),
                            "Check who may write there")
                    .causedBy(e);
        }
    }
}
