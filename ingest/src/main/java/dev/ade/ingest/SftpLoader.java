package dev.ade.ingest;

import dev.ade.ingest.sftp.Patience;
import dev.ade.ingest.sftp.SftpServer;
import dev.ade.model.AdeException;
import dev.ade.model.Fingerprint;
import dev.ade.model.Intervals;
import dev.ade.model.LoadSpec;
import dev.ade.model.SourceTable;
import dev.ade.model.Wording;
import dev.ade.spi.Batch;
import dev.ade.spi.Engine;
import dev.ade.spi.Loader;
import dev.ade.spi.Progress;
import dev.ade.spi.Verified;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Loads files that lie on an SFTP server. A plan only lists them; a load fetches those that are new or changed into a
/// stage, where they are files as any other, and removes them when it ends. Thread-safe.
public final class SftpLoader implements Loader {
    /// Files that a plan fetches to look at their columns, the newest first.
    private static final int GLANCED_MAX = 3;

    private static final long GLANCED_BYTES_MAX = 16L << 20;

    private final Place place;
    private final Function<String, @Nullable String> environment;
    private final Supplier<Engine> engine;
    private final Patience patience;
    private final Clock clock;
    private final FileLoader files;
    private final ContentIds ids = new ContentIds();

    /// @param root the project's folder
    /// @param stages a folder of the project's state
    public record Place(Path root, Path stages) {}

    /// @param environment variables that settings may name
    /// @param clock says whether a file has settled
    /// @param files loads what was fetched
    public SftpLoader(
            Place place,
            Function<String, @Nullable String> environment,
            Supplier<Engine> engine,
            Patience patience,
            Clock clock,
            FileLoader files) {
        this.place = place;
        this.environment = environment;
        this.engine = engine;
        this.patience = patience;
        this.clock = clock;
        this.files = files;
    }

    private SftpDeclared declared(SourceTable source) {
        return SftpDeclared.of(source, FileLoader.files(source), environment, place.root());
    }

    /// What cannot be listed fails the load of its dataset, and no other's.
    @Override
    public Inbox look(SourceTable source, Known known) {
        SftpDeclared declared = declared(source);
        try (SftpServer server =
                new SftpServer(declared.address(), declared.impatient(), patience)) {
            return new Listing(source, declared, known).inbox(server);
        } catch (AdeException e) {
            if (e.kind() != AdeException.Kind.RESOURCE) {
                throw e;
            }
            return look(source, known, _ -> Fingerprint.of("unseen")).without(e);
        }
    }

    private static Look look(
            SourceTable source, Known known, Function<FoundFile, Fingerprint> ids) {
        return new Look(source, FileLoader.files(source), known.batches(), ids);
    }

    /// What is on a server, beside what is known.
    private final class Listing {
        private final SourceTable source;
        private final SftpDeclared declared;
        private final Known known;
        private final List<FoundFile> unsettled = new ArrayList<>();

        Listing(SourceTable source, SftpDeclared declared, Known known) {
            this.source = source;
            this.declared = declared;
            this.known = known;
        }

        List<FoundFile> all(SftpServer server) {
            List<String> loaded = known.batches().stream().map(Batch::origin).toList();
            return new SftpListing(source, FileLoader.files(source), server, loaded)
                    .find(declared.addresses());
        }

        Inbox inbox(SftpServer server) {
            SeenFiles seen = SeenFiles.of(known.state());
            List<FoundFile> settled = settled(all(server));
            if (settled.isEmpty() && known.state().isEmpty()) {
                throw AdeException.resource(
                                "Cannot load %s: %s".formatted(source.name(), waiting()),
                                "Run again later")
                        .at(source.location());
            }
            Inbox inbox = look(source, known, seen::id).inbox(settled);
            return inbox.isEmpty()
                    ? FileLoader.withNames(inbox, source, known)
                    : unsettled.isEmpty() ? inbox : inbox.because(waiting());
        }

        private String waiting() {
            return "%s changed less than %d seconds ago and waits for a later run"
                    .formatted(
                            Wording.count(unsettled.size(), "file"),
                            declared.settled().toSeconds());
        }

        /// One that somebody may still write to is what it was when it was loaded.
        private List<FoundFile> settled(List<FoundFile> found) {
            Instant until = clock.instant().minus(declared.settled());
            List<FoundFile> settled = new ArrayList<>();
            for (FoundFile file : found) {
                if (declared.settled().isZero() || !file.modifiedAt().isAfter(until)) {
                    settled.add(file);
                    continue;
                }
                Optional<Batch> batch = batch(known, file.origin());
                batch.map(it -> asLoaded(file, it)).ifPresent(settled::add);
                if (batch.filter(it -> asLoaded(file, it).equals(file)).isEmpty()) {
                    unsettled.add(file);
                }
            }
            return settled;
        }
    }

