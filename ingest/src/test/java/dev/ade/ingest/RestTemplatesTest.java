package dev.ade.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.ingest.ApiServer.Asked;
import dev.ade.ingest.ApiServer.Fault;
import dev.ade.ingest.ApiServer.Said;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Each API is played by a server of ours after its public documentation.
class RestTemplatesTest extends InApi {
    @BeforeEach
    void secret() {
        yard.environment("SECRET", "s3cret");
    }

    private Map<String, Object> template(String name, Object... parameters) {
        Map<String, Object> rest = with(Map.of("template", name, "url", api.url()), parameters);
        return new HashMap<>(Map.of("rest", rest));
    }

    private static Said refused() {
        return Said.of(401, "{\"message\": \"Bad credentials\"}");
    }

    private static boolean isKnown(Asked asked) {
        return asked.header("Authorization").equals("Bearer s3cret");
    }

    private List<String> rows(String columns) {
        return yard.sql("select %s from shop.orders order by all".formatted(columns));
    }

    @Test
    void github_issues_since_their_last_change() {
        api.at(
                "/repos/o/r/issues",
                asked -> {
                    if (!isKnown(asked)
                            || !asked.header("X-GitHub-Api-Version").equals("2022-11-28")) {
                        return refused();
                    }
                    if (asked.param("since").compareTo("2026-11-02") > 0) {
                        return Said.of(
                                "[{\"id\": 3, \"updated_at\": \"2026-11-03T00:00:00Z\", \"draft\": true}]");
                    }
                    return asked.param("page").equals("2")
                            ? Said.of("[{\"id\": 2, \"updated_at\": \"2026-11-02T00:02:00Z\"}]")
                            : Said.of("[{\"id\": 1, \"updated_at\": \"2026-11-01T00:00:00Z\"}]")
                                    .with(
                                            "Link",
                                            "<%s/repos/o/r/issues?page=2>; rel=\"next\""
                                                    .formatted(api.url()));
                });
        var source =
                merged(
                        template(
                                "github",
                                "owner",
                                "o",
                                "repo",
                                "r",
                                "resource",
                                "issues",
                                "token",
                                "${SECRET}"),
                        "id");
        api.fault(Said.of(429, "{}").with("Retry-After", "3"));
        yard.load(source);
        assertThat(rows("id")).containsExactly("1", "2");
        assertThat(waits).hasSize(1);

        yard.load(source);

        assertThat(api.last().param("since")).isEqualTo("2026-11-02T00:01:00Z");
        assertThat(api.last().param("state")).isEqualTo("all");
        assertThat(rows("id, draft")).containsExactly("1|null", "2|null", "3|true");
    }

    @Test
    void stripe_lists_by_the_last_id() {
        api.at(
                "/v1/charges",
                asked -> {
                    if (!isKnown(asked)) {
                        return refused();
                    }
                    boolean isFirst = asked.param("starting_after").isEmpty();
                    return Said.of(
                            "{\"object\": \"list\", \"has_more\": %s, \"data\": [{\"id\": \"ch_%d\", \"amount\": %d}]}"
                                    .formatted(isFirst, isFirst ? 1 : 2, 1200));
                });
        api.fault(Said.of(500, "")).fault(Said.of(500, ""));

        yard.load(replaced(template("stripe", "resource", "charges", "key", "${SECRET}")));

        assertThat(rows("id, amount")).containsExactly("ch_1|1200", "ch_2|1200");
        assertThat(api.last().toString())
                .isEqualTo("GET /v1/charges {limit=100, starting_after=ch_1}");
    }

    @Test
    void hubspot_objects_by_cursor() {
        api.at(
                "/crm/v3/objects/contacts",
                asked -> {
                    if (!isKnown(asked)) {
                        return refused();
                    }
                    return asked.param("after").isEmpty()
                            ? Said.of(
                                    "{\"results\": [{\"id\": \"1\", \"properties\": {\"city\": \"Ulm\"}}], \"paging\": {\"next\": {\"after\": \"1\", \"link\": \"x\"}}}")
                            : Said.of(
                                    "{\"results\": [{\"id\": \"2\", \"properties\": {\"city\": null}}]}");
                });
        api.fault(Fault.Reset.RESET);

        yard.load(
                replaced(
                        template(
                                "hubspot",
                                "resource",
                                "contacts",
                                "properties",
                                "city",
                                "token",
                                "${SECRET}")));

        assertThat(rows("id::varchar, properties.city")).containsExactly("1|Ulm", "2|null");
        assertThat(api.last().param("properties")).isEqualTo("city");
    }

    @Test
    void mixpanel_days_of_events() {
        api.at(
                "/api/2.0/export",
                asked -> {
                    if (!asked.header("Authorization").equals("Basic bWU6czNjcmV0")
                            || !asked.param("project_id").equals("9")) {
                        return refused();
                    }
                    return Said.of(
                            """
                            {"event": "open", "properties": {"time": 1795168800, "distinct_id": "u1", "$insert_id": "a"}}
                            {"event": "buy", "properties": {"time": 1795168900, "distinct_id": "u1", "$insert_id": "b"}}
                            """);
                });
        api.fault(Fault.Silence.SILENCE);
        Map<String, Object> settings =
                template(
                        "mixpanel",
                        "project",
                        9,
                        "user",
                        "me",
                        "secret",
                        "${SECRET}",
                        "first",
                        "2026-11-01");
        settings.put("timeout", "300 ms");
        var source = merged(settings, "insert_id");

        yard.load(source);
        assertThat(api.last().toString())
                .isEqualTo(
                        "GET /api/2.0/export {project_id=9, from_date=2026-11-01, to_date=2026-11-21}");
        yard.load(source);

        assertThat(api.last().param("from_date")).isEqualTo("2026-11-15");
        assertThat(rows("insert_id, event, distinct_id")).containsExactly("a|open|u1", "b|buy|u1");
    }

