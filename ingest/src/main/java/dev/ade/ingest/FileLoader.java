package dev.ade.ingest;

import dev.ade.model.LoadSpec;
import dev.ade.model.SourceTable;
import dev.ade.spi.Engine;
import dev.ade.spi.Loader;
import dev.ade.spi.Privacy;
import dev.ade.spi.Relations;
import dev.ade.spi.Session;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/// Loads files of a project. Thread-safe.
public final class FileLoader implements Loader {
    private final Discovery discovery;
    private final ContentIds ids = new ContentIds();

    private final Privacy privacy;
    private final Clock clock;

    /// @param root the project's folder: relative patterns start here and stay in it
    /// @param privacy for inspection; a load brings its own
    /// @param clock says how old the files are that are inspected
    public FileLoader(Path root, Privacy privacy, Clock clock) {
        this.discovery = new Discovery(root);
        this.privacy = privacy;
        this.clock = clock;
    }

    Privacy privacy() {
        return privacy;
    }

    @Override
    public Inbox look(SourceTable source, Known known) {
        LoadSpec.Files files = files(source);
        ReaderOptions.of(source, files);
        return new Look(source, files, known.batches(), ids).inbox(discovery.find(source, files));
    }

    @Override
    public Loaded load(SourceTable source, Inbox inbox, Context context) {
        LoadSpec.Files files = files(source);
        return new Loading(source, files, inbox, context).run();
    }

    @Override
    public Inspection inspect(SourceTable proposal, Engine engine) {
        LoadSpec.Files files = files(proposal);
        List<FoundFile> found = discovery.find(proposal, files);
        try (Session session = engine.open(Relations.none())) {
            return new Inspector(proposal, files, session, privacy, clock).inspect(found, ids);
        }
    }

    private static LoadSpec.Files files(SourceTable source) {
        return switch (source.load()) {
            case LoadSpec.Files files -> files;
            case LoadSpec.Outside outside ->
                    throw new IllegalArgumentException(
                            outside.system().word() + " is no source of files");
        };
    }
}
