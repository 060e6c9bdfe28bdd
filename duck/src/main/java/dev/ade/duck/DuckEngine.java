package dev.ade.duck;

import dev.ade.model.AdeException;
import dev.ade.model.Schema;
import dev.ade.model.Settings.EngineSettings;
import dev.ade.model.Sql;
import dev.ade.model.TableName;
import dev.ade.spi.Engine;
import dev.ade.spi.Lineage;
import dev.ade.spi.OwnerOnly;
import dev.ade.spi.QueryDifference;
import dev.ade.spi.QueryLimits;
import dev.ade.spi.Relations;
import dev.ade.spi.Session;
import dev.ade.spi.Shelf;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;

/// One in-memory DuckDB that all sessions share, started when it is first needed.
public final class DuckEngine implements Engine {
    private final EngineSettings settings;
    private final References references = new References(this::connect);
    private final LockedInstances locked;
    private final Plans plans = new Plans(this::connect, references);
    private final ScalarFunctions scalars = new ScalarFunctions();
    private final Watching watching = new Watching();
    private final AtomicLong sessions = new AtomicLong();
    private @Nullable DuckDBConnection root;
    private boolean isClosed;

    public DuckEngine(EngineSettings settings) {
        this.settings = settings;
        this.locked = new LockedInstances(settings, references);
    }

    @Override
    public Session open(Relations relations) {
        return new DuckSession(
                connect(),
                "s" + sessions.incrementAndGet(),
                relations,
                references,
                scalars,
                watching,
                settings.threads());
    }

    @Override
    public Shelf shelf() {
        return new DuckShelf(this::connect);
    }

    @Override
    public Session openLocked(Relations relations, QueryLimits limits) {
        return new LockedSession(locked, relations, limits);
    }

    @Override
    public Session openScratch(
            Relations relations, Set<TableName> readable, String schema, List<String> prepared) {
        return ScratchSession.open(
                settings,
                references,
                new ScratchSession.Contents(relations, readable, schema, prepared));
    }

    @Override
    public Set<TableName> references(String select) {
        return references.of(select);
    }

    @Override
    public Lineage lineage(String select, Map<TableName, Schema> schemas) {
        return plans.lineage(select, schemas);
    }

    @Override
    public QueryDifference difference(String before, String after) {
        return before.equals(after) ? QueryDifference.NONE : references.difference(before, after);
    }

    @Override
    public String version() {
        try (DuckDBConnection connection = connect()) {
            return "DuckDB " + connection.getMetaData().getDatabaseProductVersion();
        } catch (SQLException e) {
            throw Errors.of(e, "");
        }
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        locked.close();
        references.close();
        if (root != null) {
            try {
                root.close();
            } catch (SQLException e) {
                throw Errors.of(e, "");
            }
        }
    }

    private synchronized DuckDBConnection connect() {
        if (isClosed) {
            throw new IllegalStateException("the engine is closed");
        }
        try {
            if (root == null) {
                root = start(settings);
            }
            return root.duplicate();
        } catch (SQLException e) {
            throw Errors.of(e, "");
        }
    }

    static DuckDBConnection start(EngineSettings settings) throws SQLException {
        try {
            OwnerOnly.folders(settings.spill());
        } catch (IOException e) {
            throw AdeException.resource(
                            "Cannot make the spill folder %s: %s"
                                    .formatted(settings.spill(), e.getMessage()),
                            "Set engine.spill in ade.yml to a folder that can be written")
                    .causedBy(e);
        }
        Properties properties = new Properties();
        properties.setProperty("jdbc_stream_results", "true");
        // DriverManager would load every driver on the class path to find this one.
        DuckDBConnection connection =
                (DuckDBConnection) new DuckDBDriver().connect("jdbc:duckdb:", properties);
        for (String setting : settings(settings)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(setting);
            }
        }
        return connection;
    }

    private static List<String> settings(EngineSettings settings) {
        return List.of(
                "set threads = " + settings.threads(),
                "set memory_limit = '" + settings.memoryBytes() + "B'",
                "set temp_directory = " + Sql.literal(settings.spill().toString()),
                "set max_temp_directory_size = '" + settings.spillBytesMax() + "B'",
                "set preserve_insertion_order = false",
                "set TimeZone = 'UTC'",
                "set autoinstall_known_extensions = false",
                "set autoload_known_extensions = false",
                "set enable_progress_bar = true",
                "set enable_progress_bar_print = false",
                "set progress_bar_time = 0");
    }
}