    @Test
    void salesforce_records_by_their_stamp() {
        api.at(
                        "/services/oauth2/token",
                        asked ->
                                asked.body()
                                                .equals(
                                                        "client_id=app&client_secret=s3cret&grant_type=client_credentials")
                                        ? Said.of(
                                                "{\"access_token\": \"00Dt0ken\", \"token_type\": \"Bearer\"}")
                                        : refused())
                .at(
                        "/services/data/v62.0/query",
                        asked ->
                                asked.header("Authorization").equals("Bearer 00Dt0ken")
                                        ? Said.of(
                                                """
                                                {"totalSize": 2, "done": false, "nextRecordsUrl": "/services/data/v62.0/query/01g-2000",
                                                 "records": [{"Id": "001A", "SystemModstamp": "2026-11-20T08:00:00.000+0000"}]}\
                                                """)
                                        : refused())
                .at(
                        "/services/data/v62.0/query/01g-2000",
                        asked ->
                                asked.header("Authorization").equals("Bearer 00Dt0ken")
                                        ? Said.of(
                                                """
                                                {"totalSize": 2, "done": true,
                                                 "records": [{"Id": "001B", "SystemModstamp": "2026-11-20T09:00:00.000+0000"}]}\
                                                """)
                                        : refused());
        var source =
                merged(
                        template(
                                "salesforce",
                                "object",
                                "Account",
                                "fields",
                                "Id, SystemModstamp",
                                "client_id",
                                "app",
                                "client_secret",
                                "${SECRET}"),
                        "Id");
        yard.load(source);
        assertThat(rows("\"Id\"")).containsExactly("001A", "001B");
        api.forget();

        yard.load(source);

        assertThat(api.asked())
                .containsExactly(
                        "POST /services/oauth2/token",
                        "GET /services/data/v62.0/query {q=SELECT Id, SystemModstamp FROM Account"
                                + " WHERE SystemModstamp >= 2026-11-20T08:50:00Z ORDER BY SystemModstamp}",
                        "GET /services/data/v62.0/query/01g-2000");
    }

    @Test
    void google_analytics_days_of_a_report() {
        api.at(
                        "/token",
                        asked ->
                                asked.body()
                                                .contains(
                                                        "grant_type=refresh_token&refresh_token=s3cret")
                                        ? Said.of(
                                                "{\"access_token\": \"ya29.x\", \"expires_in\": 3599}")
                                        : refused())
                .at(
                        "/v1beta/properties/5:runReport",
                        asked -> {
                            if (!asked.header("Authorization").equals("Bearer ya29.x")) {
                                return refused();
                            }
                            return asked.body().contains("\"offset\":0")
                                    ? Said.of(
                                            """
                                            {"rowCount": 1, "rows": [{"dimensionValues": [{"value": "20261120"}, {"value": "Ulm"}],
                                             "metricValues": [{"value": "7"}]}]}\
                                            """)
                                    : Said.of("{\"rowCount\": 1}");
                        });
        Map<String, Object> settings =
                template(
                        "google_analytics",
                        "property",
                        5,
                        "dimensions",
                        List.of(Map.of("name", "date"), Map.of("name", "city")),
                        "metrics",
                        List.of(Map.of("name", "sessions")),
                        "client_id",
                        "app",
                        "client_secret",
                        "${SECRET}",
                        "refresh_token",
                        "${SECRET}",
                        "first",
                        "2026-11-01",
                        "token_url",
                        api.url() + "/token");
        settings.put(
                "pick",
                Map.of(
                        "day", "dimensionValues[0].value",
                        "city", "dimensionValues[1].value",
                        "sessions", "metricValues[0].value"));
        var source = merged(settings, "day");
        yard.load(source);
        assertThat(api.last().body())
                .contains("\"startDate\":\"2026-11-01\",\"endDate\":\"2026-11-21\"")
                .contains("\"dimensions\":[{\"name\":\"date\"},{\"name\":\"city\"}]");
        assertThat(rows("day::varchar, city, sessions::varchar"))
                .allMatch(row -> row.endsWith("|Ulm|7"))
                .hasSize(1);

        yard.load(source);
        assertThat(api.last().body()).contains("\"startDate\":\"2026-11-17\"");
    }

    @Test
    void says_which_templates_and_parameters_there_are() {
        assertThatThrownBy(() -> yard.look(replaced(template("shopfy"))))
                .hasMessage("Cannot load shop.orders: there is no template shopfy");
        assertThatThrownBy(
                        () -> yard.look(replaced(template("stripe", "resource", "x", "keys", "y"))))
                .hasMessage("Cannot load shop.orders: template stripe has no parameter keys");
        assertThatThrownBy(() -> yard.look(replaced(template("stripe", "key", "${SECRET}"))))
                .hasMessage("Cannot load shop.orders: template stripe needs resource");
        assertThatThrownBy(() ->
                        yard.look(replaced(template("stripe", "resource", "x", "key", "sk_live"))))
                .hasMessage(
                        "Cannot load shop.orders: template stripe needs key from the environment");
    }
}
