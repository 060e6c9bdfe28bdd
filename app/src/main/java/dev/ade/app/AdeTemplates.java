package dev.ade.app;

import dev.ade.run.RunRequest;
import dev.ade.spi.Resource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What the templates of a project become. Those that ask the database ask what is published in the environment.
/// Nothing is published. Thread-safe.
public interface AdeTemplates {
    /// Compiles what is selected and has SQL of its own, and writes each into `target/compiled/`.
    List<Compiled> compile(RunRequest request);

    /// The query that a template of no file makes.
    String compile(String template);

    /// The query whose rows the one selected thing is.
    ///
    /// @throws dev.ade.model.AdeException USER where it is not one, or has no rows
    Shown show(RunRequest request);

    /// Calls a macro for what it prints.
    ///
    /// @param macro its name, or that of its package, a point and its name
    void call(String macro, Map<String, Object> arguments);

    /// @param file where it was written
    record Compiled(Resource resource, String sql, Path file) {}

    /// @param name of what is shown
    record Shown(String name, String sql) {}
}
