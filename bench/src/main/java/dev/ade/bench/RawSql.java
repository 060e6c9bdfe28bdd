package dev.ade.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// The baseline: runs a script of SQL in DuckDB and nothing else, in a process of its own.
public final class RawSql {
    /// Stands between the statements of a script.
    static final String SEPARATOR = "\n;;\n";

    private RawSql() {}

    public static void main(String[] arguments) throws IOException, SQLException {
        String script = Files.readString(Path.of(arguments[0]));
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            for (String sql : script.split(SEPARATOR)) {
                statement.execute(sql);
            }
        }
    }

    /// Runs `statements` in a new JVM with the flags of this one.
    static CommandLine.Ended run(Path scratch, List<String> statements)
            throws IOException, InterruptedException {
        Path script = scratch.resolve("raw.sql");
        Files.writeString(script, String.join(SEPARATOR, statements));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String driver =
                List.of(System.getProperty("java.class.path").split(File.pathSeparator)).stream()
                        .filter(entry -> entry.contains("duckdb") || entry.contains("bench"))
                        .reduce((a, b) -> a + File.pathSeparator + b)
                        .orElseThrow();
        return CommandLine.run(
                List.of(
                        java,
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        driver,
                        RawSql.class.getName(),
                        script.toString()));
    }
}
