package dev.ade.project;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The vars of a project and its packages, each package with its own.
///
/// @param asked from the command line; they win
/// @param files of the project, those that win last
/// @param packages what each package says of its vars itself
record Vars(
        Map<String, Object> asked,
        List<Optional<Section>> files,
        Map<String, Optional<Section>> packages) {

    Vars {
        files = List.copyOf(files);
        packages = Map.copyOf(packages);
    }

    /// What templates of a package see. The project itself also sees vars that only one of its packages has, below
    /// its own: macros of packages read theirs on its behalf.
    Map<String, @Nullable Object> of(String owner) {
        Map<String, @Nullable Object> vars = new HashMap<>();
        if (packages.containsKey(owner)) {
            vars.putAll(DbtProject.vars(packages.get(owner), Optional.of(owner)));
        } else {
            packages.forEach((name, file) -> vars.putAll(DbtProject.vars(file, Optional.of(name))));
        }
        files.forEach(file -> vars.putAll(DbtProject.vars(file, Optional.of(owner))));
        vars.putAll(asked);
        return vars;
    }
}