    private static Optional<Batch> batch(Known known, String origin) {
        return known.batches().stream().filter(it -> it.origin().equals(origin)).findFirst();
    }

    private static FoundFile asLoaded(FoundFile file, Batch batch) {
        return new FoundFile(
                file.path(), file.origin(), batch.bytes(), batch.modifiedAt(), file.format());
    }

    @Override
    public Loaded load(SourceTable source, Inbox inbox, Context context) {
        SftpDeclared declared = declared(source);
        Known known =
                new Known(
                        context.draft().batches(source.name()),
                        context.draft().state(source.name()));
        try (StageFolder stage = StageFolder.in(place.stages(), engine.get(), context);
                SftpServer server =
                        new SftpServer(declared.address(), declared.settings(), patience)) {
            boolean isUnseen = inbox.isEmpty() && inbox.unchanged().isEmpty();
            Inbox listed = isUnseen ? new Listing(source, declared, known).inbox(server) : inbox;
            Map<String, Path> copies =
                    new Fetching(declared.address(), server, stage.folder(), context.progress())
                            .fetch(wanted(listed));
            return load(new Arriving(source, known, listed, copies), context);
        }
    }

    private static List<Item> wanted(Inbox inbox) {
        return Stream.concat(inbox.fresh().stream(), inbox.changed().stream())
                .sorted(Comparator.comparing(Item::origin))
                .toList();
    }

    private Loaded load(Arriving arriving, Context context) {
        SourceTable source = arriving.source();
        Inbox inbox = arriving.inbox(ids);
        List<String> remarks = arriving.remarks();
        if (inbox.isEmpty() && arriving.known().state().isEmpty()) {
            throw AdeException.resource(
                            "Cannot load %s: %s".formatted(source.name(), remarks.getFirst()),
                            "Run again later")
                    .at(source.location());
        }
        boolean isNothing =
                inbox.isEmpty()
                        && (inbox.gone().isEmpty() || source.load().mode() != LoadSpec.Mode.REPLACE)
                        && arriving.known()
                                .state()
                                .filter(state -> Renaming.of(source, state).isNothing())
                                .isPresent();
        Loaded loaded =
                isNothing
                        ? nothing(source)
                        : new Loading(source, FileLoader.files(source), inbox, context).run();
        context.draft()
                .annotate(
                        source.name(),
                        SeenFiles.property(
                                inbox.unchanged(), context.draft().batches(source.name())));
        return loaded.remarking(remarks);
    }

    private static Loaded nothing(SourceTable source) {
        return new Loaded(
                source.name(), 0, 0, 0, Intervals.NONE, List.of(), List.of(), List.of(), Set.of());
    }

    /// Files of a listing, some of which were fetched.
    ///
    /// @param copies by origin
    private record Arriving(
            SourceTable source, Known known, Inbox listed, Map<String, Path> copies) {
        /// The inbox as it is now that the contents are known.
        Inbox inbox(ContentIds contents) {
            Map<String, Fingerprint> ids = new HashMap<>();
            List<FoundFile> found = new ArrayList<>();
            for (Item item : listed.unchanged()) {
                ids.put(item.origin(), item.id());
                found.add(file(item, SftpListing.NOT_HERE));
            }
            for (Item item : wanted(listed)) {
                Path copy = copies.get(item.origin());
                if (copy != null) {
                    FoundFile file = file(item, copy);
                    ids.put(item.origin(), contents.of(file));
                    found.add(file);
                } else {
                    batch(known, item.origin())
                            .ifPresent(batch -> {
                                ids.put(item.origin(), batch.id());
                                found.add(asLoaded(file(item, SftpListing.NOT_HERE), batch));
                            });
                }
            }
            found.sort(Comparator.comparing(FoundFile::origin));
            Inbox exact =
                    look(source, known, file -> Objects.requireNonNull(ids.get(file.origin())))
                            .inbox(found);
            return again(exact);
        }

        private static FoundFile file(Item item, Path path) {
            return new FoundFile(
                    path, item.origin(), item.bytes(), item.modifiedAt(), LoadSpec.Format.AUTO);
        }

        /// What was known and fetched all the same is to be loaded again; what has waited is not to be loaded.
        private Inbox again(Inbox exact) {
            Set<Fingerprint> known = new HashSet<>();
            known().batches().forEach(batch -> known.add(batch.id()));
            Set<String> asked =
                    wanted(listed).stream()
                            .filter(item -> known.contains(item.id()))
                            .map(Item::origin)
                            .collect(Collectors.toSet());
            Set<Fingerprint> taken = new HashSet<>();
            exact.changed().forEach(item -> taken.add(item.id()));
            List<Item> changed = new ArrayList<>(here(exact.changed()));
            List<Item> unchanged = new ArrayList<>(away(exact.changed()));
            for (Item item : exact.unchanged()) {
                boolean isAgain =
                        copies.containsKey(item.origin())
                                && asked.contains(item.origin())
                                && taken.add(item.id());
                (isAgain ? changed : unchanged).add(item);
            }
            return new Inbox(
                    exact.fresh(),
                    changed,
                    unchanged,
                    exact.gone(),
                    exact.contract(),
                    exact.version(),
                    listed.news());
        }

        private List<Item> here(Collection<Item> items) {
            return items.stream().filter(item -> copies.containsKey(item.origin())).toList();
        }

        private List<Item> away(Collection<Item> items) {
            return items.stream().filter(item -> !copies.containsKey(item.origin())).toList();
        }

        List<String> remarks() {
            return wanted(listed).stream()
                    .map(Item::origin)
                    .filter(origin -> !copies.containsKey(origin))
                    .map("%s changed while it was fetched and waits for a later run"::formatted)
                    .toList();
        }
    }

