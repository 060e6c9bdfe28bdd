package dev.ade.store.rest;

import dev.ade.model.AdeException;
import dev.ade.spi.Connector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SessionCatalog.SessionContext;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NotAuthorizedException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.rest.HTTPClient;
import org.apache.iceberg.rest.RESTSessionCatalog;
import org.apache.iceberg.rest.RESTUtil;

/// Asks a catalog for a table, and says what went wrong in words of the project.
final class RestTable {
    private static final int NAMED_MAX = 10;
    private static final int LISTED_MAX = 1_000;
    private static final String NAME = "source";
    private static final SessionContext NOBODY = SessionContext.createEmpty();

    private final Connector.Request request;
    private final RestSettings settings;
    private final ObjectStore store;

    RestTable(Connector.Request request, RestSettings settings, ObjectStore store) {
        this.request = request;
        this.settings = settings;
        this.store = store;
    }

    /// Tables of the catalog's namespaces, `LISTED_MAX` at most.
    List<Table> list() {
        try (RESTSessionCatalog session = session()) {
            return list(session);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Table> list(RESTSessionCatalog session) {
        try {
            session.initialize(NAME, settings.properties());
            return session.listNamespaces(NOBODY, Namespace.empty()).stream()
                    .flatMap(namespace -> session.listTables(NOBODY, namespace).stream())
                    .limit(LISTED_MAX)
                    .map(table -> session.loadTable(NOBODY, table))
                    .toList();
        } catch (RuntimeException e) {
            throw failure(e);
        }
    }

    private RESTSessionCatalog session() {
        Locations locations = new Locations(request, settings);
        return new RESTSessionCatalog(
                properties ->
                        HTTPClient.builder(properties)
                                .uri(settings.catalog())
                                .withHeaders(RESTUtil.configHeaders(properties))
                                .build(),
                (_, properties) ->
                        new OtherFiles(locations, store, settings.storage().over(properties)));
    }

    /// @param work gets the table as it is now, and is done with it when it returns
    <T> T ask(Function<Table, T> work) {
        try (RESTSessionCatalog session = session()) {
            return work(work, load(session));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Table load(RESTSessionCatalog session) {
        try {
            session.initialize(NAME, settings.properties());
            return load(session.asCatalog(NOBODY));
        } catch (AdeException e) {
            throw e;
        } catch (RuntimeException e) {
            throw failure(e);
        }
    }

    private Table load(Catalog catalog) {
        try {
            return catalog.loadTable(settings.table());
        } catch (NoSuchTableException | NoSuchNamespaceException e) {
            throw request.wrong(
                    "the catalog has no table %s".formatted(settings.table()), near(catalog));
        }
    }

    private String near(Catalog catalog) {
        try {
            String names =
                    catalog.listTables(settings.table().namespace()).stream()
                            .limit(NAMED_MAX)
                            .map(TableIdentifier::toString)
                            .sorted()
                            .collect(Collectors.joining(", "));
            return names.isEmpty() ? "Its namespace is empty" : "There are " + names;
        } catch (NoSuchNamespaceException e) {
            return "There is no namespace %s, either: write table: namespace.table into load"
                    .formatted(settings.table().namespace());
        }
    }

    private AdeException failure(RuntimeException failure) {
        return switch (failure) {
            case NotAuthorizedException _ ->
                    request.wrong(
                            "the catalog at %s does not let in who asks"
                                    .formatted(settings.catalog()),
                            settings.isAnonymous()
                                    ? "Write credential: ${NAME} or token: ${NAME} into load"
                                    : "Check the secret, and where tokens come from (token_url)");
            case ForbiddenException _ ->
                    request.wrong(
                            "the catalog at %s does not show the table to who asks"
                                    .formatted(settings.catalog()),
                            "Have the right to read it granted");
            default ->
                    resource(
                            "the catalog at %s fails: %s"
                                    .formatted(settings.catalog(), reason(failure)),
                            "Check iceberg: in load, and whether the catalog runs");
        };
    }

    /// Iceberg's threads wrap what they throw.
    private <T> T work(Function<Table, T> work, Table table) {
        try {
            return work.apply(table);
        } catch (NotFoundException e) {
            throw resource(
                    "a file of the table is not there: " + e.getMessage(),
                    "Run again: it may just have been cleaned away");
        } catch (RuntimeException e) {
            for (Throwable one = e; one != null; one = one.getCause()) {
                if (one instanceof AdeException own) {
                    throw own;
                }
            }
            if (table.io() instanceof OtherFiles files && files.isRemote()) {
                throw resource(
                        "its files cannot be read: " + reason(e),
                        "Check s3: in load, and whether who asks may read the bucket");
            }
            throw e;
        }
    }

    private AdeException resource(String reason, String next) {
        return AdeException.resource(
                        "Cannot load %s: %s".formatted(request.source().name(), reason), next)
                .at(request.source().location());
    }

    /// The first cause says most; its text may hold what was sent.
    private String reason(RuntimeException failure) {
        Throwable first = failure;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        return settings.safe(String.valueOf(first.getMessage())).lines().findFirst().orElse("");
    }
}
