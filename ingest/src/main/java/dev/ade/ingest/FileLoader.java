package dev.ade.ingest;

import dev.ade.model.AdeException;
import dev.ade.model.Fingerprint;
import dev.ade.model.LoadSpec;
import dev.ade.model.SourceTable;
import dev.ade.model.Wording;
import dev.ade.spi.Batch;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Engine;
import dev.ade.spi.Loader;
import dev.ade.spi.Privacy;
import dev.ade.spi.Progress;
import dev.ade.spi.RawFile;
import dev.ade.spi.Relations;
import dev.ade.spi.Session;
import dev.ade.spi.Succession;
import dev.ade.spi.Verified;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/// Loads files of a project. Thread-safe.
public final class FileLoader implements Loader {
    /// Files that a look at their columns takes in, the newest first.
    private static final int GLANCED_MAX = 10;

    /// Files that are larger are only looked at when they are loaded: some formats have to be read whole for it.
    private static final long GLANCED_BYTES_MAX = 256L << 20;

    private final Discovery discovery;
    private final ContentIds ids = new ContentIds();

    private final Privacy privacy;
    private final Clock clock;
    private final Path stages;

    /// @param root the project's folder: relative patterns start here and stay in it
    /// @param privacy for inspection; a load brings its own
    /// @param clock says how old the files are that are inspected
    /// @param stages folder of what must not outlive its work, such as copies of files
    public FileLoader(Path root, Privacy privacy, Clock clock, Path stages) {
        this.discovery = new Discovery(root);
        this.privacy = privacy;
        this.clock = clock;
        this.stages = stages;
    }

    Privacy privacy() {
        return privacy;
    }

    /// What is not there fails the load of its dataset, and no other's.
    @Override
    public Inbox look(SourceTable source, Known known) {
        try {
            return found(source, known);
        } catch (AdeException e) {
            if (e.kind() != AdeException.Kind.RESOURCE) {
                throw e;
            }
            return new Look(source, files(source), known, ids::of).without(e);
        }
    }

    private Inbox found(SourceTable source, Known known) {
        LoadSpec.Files files = files(source);
        ReaderOptions.of(source, files);
        List<String> loaded = known.batches().stream().map(Batch::origin).toList();
        Inbox inbox =
                new Look(source, files, known, ids::of)
                        .inbox(discovery.find(source, files, loaded));
        return withNames(inbox, source, known);
    }

    /// Where nothing came, columns may have other names.
    static Inbox withNames(Inbox inbox, SourceTable source, Known known) {
        Optional<String> names =
                known.state()
                        .filter(_ -> inbox.isEmpty())
                        .flatMap(state -> Renaming.of(source, state).news());
        return names.map(inbox::because).orElse(inbox);
    }

    @Override
    public Loaded load(SourceTable source, Inbox inbox, Context context) {
        LoadSpec.Files files = files(source);
        if (inbox.isEmpty() && inbox.unchanged().isEmpty()) {
            discovery.find(source, files, inbox.gone());
        }
        return new Loading(source, files, inbox, context, new Loading.Place(Staged.NONE, stages))
                .run();
    }

    @Override
    public List<String> drift(SourceTable source, Known known, Inbox inbox, Glance glance) {
        List<Item> newest =
                Stream.concat(inbox.fresh().stream(), inbox.changed().stream())
                        .filter(item -> item.bytes() <= GLANCED_BYTES_MAX)
                        .sorted(Comparator.comparing(Item::modifiedAt).reversed())
                        .limit(GLANCED_MAX)
                        .sorted(Comparator.comparing(Item::origin))
                        .toList();
        boolean isFirst = known.state().isEmpty();
        boolean isAll = newest.size() == inbox.fresh().size() + inbox.changed().size();
        boolean isTold = !isFirst || (isAll && Unfound.isPossible(source));
        if (newest.isEmpty() || !isTold) {
            return List.of();
        }
        try (Session session = glance.engine().open(Relations.none())) {
            Desk desk = glance(session, known, glance);
            try (Arrival arrival = new Arrival(source, files(source), Staged.NONE, desk)) {
                List<String> drift = arrival.glance(newest).drift();
                return isFirst ? List.of() : drift;
            }
        }
    }

    /// Files that were not loaded as they are now are no part of it, nor are their rows.
    @Override
    public Verified verify(SourceTable source, Known known, Sight sight) {
        return verify(source, known, sight, found(source, known));
    }

    /// @param inbox with files of here
    Verified verify(SourceTable source, Known known, Sight sight, Inbox inbox) {
        LoadSpec.Files files = files(source);
        DatasetState state = Verifying.published(source, known.state(), Contract.of(source, files));
        Map<Fingerprint, Item> items = new HashMap<>();
        inbox.unchanged().forEach(item -> items.putIfAbsent(item.id(), item));
        Set<String> apart = new HashSet<>();
        known.batches().stream()
                .filter(batch -> !items.containsKey(batch.id()))
                .forEach(batch -> apart.add(batch.id().hex()));
        return new Verifying(
                        source,
                        files,
                        Staged.NONE,
                        Desk.of(sight, Optional.of(state), items.keySet(), stages),
                        new Verifying.Apart(apart, Optional.empty(), sight.cut(), Optional.empty()))
                .noting(waiting(inbox))
                .run(new Succession(known.batches()).inOrder(items.values()), OptionalLong.empty());
    }

    @Override
    public List<RawFile> rows(
            SourceTable source,
            Known known,
            Map<Fingerprint, ? extends Set<Long>> lines,
            Glance glance) {
        return rows(source, known, lines, glance, RawRows.items(found(source, known), lines));
    }

    /// @param items of these batches, here
    List<RawFile> rows(
            SourceTable source,
            Known known,
            Map<Fingerprint, ? extends Set<Long>> lines,
            Glance glance,
            List<Item> items) {
        try (Session session = glance.engine().open(Relations.none())) {
            Desk desk = glance(session, known, glance);
            try (Arrival arrival = new Arrival(source, files(source), Staged.NONE, desk)) {
                return arrival.rows(items, lines);
            }
        }
    }

    private Desk glance(Session session, Known known, Glance glance) {
        return new Desk(
                session,
                privacy,
                Progress.NONE,
                clock.instant(),
                known.state(),
                Set.of(),
                List.of(),
                glance.corrections(),
                glance.readers(),
                stages);
    }

    private static List<String> waiting(Inbox inbox) {
        return Stream.of(
                        waiting(inbox.fresh().size(), "not loaded yet"),
                        waiting(inbox.changed().size(), "changed since it was loaded"),
                        waiting(inbox.gone().size(), "not there any more"))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> waiting(int files, String what) {
        return files == 0
                ? Optional.empty()
                : Optional.of("%s %s: not compared".formatted(Wording.count(files, "file"), what));
    }

    @Override
    public Inspection inspect(SourceTable proposal, Engine engine) {
        return inspect(proposal, engine, discovery.find(proposal, files(proposal)));
    }

    /// @param found of which those that are looked into are here
    Inspection inspect(SourceTable proposal, Engine engine, List<FoundFile> found) {
        LoadSpec.Files files = files(proposal);
        try (Session session = engine.open(Relations.none())) {
            return new Inspector(
                            proposal, files, new Inspector.Means(session, privacy, clock, stages))
                    .inspect(found, ids);
        }
    }

    static LoadSpec.Files files(SourceTable source) {
        return switch (source.load()) {
            case LoadSpec.Files files -> files;
            case LoadSpec.Outside outside ->
                    throw new IllegalArgumentException(
                            outside.system().word() + " is no source of files");
        };
    }
}
