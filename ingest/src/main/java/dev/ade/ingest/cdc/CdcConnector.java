package dev.ade.ingest.cdc;

import dev.ade.spi.Connector;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Follows tables of PostgreSQL by the log of their changes: `load: {cdc: "jdbc:postgresql://…", table: public.orders}`.
/// A table has a slot of its own on the server, which keeps what was not published yet.
public final class CdcConnector implements Connector {
    private final Path folder;
    private final Supplier<String> environment;
    private final RandomGenerator random;
    private final Cuts cuts = new Cuts();

    /// @param folder of the installation's state
    /// @param environment into which a run loads; each has slots of its own
    /// @param random for the names of slots
    public CdcConnector(Path folder, Supplier<String> environment, RandomGenerator random) {
        this.folder = folder;
        this.environment = environment;
        this.random = random;
    }

    @Override
    public Set<String> manners() {
        return Set.of("password", "rate", "connections");
    }

    @Override
    public Offer look(Request request) {
        return following(request).look();
    }

    @Override
    public Outcome read(Request request, Stage stage) {
        Following following = following(request);
        try {
            return following.read(stage);
        } catch (SQLException e) {
            throw following.failure(e);
        }
    }

    /// Of no slot, and without one.
    @Override
    public Outcome readNow(Request request, Stage stage) {
        Following following = following(request);
        try {
            return following.readNow(stage);
        } catch (SQLException e) {
            throw following.failure(e);
        }
    }

    private Following following(Request request) {
        CdcSettings settings = CdcSettings.of(request);
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
