package dev.ade.ingest.jdbc;

import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.Homonyms;
import dev.ade.model.Schema;
import dev.ade.spi.Connector.Request;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What a database's refusal means to who runs ADE. The states are those of the SQL standard, and of PostgreSQL where
/// it says more.
final class Failures {
    /// Values that a database could not work with.
    private static final String DATA = "22";

    /// States of which what a database says shows names, but never values: it is not there, does not let in, may not be
    /// read, ends. Others may show what is in a row: data that cannot be converted, what a view raises.
    private static final Pattern HARMLESS =
            Pattern.compile(
                    "ADE..|08...|28...|57P..|3D000|3F000|42501|42601|42703|42883|42P01|42S02|42S22|42102|42122|HYT..");

    /// SQLite has no states.
    private static final Pattern UNFOUND =
            Pattern.compile("^\\[SQLITE_ERROR\\] .*\\(no such (?:table|column): [\\w.]+\\)$");

    /// The driver of MariaDB, of a MySQL with a certificate of its own making.
    private static final Pattern UNTRUSTED =
            Pattern.compile(
                    "^(\\(conn=\\d+\\) )?Cannot use authentication plugin \\S+ with a Self signed");

    /// The same driver, without TLS.
    private static final Pattern UNENCRYPTED =
            Pattern.compile("^(\\(conn=\\d+\\) )?RSA public key is not available client side");

    /// What a server says that ends a connection, and what a driver says that finds none.
    private static final Set<String> LOST = Set.of("57P01", "57P02", "08003", "08006");

    /// Of ADE's own: no driver takes the address.
    static final String NO_DRIVER = "ADE01";

    private Failures() {}

    /// @param reason without values
    record Meaning(String reason, String next) {}

    static AdeException of(Request request, JdbcSettings settings, SQLException e) {
        return of(request, settings, e, meaning(settings, e));
    }

    /// Of which more is known than its state says.
    static AdeException of(
            Request request, JdbcSettings settings, SQLException e, Meaning meaning) {
        return AdeException.resource(
                        "Cannot load %s from %s: %s"
                                .formatted(
                                        request.source().name(),
                                        settings.place(),
                                        meaning.reason()),
                        meaning.next())
                .at(request.source().location())
                .causedBy(withoutValues(settings, e));
    }

    /// Whether a connection that was there is gone.
    static boolean isLost(SQLException e) {
        return LOST.contains(String.valueOf(e.getSQLState()));
    }

    private static Meaning meaning(JdbcSettings settings, SQLException e) {
        String state = String.valueOf(e.getSQLState());
        if (isLost(e)) {
            return new Meaning(
                    "the connection was lost (%s)".formatted(line(settings, e)),
                    "Nothing was published. Run again when the database is up");
        }
        if (state.equals(NO_DRIVER)
                || String.valueOf(e.getMessage()).contains("No suitable driver")) {
            return new Meaning(
                    line(settings, e),
                    "Add driver: group:artifact:version, a JDBC driver for it, to load");
        }
        if (says(UNTRUSTED, e)) {
            return new Meaning(
                    "nobody known signed the server's certificate, so it gets no password",
                    "Add properties: {sslMode: verify-ca, serverSslCert: FILE} to load, with the certificate that signed it (MySQL's own: ca.pem of its data folder)");
        }
        if (says(UNENCRYPTED, e)) {
            return new Meaning(
                    "the server gets no password without TLS, but for one that is encrypted by a key of its own",
                    "Add properties: {sslMode: verify-ca, serverSslCert: FILE} to load, or, where the network is trusted, allowPublicKeyRetrieval: \"true\"");
        }
        if (state.startsWith("08") || state.equals("57P03")) {
            return new Meaning(
                    "it does not answer (%s)".formatted(line(settings, e)),
                    "Check that the database is up and that jdbc: in load has its host and port");
        }
        if (state.startsWith("28")) {
            return new Meaning(
                    "it does not let user '%s' in (%s)"
                            .formatted(settings.user(), line(settings, e)),
                    "Check user: in load and the environment variable that password: names");
        }
        if (state.equals("42501")) {
            return new Meaning(
                    "user '%s' may not read %s (%s)"
                            .formatted(settings.user(), settings.from().words(), line(settings, e)),
                    "Let who owns it run: grant select on %s to %s"
                            .formatted(settings.from().words(), settings.user()));
        }
        if (state.startsWith(DATA)) {
            return new Meaning(
                    "it cannot work with a value (%s)".formatted(line(settings, e)),
                    "Run the query of load in the database itself to see the value");
        }
        if (!isHarmless(e)) {
            return new Meaning(
                    "it refuses (%s)".formatted(line(settings, e)),
                    "Its words may show data: run the query of load in the database itself, or read the database's log of this time");
        }
        return new Meaning(
                line(settings, e), "Check table:, query: and cursor: in load against the database");
    }

    /// What a driver throws that meets a type it does not know, as MariaDB's does by a vector of MySQL.
    static SQLException ofDriver(RuntimeException e) {
        return new SQLException(
                "its driver does not know the type of a column, so ask for the others by query:",
                MariaDatabase.OWN,
                e);
    }

    private static boolean says(Pattern words, SQLException e) {
        return words.matcher(String.valueOf(e.getMessage())).find();
    }

    private static boolean isHarmless(SQLException e) {
        return HARMLESS.matcher(String.valueOf(e.getSQLState())).matches() || says(UNFOUND, e);
    }

    /// What the database says, without the lines below, which may show values; its state and code where all of it may.
    private static String line(JdbcSettings settings, SQLException e) {
        if (!isHarmless(e)) {
            String code = e.getErrorCode() == 0 ? "" : "code " + e.getErrorCode();
            return e.getSQLState() == null
                    ? code.isEmpty() ? e.getClass().getSimpleName() : code
                    : "SQL state " + e.getSQLState() + (code.isEmpty() ? "" : ", " + code);
        }
        return String.valueOf(e.getMessage())
                .replace(settings.url(), settings.place())
                .lines()
                .findFirst()
                .orElse("no reason given")
                .replaceFirst("^(ERROR|FATAL): +", "");
    }

    private static Throwable withoutValues(JdbcSettings settings, SQLException e) {
        boolean showsAddress = String.valueOf(e.getMessage()).contains(settings.url());
        return isHarmless(e) && !showsAddress
                ? e
                : new SQLException("not shown", e.getSQLState(), e.getErrorCode());
    }

    /// The columns of what is read, as a dataset can have them.
    ///
    /// @throws AdeException DATA where two of them have one name
    static Schema schema(Request request, JdbcSettings settings, List<Column> columns) {
        Homonyms.among(columns.stream().map(Column::name).toList())
                .ifPresent(homonyms -> {
                    throw AdeException.data(
                                    "Cannot load %s: %s has %s, which have one name"
                                            .formatted(
                                                    request.source().name(),
                                                    settings.from().words(),
                                                    homonyms),
                                    "Give each a name of its own by query: \"select … as …\"")
                            .at(request.source().location());
                });
        return new Schema(columns);
    }

    /// Where another number of rows came than the database counted.
    static AdeException miscounted(Request request, JdbcSettings settings, long there, long came) {
        return AdeException.data(
                        "Cannot load %s: %s has %,d rows, it sent %,d"
                                .formatted(
                                        request.source().name(),
                                        settings.from().words(),
                                        there,
                                        came),
                        "Nothing was published. A query has to give the same rows each time it is asked in one transaction")
                .at(request.source().location());
    }
}
