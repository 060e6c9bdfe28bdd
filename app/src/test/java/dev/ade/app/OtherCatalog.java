package dev.ade.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ade.store.LocalFileIO;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.rest.CatalogHandlers;
import org.apache.iceberg.rest.RESTCatalogProperties.SnapshotMode;
import org.apache.iceberg.rest.credentials.Credential;
import org.apache.iceberg.rest.credentials.ImmutableCredential;
import org.apache.iceberg.rest.responses.ConfigResponse;
import org.apache.iceberg.rest.responses.ConfigResponseParser;
import org.apache.iceberg.rest.responses.ErrorResponse;
import org.apache.iceberg.rest.responses.ErrorResponseParser;
import org.apache.iceberg.rest.responses.LoadTableResponse;
import org.apache.iceberg.rest.responses.LoadTableResponseParser;
import org.apache.iceberg.types.Types.NestedField;

/// A catalog of Iceberg's own in a folder, and a server that answers for it by REST as Iceberg's handlers do. Data files
/// are written by DuckDB.
final class OtherCatalog implements AutoCloseable {
    static final Namespace SALES = Namespace.of("sales");
    private static final String NAMESPACES = "{\"namespaces\": [[\"sales\"]]}";
    private static final String TOKEN = "token-of-the-test";

    private final JdbcCatalog catalog;
    private final HttpServer server;
    private final Function<String, Path> places;
    private Optional<String> credential = Optional.empty();
    private Map<String, String> lent = Map.of();
    private List<Credential> lentByPlace = List.of();
    private int files;

    OtherCatalog(Path folder) {
        this(
                folder,
                folder.resolve("ware [house]").toString(),
                new LocalFileIO(),
                location -> Path.of(location.replaceFirst("^file:", "")));
    }