    @Override
    public List<String> drift(SourceTable source, Known known, Inbox inbox, Glance glance) {
        List<Item> newest =
                wanted(inbox).stream()
                        .filter(item -> item.bytes() <= GLANCED_BYTES_MAX)
                        .sorted(Comparator.comparing(Item::modifiedAt).reversed())
                        .limit(GLANCED_MAX)
                        .toList();
        boolean isAll = newest.size() == wanted(inbox).size();
        boolean isTold = known.state().isPresent() || (isAll && Unfound.isPossible(source));
        if (newest.isEmpty() || !isTold) {
            return List.of();
        }
        SftpDeclared declared = declared(source);
        try (StageFolder stage = StageFolder.in(place.stages(), glance.engine(), files.privacy());
                SftpServer server =
                        new SftpServer(declared.address(), declared.impatient(), patience)) {
            List<Item> here = fetched(declared, server, stage, newest);
            Inbox some =
                    new Inbox(
                            here,
                            List.of(),
                            List.of(),
                            List.of(),
                            inbox.contract(),
                            inbox.version(),
                            inbox.news());
            return files.drift(source, known, some, glance);
        }
    }

    /// Those of some files that could be had as they were listed.
    private static List<Item> fetched(
            SftpDeclared declared, SftpServer server, StageFolder stage, List<Item> items) {
        Map<String, Path> copies =
                new Fetching(declared.address(), server, stage.folder(), stage.progress())
                        .fetch(items);
        return items.stream()
                .filter(item -> copies.containsKey(item.origin()))
                .map(item ->
                        new Item(
                                item.id(),
                                item.origin(),
                                Objects.requireNonNull(copies.get(item.origin())).toString(),
                                item.bytes(),
                                item.modifiedAt()))
                .toList();
    }

    @Override
    public Verified verify(SourceTable source, Known known, Sight sight) {
        SftpDeclared declared = declared(source);
        try (StageFolder stage = StageFolder.in(place.stages(), engine.get(), sight);
                SftpServer server =
                        new SftpServer(declared.address(), declared.settings(), patience)) {
            Inbox inbox = new Listing(source, declared, known).inbox(server);
            List<Item> here = fetched(declared, server, stage, inbox.unchanged());
            Set<String> origins = here.stream().map(Item::origin).collect(Collectors.toSet());
            List<Item> changed = new ArrayList<>(inbox.changed());
            inbox.unchanged().stream()
                    .filter(item -> !origins.contains(item.origin()))
                    .forEach(changed::add);
            return files.verify(
                    source,
                    known,
                    sight,
                    new Inbox(
                            inbox.fresh(),
                            changed,
                            here,
                            inbox.gone(),
                            inbox.contract(),
                            inbox.version(),
                            inbox.news()));
        }
    }

    @Override
    public Inspection inspect(SourceTable proposal, Engine with) {
        SftpDeclared declared = declared(proposal);
        try (StageFolder stage = StageFolder.in(place.stages(), with, files.privacy());
                SftpServer server =
                        new SftpServer(declared.address(), declared.settings(), patience)) {
            List<FoundFile> all = new Listing(proposal, declared, Known.NOTHING).all(server);
            List<Item> wanted = Inspector.spread(all).stream().map(SftpLoader::unread).toList();
            Map<String, Path> copies =
                    new Fetching(declared.address(), server, stage.folder(), Progress.NONE)
                            .fetch(wanted);
            List<FoundFile> here =
                    all.stream()
                            .map(file ->
                                    new FoundFile(
                                            copies.getOrDefault(
                                                    file.origin(), SftpListing.NOT_HERE),
                                            file.origin(),
                                            file.bytes(),
                                            file.modifiedAt(),
                                            file.format()))
                            .toList();
            return files.inspect(proposal, with, here);
        }
    }

    private static Item unread(FoundFile file) {
        return new Item(
                Fingerprint.of("unread"), file.origin(), "", file.bytes(), file.modifiedAt());
    }
}
