package dev.ade.ingest.cdc;

import dev.ade.ingest.cdc.binlog.BinlogFollowing;
import dev.ade.ingest.cdc.sink.Cuts;
import dev.ade.ingest.cdc.sink.Kind;
import dev.ade.ingest.jdbc.Drivers;
import dev.ade.model.Column;
import dev.ade.model.Sql;
import dev.ade.spi.Connector;
import dev.ade.spi.Libraries;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    /// Of the table as it is; a history has columns of its own beside.
    @Override
    public Optional<List<Column>> columns(Request request) {
        CdcSettings settings = CdcSettings.of(request);
        if (settings.kind() == Kind.LOG) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    settings.isPostgres()
                            ? following(request, settings).columns()
                            : binlog(request, settings).columns());
        } catch (SQLException _) {
            return Optional.empty();
        }
    }

    @Override
    public Outcome read(Request request, Stage stage) {
        CdcSettings settings = CdcSettings.of(request);
        if (!settings.isPostgres()) {
            return binlog(request, settings).read(stage);
        }
        Following following = following(request, settings);
        try {
            return following.read(stage);
        } catch (SQLException e) {
            throw following.failure(e);
        }
    }

    /// Of no slot, and without one.
    @Override
    public Outcome readNow(Request request, Stage stage) {
        CdcSettings settings = CdcSettings.of(request);
        if (!settings.isPostgres()) {
            return binlog(request, settings).read(stage);
        }
        Following following = following(request, settings);
        try {
            return following.readNow(stage);
        } catch (SQLException e) {
            throw following.failure(e);
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
