package dev.ade.ingest.cdc;

import dev.ade.ingest.cdc.binlog.BinlogFollowing;
import dev.ade.ingest.cdc.sink.Cuts;
import dev.ade.ingest.jdbc.Drivers;
import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.Sql;
import dev.ade.spi.Connector;
import dev.ade.spi.KeyGrid;
import dev.ade.spi.Libraries;
import dev.ade.spi.Progress;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Follows tables by the log of changes that their database writes: `load: {cdc: "jdbc:postgresql://…", table: public.orders}`.
/// In PostgreSQL a table has a slot of its own on the server, which keeps what was not published yet; MariaDB and MySQL
/// keep their log for a time.
public final class CdcConnector implements Connector {
    private final Path folder;
    private final Supplier<String> environment;
    private final RandomGenerator random;
    private final Cuts<Following.Note> cuts = new Cuts<>();
    private final BinlogFollowing.Context binlogs;

    /// @param folder of the installation's state
    /// @param environment into which a run loads; each has slots of its own
    /// @param random for the names of slots
    /// @param libraries where drivers come from that do not come with ADE
    public CdcConnector(
            Path folder,
            Supplier<String> environment,
            RandomGenerator random,
            Libraries libraries) {
        this.folder = folder;
        this.environment = environment;
        this.random = random;
        this.binlogs = new BinlogFollowing.Context(new Drivers(libraries), random);
    }

    @Override
    public Set<String> manners() {
        return Set.of("password", "rate", "connections");
    }

    @Override
    public void check(Request request) {
        CdcSettings.of(request);
    }

    @Override
    public Offer look(Request request) {
        CdcSettings settings = CdcSettings.of(request);
        return settings.isPostgres()
                ? following(request, settings).look()
                : binlog(request, settings).look();
    }

    @Override
    public Optional<List<Column>> columns(Request request) {
        CdcSettings settings = CdcSettings.of(request);
        try {
            List<Column> now =
                    settings.isPostgres()
                            ? following(request, settings).columns()
                            : binlog(request, settings).columns();
            return Optional.of(settings.kind().columns(now));
        } catch (SQLException _) {
            return Optional.empty();
        }
    }

    @Override
    public Outcome read(Request request, Stage stage) {
        return ask(request, stage.progress(), it -> it.read(stage), it -> it.read(stage));
    }

    /// Of no slot, and without one.
    @Override
    public Outcome readNow(Request request, Stage stage) {
        return ask(request, stage.progress(), it -> it.readNow(stage), it -> it.read(stage));
    }

    @Override
    public Outcome readNow(Request request, Stage stage, KeyGrid.Ranges ranges) {
        return ask(
                request,
                stage.progress(),
                it -> it.readNow(stage, ranges),
                it -> it.readNow(stage, ranges));
    }

    @Override
    public List<String> key(Request request) {
        return ask(request, Progress.NONE, Following::key, BinlogFollowing::key);
    }

    @Override
    public Optional<KeyGrid.Sums> sums(
            Request request, KeyGrid grid, List<Column> columns, Progress progress) {
        return ask(
                request,
                progress,
                it -> it.sums(grid, columns, progress),
                it -> it.sums(grid, columns, progress));
    }

    private interface Asking<T> {
        T of(Following table) throws SQLException;
    }

    /// @param postgres of a table of PostgreSQL
    /// @param binlog of one of any other
    private <T> T ask(
            Request request,
            Progress progress,
            Asking<T> postgres,
            Function<BinlogFollowing, T> binlog) {
        CdcSettings settings = CdcSettings.of(request);
        if (!settings.isPostgres()) {
            return binlog.apply(binlog(request, settings));
        }
        Following following = following(request, settings);
        try {
            return postgres.of(following);
        } catch (SQLException e) {
            throw progress.isCancelled()
                    ? AdeException.cancelled("Cancelled").causedBy(e)
                    : following.failure(e);
        }
    }

    @Override
    public Optional<String> keeps(Request request, String position) {
        CdcSettings settings = CdcSettings.of(request);
        if (!settings.isPostgres()) {
            return Optional.empty();
        }
        String slot = Position.parse(position).slot();
        return Optional.of(
                """
                %s keeps all of its log for slot %s. Where nobody is to read it any more, run there:
                  select pg_drop_replication_slot(%s)\
                """
                        .formatted(settings.address().place(), slot, Sql.literal(slot)));
    }

    private BinlogFollowing binlog(Request request, CdcSettings settings) {
        return new BinlogFollowing(request, settings.address(), settings.kind(), binlogs);
    }

    private Following following(Request request, CdcSettings settings) {
        String name = environment.get();
        Slots slots = new Slots(folder.resolve(name).resolve(request.source().name() + ".slots"));
        return new Following(
                request,
                settings,
                slots,
                cuts,
                new Following.Names(name, "%016x".formatted(random.nextLong())));
    }
}
