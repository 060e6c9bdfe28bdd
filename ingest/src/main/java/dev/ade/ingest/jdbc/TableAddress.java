package dev.ade.ingest.jdbc;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// A table of a database that is followed by other means than queries.
///
/// @param url of JDBC
/// @param properties of connections, with user and password
/// @param table its name in parts
/// @param rate rows a second at most
public record TableAddress(
        String url,
        Map<String, String> properties,
        List<String> table,
        OptionalLong rate,
        int connections) {
    public TableAddress {
        properties = Map.copyOf(properties);
        table = List.copyOf(table);
    }

    JdbcSettings settings() {
        return new JdbcSettings(
                url,
                Optional.empty(),
                properties,
                new JdbcSettings.From.Table(table),
                Optional.empty(),
                Overlap.NONE,
                OptionalLong.empty(),
                rate,
                connections);
    }

    /// The server's address without what may be secret in it.
    public String place() {
        return settings().place();
    }

    /// Without the password.
    @Override
    public String toString() {
        return "TableAddress[" + place() + "]";
    }
}