    /// @param io writes the files of locations under the warehouse
    /// @param places where they are on this machine
    OtherCatalog(Path folder, String warehouse, FileIO io, Function<String, Path> places) {
        this.places = places;
        this.catalog = new JdbcCatalog(_ -> io, null, true);
        try {
            Files.createDirectories(folder);
            catalog.initialize(
                    "other",
                    Map.of(
                            CatalogProperties.URI,
                            "jdbc:sqlite:" + folder.resolve("catalog.db"),
                            CatalogProperties.WAREHOUSE_LOCATION,
                            warehouse));
            catalog.createNamespace(SALES);
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// A project's file that reads `sales.orders` from it.
    ///
    /// @param more settings of the load, each behind a comma
    String sources(String more) {
        return """
        sources:
          - name: sales
            tables: [{name: orders, load: {iceberg: "%s"%s}}]
        """
                .formatted(address(), more);
    }

    /// From now on, nobody else is let in.
    void requireCredential(String idAndSecret) {
        credential = Optional.of(idAndSecret);
    }

    /// Who asks for a key together with a table gets this.
    void lend(Map<String, String> config) {
        lent = Map.copyOf(config);
    }

    /// The same as newer catalogs do it, for places that begin like this.
    void lend(String prefix, Map<String, String> config) {
        lentByPlace = List.of(ImmutableCredential.builder().prefix(prefix).config(config).build());
    }

    JdbcCatalog catalog() {
        return catalog;
    }

    Table create(String name, Schema schema, Map<String, String> properties) {
        return catalog.createTable(
                TableIdentifier.of(SALES, name),
                schema,
                org.apache.iceberg.PartitionSpec.unpartitioned(),
                properties);
    }

    Table table(String name) {
        return catalog.loadTable(TableIdentifier.of(SALES, name));
    }

    /// @param select gives the table's columns by their names
    void append(Table table, String select) {
        table.newAppend().appendFile(file(table, select)).commit();
        table.refresh();
    }

    DataFile file(Table table, String select) {
        Path file = parquet(table, fieldIds(table.schema().columns()), select);
        return DataFiles.builder(table.spec())
                .withPath(location(table, file))
                .withFileSizeInBytes(size(file))
                .withRecordCount(count(file))
                .withFormat("parquet")
                .build();
    }

    private String location(Table table, Path file) {
        return table.location().startsWith("/")
                ? file.toString()
                : table.location() + "/data/" + file.getFileName();
    }

    /// @param fieldIds as DuckDB takes them; empty for a file without
    Path parquet(Table table, String fieldIds, String select) {
        try {
            Path data = Files.createDirectories(places.apply(table.location()).resolve("data"));
            Path file = data.resolve("%d.parquet".formatted(++files));
            String ids = fieldIds.isEmpty() ? "" : ", field_ids {%s}".formatted(fieldIds);
            duck("copy (%s) to '%s' (format parquet%s)".formatted(select, file, ids));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// As DuckDB takes them.
    static String fieldIds(List<NestedField> fields) {
        return fields.stream().map(OtherCatalog::fieldIds).collect(Collectors.joining(", "));
    }

    private static String fieldIds(NestedField field) {
        return field.type().isPrimitiveType()
                ? "%s: %d".formatted(field.name(), field.fieldId())
                : "%s: {__duckdb_field_id: %d, %s}"
                        .formatted(
                                field.name(),
                                field.fieldId(),
                                fieldIds(field.type().asNestedType().fields()));
    }

    static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static long count(Path file) {
        return duck(
                "select count(*) from read_parquet('%s')"
                        .formatted(file.toString().replace("[", "[[]")));
    }

    /// The first number that a statement gives.
    private static long duck(String sql) {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            try (var result = statement.getResultSet()) {
                return result != null && result.next() ? result.getLong(1) : 0;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String body =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Answer answer =
                    path.endsWith("/oauth/tokens")
                            ? token(body)
                            : isLetIn(exchange)
                                    ? answer(path, lent(exchange))
                                    : Answer.error(401, "", "no");
            byte[] bytes = answer.json().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private record Answer(int status, String json) {
        static Answer error(int status, String type, String message) {
            return new Answer(
                    status,
                    ErrorResponseParser.toJson(
                            ErrorResponse.builder()
                                    .responseCode(status)
                                    .withType(type)
                                    .withMessage(message)
                                    .build()));
        }
    }

    private boolean isLetIn(HttpExchange exchange) {
        return credential.isEmpty()
                || ("Bearer " + TOKEN)
                        .equals(exchange.getRequestHeaders().getFirst("Authorization"));
    }

    private Map<String, String> lent(HttpExchange exchange) {
        return exchange.getRequestHeaders().containsKey("X-Iceberg-Access-Delegation")
                ? lent
                : Map.of();
    }

    /// A server may well repeat what it was asked.
    private Answer token(String body) {
        String[] known = credential.orElse(":").split(":", 2);
        boolean isKnown =
                body.contains("client_id=" + known[0])
                        && body.contains("client_secret=" + known[1]);
        return isKnown
                ? new Answer(
                        200,
                        "{\"access_token\": \"%s\", \"token_type\": \"bearer\", \"expires_in\": 60}"
                                .formatted(TOKEN))
                : new Answer(
                        401,
                        "{\"error\": \"invalid_client\", \"error_description\": \"no such: %s\"}"
                                .formatted(body));
    }

    private Answer answer(String path, Map<String, String> config) {
        List<String> parts = List.of(path.substring(1).split("/"));
        try {
            return switch (parts.size()) {
                case 2 -> new Answer(200, path.endsWith("/config") ? config() : NAMESPACES);
                case 4 -> new Answer(200, tables(Namespace.of(parts.get(2))));
                case 5 ->
                        new Answer(
                                200,
                                LoadTableResponseParser.toJson(
                                        LoadTableResponse.builder()
                                                .withTableMetadata(
                                                        CatalogHandlers.loadTable(
                                                                        catalog,
                                                                        TableIdentifier.of(
                                                                                parts.get(2),
                                                                                parts.get(4)),
                                                                        SnapshotMode.ALL)
                                                                .tableMetadata())
                                                .addAllConfig(config)
                                                .addAllCredentials(lentByPlace)
                                                .build()));
                default -> Answer.error(404, "NotFoundException", path);
            };
        } catch (NoSuchTableException e) {
            return Answer.error(404, "NoSuchTableException", String.valueOf(e.getMessage()));
        } catch (NoSuchNamespaceException e) {
            return Answer.error(404, "NoSuchNamespaceException", String.valueOf(e.getMessage()));
        }
    }

    private static String config() {
        return ConfigResponseParser.toJson(ConfigResponse.builder().build());
    }

    private String tables(Namespace namespace) {
        return CatalogHandlers.listTables(catalog, namespace).identifiers().stream()
                .map(table ->
                        "{\"namespace\": [\"%s\"], \"name\": \"%s\"}"
                                .formatted(namespace, table.name()))
                .collect(Collectors.joining(", ", "{\"identifiers\": [", "]}"));
    }

    @Override
    public void close() {
        server.stop(0);
        catalog.close();
    }
}
