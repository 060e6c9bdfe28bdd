package dev.ade.app;

import dev.ade.run.RunRequest;
import dev.ade.spi.Resource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The documentation of a project: dbt's files about it, and pages that show them. Thread-safe.
public interface AdeDocs {
    /// @param request what the catalog tells of
    /// @param manifest whether `manifest.json` and compiled SQL are written
    /// @param catalog whether the catalog tells of anything
    /// @param page what is written to show it
    record Order(RunRequest request, Files manifest, Catalog catalog, Page page) {}

    enum Files {
        WRITTEN,
        LEFT
    }

    enum Catalog {
        PUBLISHED,
        /// No storage is opened.
        EMPTY
    }

    enum Page {
        /// `index.html`.
        INDEX,
        /// The same as `static_index.html`, too: the name by which dbt calls what needs nothing beside it.
        STATIC
    }

    /// Writes them, whatever they were; gives the files.
    ///
    /// @throws dev.ade.model.AdeException RESOURCE where that cannot be done
    List<Path> generate(Order order);

    /// Writes `manifest.json` where dbt would: in a project of dbt's that is another than when it was written last.
    /// Gives why that could not be done.
    Optional<String> manifest();

    /// What the manifest says of things, in their order; empty for what dbt does not know of.
    List<Map<String, @Nullable Object>> nodes(List<Resource> resources);

    /// Where they are. The folder need not be there.
    Path folder();
}
