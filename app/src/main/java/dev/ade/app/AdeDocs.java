package dev.ade.app;

import dev.ade.run.RunRequest;
import java.nio.file.Path;
import java.util.List;

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

    /// Where they are. The folder need not be there.
    Path folder();
}
