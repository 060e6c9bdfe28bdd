package dev.ade.ingest;

import dev.ade.ingest.sftp.Patience;
import dev.ade.ingest.sftp.SftpServer;
import dev.ade.ingest.sftp.SftpSettings;
import dev.ade.model.AdeException;
import dev.ade.model.Fingerprint;
import dev.ade.model.LoadSpec;
import dev.ade.model.SourceTable;
import dev.ade.model.Wording;
import dev.ade.spi.Batch;
import dev.ade.spi.Engine;
import dev.ade.spi.Loader;
import dev.ade.spi.RawFile;
import dev.ade.spi.Verified;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Loads files that are none here yet: they lie on an SFTP server, or are attached to mails, or both. A plan only lists what
/// is there; a load brings what is new or changed into a stage, where it is files as any other, and removes it when it ends.
/// Thread-safe.
public final class DropLoader implements Loader {
    /// Files that a plan brings to look at their columns, the newest first.
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
    /// @param files loads what was brought
    public DropLoader(
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

    static boolean isDrop(LoadSpec.Files files) {
        return files.isRemote() || Attachments.areMeant(files);
    }

    /// What a source declares.
    private final class Drop {
        private final SourceTable source;
        private final Optional<SftpDeclared> server;
        private final Optional<Attachments> attachments;

        Drop(SourceTable source) {
            LoadSpec.Files declared = FileLoader.files(source);
            this.source = source;
            this.server =
                    declared.isRemote()
                            ? Optional.of(
                                    SftpDeclared.of(source, declared, environment, place.root()))
                            : Optional.empty();
            this.attachments = Attachments.of(source, declared);
        }

        Duration settled() {
            return server.map(SftpDeclared::settled).orElse(Duration.ZERO);
        }

        /// To be listed only; asked once.
        Depot depot() {
            return depot(SftpDeclared::impatient, Optional.empty());
        }

        Depot depot(Depot.Stage stage) {
            return depot(SftpDeclared::settings, Optional.of(stage));
        }

        private Depot depot(
                Function<SftpDeclared, SftpSettings> settings, Optional<Depot.Stage> stage) {
            LoadSpec.Files listed =
                    attachments.map(Attachments::mails).orElseGet(() -> FileLoader.files(source));
            return server.<Depot>map(declared ->
                            new Depot.Server(
                                    source,
                                    listed,
                                    declared,
                                    new SftpServer(
                                            declared.address(), settings.apply(declared), patience),
                                    stage))
                    .orElseGet(() -> new Depot.Here(place.root(), source, listed));
        }

        /// What of its files is.
        Fingerprint wanted() {
            return Fingerprint.of(
                    attachments.map(it -> it.wanted().rest().pattern()).orElse("all"));
        }

        String container(String origin) {
            return Attachments.container(attachments, origin);
        }
    }

    private static Depot.Stage stage(StageFolder folder) {
        return new Depot.Stage(folder.folder(), folder.progress());
    }

    /// What cannot be listed fails the load of its dataset, and no other's.
    @Override
    public Inbox look(SourceTable source, Known known) {
        Drop drop = new Drop(source);
        try (Depot depot = drop.depot()) {
            return new Listing(drop, known).inbox(depot);
        } catch (AdeException e) {
            if (e.kind() != AdeException.Kind.RESOURCE) {
                throw e;
            }
            return look(source, known, _ -> Fingerprint.of("unseen")).without(e);
        }
    }

    private static Look look(
            SourceTable source, Known known, Function<FoundFile, Fingerprint> ids) {
        return new Look(source, FileLoader.files(source), known, ids);
    }

    /// What lies there, beside what is known.
    private final class Listing {
        private final Drop drop;
        private final Known known;
        private final SeenFiles seen;
        private final List<FoundFile> unsettled = new ArrayList<>();

        Listing(Drop drop, Known known) {
            this.drop = drop;
            this.known = known;
            this.seen = SeenFiles.of(drop.wanted(), known.state());
        }

        List<FoundFile> all(Depot depot) {
            List<FoundFile> found =
                    depot.list(
                            known.batches().stream()
                                    .map(batch -> drop.container(batch.origin()))
                                    .distinct()
                                    .toList());
            found.stream()
                    .filter(file -> !drop.container(file.origin()).equals(file.origin()))
                    .findFirst()
                    .ifPresent(this::refuse);
            return found;
        }

        private void refuse(FoundFile mail) {
            throw AdeException.user(
                            "Cannot load %s: the folder of %s ends in '!', as the names of mails with attachments do"
                                    .formatted(drop.source.name(), mail.origin()),
                            "Give the folder another name")
                    .at(drop.source.location());
        }

        Inbox inbox(Depot depot) {
            List<FoundFile> settled = settled(all(depot));
            if (settled.isEmpty() && known.state().isEmpty()) {
                throw AdeException.resource(
                                "Cannot load %s: %s".formatted(drop.source.name(), waiting()),
                                "Run again later")
                        .at(drop.source.location());
            }
            List<FoundFile> found =
                    drop.attachments.isEmpty() ? settled : new MailsKnown().inside(settled);
            Inbox inbox = look(drop.source, known, seen::id).inbox(found);
            return inbox.isEmpty()
                    ? FileLoader.withNames(inbox, drop.source, known)
                    : unsettled.isEmpty() ? inbox : inbox.because(waiting());
        }

        private String waiting() {
            return "%s changed less than %d seconds ago and waits for a later run"
                    .formatted(Wording.count(unsettled.size(), "file"), drop.settled().toSeconds());
        }

        /// One that somebody may still write to is what it was when it was loaded.
        private List<FoundFile> settled(List<FoundFile> found) {
            Instant until = clock.instant().minus(drop.settled());
            List<FoundFile> settled = new ArrayList<>();
            for (FoundFile file : found) {
                if (drop.settled().isZero() || !file.modifiedAt().isAfter(until)) {
                    settled.add(file);
                    continue;
                }
                Optional<FoundFile> loaded =
                        known.batches().stream()
                                .filter(batch ->
                                        drop.container(batch.origin()).equals(file.origin()))
                                .map(batch -> asLoaded(file, batch))
                                .findFirst();
                loaded.ifPresent(settled::add);
                if (loaded.filter(file::equals).isEmpty()) {
                    unsettled.add(file);
                }
            }
            return settled;
        }

        /// What mails held when they were opened, so that those of then stay closed.
        private final class MailsKnown {
            private record Inside(String origin, long bytes, Instant modifiedAt) {}

            private final Map<String, List<Inside>> byMail =
                    Stream.concat(
                                    known.batches().stream()
                                            .map(it ->
                                                    new Inside(
                                                            it.origin(),
                                                            it.bytes(),
                                                            it.modifiedAt())),
                                    seen.contents().keySet().stream()
                                            .map(it ->
                                                    new Inside(
                                                            it.origin(),
                                                            it.bytes(),
                                                            it.modifiedAt())))
                            .distinct()
                            .collect(Collectors.groupingBy(it -> drop.container(it.origin())));

            /// Attachments of mails that are known, and mails that are not.
            List<FoundFile> inside(List<FoundFile> mails) {
                return mails.stream().flatMap(this::inside).toList();
            }

            private Stream<FoundFile> inside(FoundFile mail) {
                List<Inside> there =
                        byMail.getOrDefault(mail.origin(), List.of()).stream()
                                .filter(it -> it.modifiedAt().equals(mail.modifiedAt()))
                                .toList();
                return there.isEmpty()
                        ? Stream.of(mail)
                        : there.stream()
                                .filter(it -> !it.origin().equals(mail.origin()))
                                .map(it ->
                                        new FoundFile(
                                                mail.path(),
                                                it.origin(),
                                                it.bytes(),
                                                it.modifiedAt(),
                                                mail.format()));
            }
        }
    }

    private static FoundFile asLoaded(FoundFile file, Batch batch) {
        return new FoundFile(
                file.path(), file.origin(), batch.bytes(), batch.modifiedAt(), file.format());
    }

    @Override
    public Loaded load(SourceTable source, Inbox inbox, Context context) {
        Drop drop = new Drop(source);
        Known known =
                new Known(
                        context.draft().batches(source.name()),
                        context.draft().state(source.name()),
                        context.corrections().versions());
        try (StageFolder folder = StageFolder.in(place.stages(), engine.get(), context);
                Depot depot = drop.depot(stage(folder))) {
            boolean isUnseen = inbox.isEmpty() && inbox.unchanged().isEmpty();
            Inbox listed = isUnseen ? new Listing(drop, known).inbox(depot) : inbox;
            Brought brought =
                    Brought.of(Arriving.wanted(listed), depot, drop.attachments, stage(folder));
            return load(
                    new Arriving(source, known, listed, brought, drop.attachments),
                    drop.wanted(),
                    context);
        }
    }

    private Loaded load(Arriving arriving, Fingerprint wanted, Context context) {
        SourceTable source = arriving.source();
        Inbox inbox = arriving.inbox(ids);
        if (inbox.isEmpty() && arriving.known().state().isEmpty()) {
            throw nothingAtAll(arriving);
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
                        ? Loaded.nothing(source.name())
                        : new Loading(
                                        source,
                                        FileLoader.files(source),
                                        inbox,
                                        context,
                                        new Loading.Place(Staged.NONE, place.stages()))
                                .run();
        List<Item> seen = new ArrayList<>(inbox.unchanged());
        seen.addAll(arriving.nothing());
        context.draft()
                .annotate(
                        source.name(),
                        SeenFiles.of(wanted, arriving.known().state())
                                .properties(seen, context.draft().batches(source.name())));
        return loaded.remarking(arriving.remarks());
    }

    private static AdeException nothingAtAll(Arriving arriving) {
        SourceTable source = arriving.source();
        return arriving.remarks().stream()
                .findFirst()
                .map(remark ->
                        AdeException.resource(
                                "Cannot load %s: %s".formatted(source.name(), remark),
                                "Run again later"))
                .orElseGet(() ->
                        AdeException.resource(
                                "Cannot load %s: no mail has an attachment that matches"
                                        .formatted(source.name()),
                                "Correct attachment: in options, such as \"*.csv\""))
                .at(source.location());
    }

    @Override
    public List<String> drift(SourceTable source, Known known, Inbox inbox, Glance glance) {
        List<Item> newest =
                Arriving.wanted(inbox).stream()
                        .filter(item -> item.bytes() <= GLANCED_BYTES_MAX)
                        .sorted(Comparator.comparing(Item::modifiedAt).reversed())
                        .limit(GLANCED_MAX)
                        .toList();
        boolean isAll = newest.size() == Arriving.wanted(inbox).size();
        boolean isTold = known.state().isPresent() || (isAll && Unfound.isPossible(source));
        if (newest.isEmpty() || !isTold) {
            return List.of();
        }
        Drop drop = new Drop(source);
        try (StageFolder folder = StageFolder.in(place.stages(), glance.engine(), files.privacy());
                Depot depot = drop.depot(stage(folder))) {
            Brought brought = Brought.of(newest, depot, drop.attachments, stage(folder));
            Inbox some =
                    new Inbox(
                            found(source, brought).stream().map(DropLoader::unread).toList(),
                            List.of(),
                            List.of(),
                            List.of(),
                            inbox.contract(),
                            inbox.version(),
                            inbox.news());
            return files.drift(source, known, some, glance);
        }
    }

    /// What was brought as it lies here.
    private static List<FoundFile> found(SourceTable source, Brought brought) {
        return brought.byOrigin().values().stream()
                .map(copy ->
                        new FoundFile(
                                copy.path(),
                                copy.origin(),
                                copy.bytes(),
                                modifiedAt(copy),
                                Discovery.formatOf(
                                        source, FileLoader.files(source).format(), copy.origin())))
                .sorted(Comparator.comparing(FoundFile::origin))
                .toList();
    }

    private static Instant modifiedAt(Brought.Copy copy) {
        try {
            return Files.getLastModifiedTime(copy.path()).toInstant();
        } catch (IOException e) {
            throw Broken.file(copy.origin(), e);
        }
    }

    private static Item unread(FoundFile file) {
        return new Item(
                Fingerprint.of("unread", file.origin()),
                file.origin(),
                file.path().toString(),
                file.bytes(),
                file.modifiedAt());
    }

    @Override
    public Verified verify(SourceTable source, Known known, Sight sight) {
        Drop drop = new Drop(source);
        try (StageFolder folder = StageFolder.in(place.stages(), engine.get(), sight);
                Depot depot = drop.depot(stage(folder))) {
            Inbox inbox = new Listing(drop, known).inbox(depot);
            List<Item> here =
                    Brought.of(inbox.unchanged(), depot, drop.attachments, stage(folder))
                            .here(inbox.unchanged());
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
    public List<RawFile> rows(
            SourceTable source,
            Known known,
            Map<Fingerprint, ? extends Set<Long>> lines,
            Glance glance) {
        Drop drop = new Drop(source);
        try (StageFolder folder = StageFolder.in(place.stages(), glance.engine(), files.privacy());
                Depot depot = drop.depot(stage(folder))) {
            List<Item> items = RawRows.items(new Listing(drop, known).inbox(depot), lines);
            Brought brought = Brought.of(items, depot, drop.attachments, stage(folder));
            return files.rows(source, known, lines, glance, brought.here(items));
        }
    }

    @Override
    public Inspection inspect(SourceTable proposal, Engine with) {
        Drop drop = new Drop(proposal);
        try (StageFolder folder = StageFolder.in(place.stages(), with, files.privacy());
                Depot depot = drop.depot(stage(folder))) {
            List<FoundFile> all = new Listing(drop, Known.NOTHING).all(depot);
            List<Item> some = Inspector.spread(all).stream().map(DropLoader::unread).toList();
            Brought brought = Brought.of(some, depot, drop.attachments, stage(folder));
            List<FoundFile> found =
                    drop.attachments.isPresent() ? found(proposal, brought) : here(all, brought);
            if (found.isEmpty()) {
                throw AdeException.resource(
                        "Cannot inspect %s: no mail has an attachment that matches"
                                .formatted(proposal.name()),
                        "Correct the option attachment, such as \"*.csv\"");
            }
            return files.inspect(proposal, with, found);
        }
    }

    /// All files, those that were brought with their place here.
    private static List<FoundFile> here(List<FoundFile> all, Brought brought) {
        Map<String, Brought.Copy> copies = brought.byOrigin();
        return all.stream()
                .map(file -> {
                    Brought.Copy copy = copies.get(file.origin());
                    return new FoundFile(
                            copy == null ? file.path() : copy.path(),
                            file.origin(),
                            file.bytes(),
                            file.modifiedAt(),
                            file.format());
                })
                .toList();
    }
}
