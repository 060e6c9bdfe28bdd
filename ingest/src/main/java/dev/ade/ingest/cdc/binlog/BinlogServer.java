package dev.ade.ingest.cdc.binlog;

import dev.ade.ingest.jdbc.MariaDatabase;
import dev.ade.spi.Connector;
import dev.ade.spi.Connector.Request;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a server says of its log.
final class BinlogServer {
    private static final String EVERYTHING = "FULL";

    /// MariaDB's and MySQL's first that write the names of columns.
    private static final List<Integer> MARIA_MIN = List.of(10, 5, 0);

    private static final List<Integer> MYSQL_MIN = List.of(8, 0, 1);

    /// From which on MySQL has another word for it.
    private static final List<Integer> MYSQL_RENAMED = List.of(8, 2, 0);

    private final MariaDatabase.Session session;
    private final boolean isMaria;
    private final List<Integer> version;

    private BinlogServer(MariaDatabase.Session session, String version) {
        this.session = session;
        this.isMaria = version.toLowerCase(Locale.ROOT).contains("maria");
        this.version =
                Arrays.stream(version.replaceFirst("^5\\.5\\.5-", "").split("[^0-9]+"))
                        .filter(part -> !part.isEmpty())
                        .limit(3)
                        .map(Integer::valueOf)
                        .toList();
    }

    static BinlogServer of(MariaDatabase.Session session) throws SQLException {
        return new BinlogServer(session, session.row("select version()").getFirst().orElse(""));
    }

    boolean isMaria() {
        return isMaria;
    }

    /// Whether it writes all that is needed.
    void require(Request request, String database) throws SQLException {
        if (Arrays.compare(numbers(version), numbers(isMaria ? MARIA_MIN : MYSQL_MIN)) < 0) {
            throw request.wrong(
                    "changes are followed from MariaDB 10.5 and MySQL 8.0.1 on, was "
                            + String.join(".", version.stream().map(String::valueOf).toList()),
                    "Read it by jdbc:");
        }
        requireOn(request);
        for (Map.Entry<String, String> setting :
                List.of(
                        Map.entry("binlog_format", "ROW"),
                        Map.entry("binlog_row_image", EVERYTHING),
                        Map.entry("binlog_row_metadata", EVERYTHING))) {
            require(request, setting.getKey(), setting.getValue());
        }
        requireDatabase(request, database);
    }

    private static int[] numbers(List<Integer> version) {
        return version.stream().mapToInt(Integer::intValue).toArray();
    }

    private void requireOn(Request request) throws SQLException {
        if (!session.row("select @@global.log_bin").getFirst().orElse("").equals("1")) {
            throw request.wrong(
                    "the server writes no binary log, as log_bin is off",
                    "Let its administrator write log_bin into the settings of the server, under [mysqld], and restart it");
        }
    }

    private void require(Request request, String name, String needed) throws SQLException {
        String value = session.row("select @@global." + name).getFirst().orElse("");
        if (!value.equalsIgnoreCase(needed)) {
            throw request.wrong(
                    "%s of the server has to be %s, was %s".formatted(name, needed, value),
                    "Let its administrator run: set global %s = '%s'; and write it into the settings of the server"
                            .formatted(name, needed));
        }
    }

    private void requireDatabase(Request request, String database) throws SQLException {
        List<Optional<String>> status = status();
        List<String> only = names(status.get(2));
        if (names(status.get(3)).contains(database)
                || (!only.isEmpty() && !only.contains(database))) {
            throw request.wrong(
                    "the server does not log changes of database %s (binlog_do_db, binlog_ignore_db)"
                            .formatted(database),
                    "Let its administrator change its settings");
        }
    }

    private static List<String> names(Optional<String> text) {
        return Arrays.stream(text.orElse("").split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private List<Optional<String>> status() throws SQLException {
        boolean isRenamed =
                !isMaria && Arrays.compare(numbers(version), numbers(MYSQL_RENAMED)) >= 0;
        List<Optional<String>> row =
                session.row(isRenamed ? "show binary log status" : "show master status");
        if (row.isEmpty()) {
            throw new SQLException("the server writes no binary log", MariaDatabase.OWN);
        }
        return row;
    }

    /// Where its log ends now.
    Place end() throws SQLException {
        List<Optional<String>> row = status();
        return new Place(row.get(0).orElseThrow(), Long.parseLong(row.get(1).orElseThrow()));
    }

    /// How much there is behind a place.
    ///
    /// @throws Connector.PositionLost where the log of the place is gone
    long bytesBehind(Place place) throws SQLException {
        long bytes = 0;
        boolean isThere = false;
        for (Place file : files()) {
            if (isThere) {
                bytes += file.at();
            }
            if (file.file().equals(place.file())) {
                isThere = true;
                bytes = file.at() - place.at();
            }
        }
        if (!isThere) {
            throw new Connector.PositionLost(
                    "%s is gone from the server (binlog_expire_logs_seconds, or reset)"
                            .formatted(place.file()));
        }
        if (bytes < 0) {
            throw new Connector.PositionLost(
                    "the log of the server is shorter than what was read from it");
        }
        return bytes;
    }

    /// Its files, each as the place of its end.
    private List<Place> files() throws SQLException {
        List<Place> files = new ArrayList<>();
        for (List<Optional<String>> row : session.rows("show binary logs")) {
            files.add(new Place(row.get(0).orElseThrow(), Long.parseLong(row.get(1).orElse("0"))));
        }
        return files;
    }
}
