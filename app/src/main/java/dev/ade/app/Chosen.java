package dev.ade.app;

import dev.ade.model.AdeException;
import dev.ade.model.TableName;
import dev.ade.run.RunRequest;
import dev.ade.spi.Compiler;
import dev.ade.spi.Compiler.CompiledProject;
import dev.ade.spi.Resource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What a request means of a project.
///
/// @param past what was before, for selectors that compare with it
record Chosen(CompiledProject compiled, Compiler.Past past) {
    /// Resources of the types that are meant.
    List<Resource> resources(RunRequest request) {
        return compiled.resources(tests(request), past(request)).stream()
                .filter(resource -> request.conduct().means(resource.type()))
                .toList();
    }

    /// Datasets that may change.
    ///
    /// @throws AdeException USER where all that is selected is something that is not built, such as a check
    Set<TableName> datasets(RunRequest request) {
        Set<TableName> datasets =
                request.conduct().types().isEmpty()
                        ? compiled.select(request.select(), request.exclude(), past(request))
                        : resources(request).stream()
                                .flatMap(resource -> resource.dataset().stream())
                                .collect(Collectors.toCollection(TreeSet::new));
        if (datasets.isEmpty() && isOnlyChecks(request)) {
            String selected = String.join(" ", request.select());
            throw AdeException.user(
                    "Cannot build '%s': only checks are called so".formatted(selected),
                    "Run them on what is published: ade test -s '%s'".formatted(selected));
        }
        return datasets;
    }

    /// Whether something is selected, and all of it are checks.
    boolean isOnlyChecks(RunRequest request) {
        if (request.select().isEmpty() && request.conduct().types().isEmpty()) {
            return false;
        }
        List<Resource> found = resources(request);
        return !found.isEmpty() && found.stream().allMatch(resource -> resource.type().isTest());
    }

    /// Names of checks and unit tests.
    Set<String> checks(RunRequest request) {
        if (request.conduct().types().isEmpty()) {
            return compiled.selectChecks(tests(request), past(request));
        }
        return resources(request).stream()
                .filter(resource -> resource.type().isTest())
                .map(Resource::name)
                .collect(Collectors.toSet());
    }

    /// What selectors of the request compare with.
    Compiler.Past past(RunRequest request) {
        return request.state()
                .<Compiler.Past>map(folder -> new FolderPast(past, folder))
                .orElse(past);
    }

    private static Compiler.Tests tests(RunRequest request) {
        return new Compiler.Tests(request.select(), request.exclude(), request.indirect());
    }
}
