package dev.ade.ingest;

import dev.ade.model.Fingerprint;
import dev.ade.model.LoadSpec;
import dev.ade.model.SourceTable;
import dev.ade.spi.Connector;
import dev.ade.spi.Engine;
import dev.ade.spi.Loader;
import dev.ade.spi.RawFile;
import dev.ade.spi.Verified;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Loads every kind of source: files as they lie there, those of servers and of mails once they are here, other systems by way of a
/// stage. Thread-safe.
public final class SourceLoader implements Loader {
    private final FileLoader files;
    private final DropLoader drops;
    private final OutsideLoader outside;

    public SourceLoader(FileLoader files, DropLoader drops, OutsideLoader outside) {
        this.files = files;
        this.drops = drops;
        this.outside = outside;
    }

    @Override
    public Inbox look(SourceTable source, Known known) {
        return loader(source).look(source, known);
    }

    @Override
    public List<String> drift(SourceTable source, Known known, Inbox inbox, Glance glance) {
        return loader(source).drift(source, known, inbox, glance);
    }

    @Override
    public Loaded load(SourceTable source, Inbox inbox, Context context) {
        return loader(source).load(source, inbox, context);
    }

    @Override
    public Verified verify(SourceTable source, Known known, Sight sight) {
        return loader(source).verify(source, known, sight);
    }

    @Override
    public List<RawFile> rows(
            SourceTable source,
            Known known,
            Map<Fingerprint, ? extends Set<Long>> lines,
            Glance glance) {
        return loader(source).rows(source, known, lines, glance);
    }

    @Override
    public Inspection inspect(SourceTable proposal, Engine engine) {
        return loader(proposal).inspect(proposal, engine);
    }

    @Override
    public List<Connector.Listed> list(SourceTable proposal) {
        return loader(proposal).list(proposal);
    }

    private Loader loader(SourceTable source) {
        return switch (source.load()) {
            case LoadSpec.Files found -> DropLoader.isDrop(found) ? drops : files;
            case LoadSpec.Outside _ -> outside;
        };
    }
}
