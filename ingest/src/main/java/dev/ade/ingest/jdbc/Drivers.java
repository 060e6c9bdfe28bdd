package dev.ade.ingest.jdbc;

import dev.ade.model.MavenCoordinate;
import dev.ade.spi.Libraries;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;

/// Connects to databases. A driver that does not come with ADE is fetched by its Maven coordinate, and lives in a class
/// loader of its own, so that what it brings meets nothing of ADE. Thread-safe.
public final class Drivers {
    /// MariaDB's speaks with MySQL, too.
    private static final Map<String, String> KNOWN =
            Map.of(
                    "mariadb", "org.mariadb.jdbc:mariadb-java-client:4.0.0",
                    "mysql", "org.mariadb.jdbc:mariadb-java-client:4.0.0",
                    "sqlserver", "com.microsoft.sqlserver:mssql-jdbc:13.6.2.jre11",
                    "oracle", "com.oracle.database.jdbc:ojdbc17:23.26.3.0.0",
                    "h2", "com.h2database:h2:2.3.232");

    private final Libraries libraries;
    private final Map<MavenCoordinate, List<Driver>> loaded = new ConcurrentHashMap<>();

    /// @param libraries where drivers come from that do not come with ADE
    public Drivers(Libraries libraries) {
        this.libraries = libraries;
    }

    Connection connect(JdbcSettings settings, Properties properties) throws SQLException {
        Optional<MavenCoordinate> coordinate =
                settings.driver()
                        .or(() ->
                                Optional.ofNullable(KNOWN.get(scheme(settings.url())))
                                        .map(MavenCoordinate::of));
        if (coordinate.isEmpty()) {
            return DriverManager.getConnection(settings.url(), properties);
        }
        String url = url(settings.url(), coordinate.get());
        for (Driver driver : loaded.computeIfAbsent(coordinate.get(), this::load)) {
            Connection connection = driver.connect(url, properties);
            if (connection != null) {
                return connection;
            }
        }
        throw new SQLException(
                coordinate.get() + " has no driver for such an address", Failures.NO_DRIVER);
    }

    private static String scheme(String url) {
        String[] parts = url.split(":", 3);
        return parts.length == 3 ? parts[1] : "";
    }

    private static String url(String url, MavenCoordinate driver) {
        return driver.artifact().equals("mariadb-java-client")
                ? url.replaceFirst("^jdbc:mysql:", "jdbc:mariadb:")
                : url;
    }

    private List<Driver> load(MavenCoordinate coordinate) {
        ClassLoader loader =
                libraries.loader(List.of(coordinate), ClassLoader.getPlatformClassLoader());
        return ServiceLoader.load(Driver.class, loader).stream()
                .filter(provider -> loader.equals(provider.type().getClassLoader()))
                .map(ServiceLoader.Provider::get)
                .toList();
    }
}
