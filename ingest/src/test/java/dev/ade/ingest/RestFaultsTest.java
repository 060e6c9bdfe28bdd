package dev.ade.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ade.ingest.ApiServer.Fault;
import dev.ade.ingest.ApiServer.Said;
import dev.ade.model.AdeException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RestFaultsTest extends InApi {
    private static final String ROWS = "[{\"id\": 1}]";

    @BeforeEach
    void serve() {
        api.at("/orders", _ -> Said.of(ROWS));
    }

    private void load(Object... settings) {
        yard.load(replaced(rest("/orders", settings)));
        assertThat(yard.sql("select id from shop.orders")).containsExactly("1");
    }

    @Test
    void waits_as_long_as_the_api_asks_for() {
        api.fault(Said.of(429, "{}").with("Retry-After", "7"))
                .fault(Said.of(503, "").with("Retry-After", "Sat, 21 Nov 2026 10:00:19 GMT"))
                .fault(Said.of(403, "slow down").with("Retry-After", "1"));

        load();

        assertThat(waits)
                .containsExactly(
                        Duration.ofSeconds(7), Duration.ofSeconds(12), Duration.ofSeconds(1));
    }

    @Test
    void does_not_wait_for_ever() {
        api.fault(Said.of(429, "{}").with("Retry-After", "3600"));

        assertThatThrownBy(this::load)
                .hasMessage(
                        "Cannot read shop.orders from GET %s/orders: it answers 429 and wants to be left alone for 3600 s, longer than 300 s"
                                .formatted(api.url()));
        assertThat(waits).isEmpty();
    }

    @Test
    void tries_again_longer_each_time_after_failures_that_may_pass() {
        api.fault(Said.of(500, "")).fault(Said.of(500, "")).fault(Fault.Reset.RESET);

        load();

        assertThat(waits).hasSize(3);
        for (int i = 0; i < 3; i++) {
            assertThat(waits.get(i))
                    .isBetween(Duration.ofMillis(500L << i), Duration.ofMillis(1000L << i));
        }
    }

    @Test
    void tries_again_where_no_answer_comes_in_time() {
        api.fault(Fault.Silence.SILENCE);

        load("timeout", "200 ms");

        assertThat(waits).hasSize(1);
        assertThat(api.asked()).hasSize(2);
    }

    @Test
    void gives_up_in_the_end() {
        for (int i = 0; i < 3; i++) {
            api.fault(Said.of(502, "<html>bad gateway</html>"));
        }
        assertThatThrownBy(() -> load("retries", 2))
                .hasMessageEndingWith("/orders: it answers 502");
        assertThat(api.asked()).hasSize(3);

        api.fault(Fault.Reset.RESET).fault(Fault.Reset.RESET);
        assertThatThrownBy(() -> load("retries", 1))
                .hasMessageEndingWith("/orders: the connection broke, 2 times");
    }

    @Test
    void fails_at_once_where_asking_again_would_not_help() {
        yard.environment("SHOP_KEY", "sk_s3cret/1");
        api.at(
                "/orders",
                asked ->
                        Said.of(
                                400,
                                "no such key " + asked.param("api_key") + " " + "x".repeat(500)));

        assertThatThrownBy(() ->
                        load(
                                "params",
                                Map.of("status", "any"),
                                "auth",
                                Map.of("key", Map.of("query", "api_key", "value", "${SHOP_KEY}"))))
                .hasMessage(
                        "Cannot read shop.orders from GET %s/orders?status=…: it answers 400",
                        api.url());
        assertThat(api.last().param("api_key")).isEqualTo("sk_s3cret/1");
        assertThat(api.asked()).hasSize(1);
        assertThat(waits).isEmpty();
    }

    @Test
    void says_a_code_of_what_it_is_refused_with_but_nothing_that_may_be_data() {
        refused(
                "{\"error\": \"no contact alice@example.com\"}",
                "it answers 404 (application/json)");
        refused(
                "{\"error\": {\"code\": \"no_contact\", \"message\": \"alice\"}}",
                "it answers 404 (application/json): no_contact");
        refused(
                "{\"error\": [\"alice\"], \"type\": \"gone\"}",
                "it answers 404 (application/json): gone");
        refused("{\"error\": ", "it answers 404 (application/json)");
    }

    private void refused(String body, String reason) {
        api.at(
                "/orders",
                _ -> Said.of(404, body).with("Content-Type", "application/json; x=alice"));
        assertThatThrownBy(this::load)
                .hasMessageEndingWith("/orders: " + reason)
                .isInstanceOfSatisfying(
                        AdeException.class,
                        e -> assertThat(e.explain()).contains("with curl").doesNotContain("alice"));
    }

    @Test
    void keeps_the_rate() {
        api.at("/orders", asked -> Said.of(asked.param("p").equals("4") ? "[]" : ROWS));

        yard.load(replaced(rest("/orders", "pages", Map.of("page", "p"), "rate", "2 per second")));

        assertThat(waits).hasSize(3).allMatch(Duration.ofMillis(500)::equals);
    }

    @Test
    void proves_who_asks() {
        yard.environment("NAME", "me");
        yard.environment("SECRET", "s3cret");
        load("auth", Map.of("bearer", "${SECRET}"));
        assertThat(api.last().header("Authorization")).isEqualTo("Bearer s3cret");
        load("auth", Map.of("basic", Map.of("user", "${NAME}", "password", "${SECRET}")));
        assertThat(api.last().header("Authorization")).isEqualTo("Basic bWU6czNjcmV0");
        load("auth", Map.of("key", Map.of("header", "X-Key", "value", "${SECRET}")));
        assertThat(api.last().header("X-Key")).isEqualTo("s3cret");
        load("headers", Map.of("Accept", "application/hal+json"));
        assertThat(api.last().header("Accept")).isEqualTo("application/hal+json");
    }

    @Test
    void fetches_a_token_once_and_again_where_it_ran_out() {
        yard.environment("SECRET", "s3cret&");
        int[] tokens = {0};
        api.at("/token", _ -> Said.of("{\"access_token\": \"token-%d\"}".formatted(++tokens[0])))
                .at(
                        "/orders",
                        asked -> {
                            boolean isSecondPage = asked.param("p").equals("2");
                            String wanted = isSecondPage ? "Bearer token-2" : "Bearer token-1";
                            return asked.header("Authorization").equals(wanted)
                                    ? Said.of(isSecondPage ? "[]" : ROWS)
                                    : Said.of(401, "who is " + asked.header("Authorization"));
                        });
        Map<String, Object> oauth2 =
                Map.of(
                        "token_url",
                        api.url() + "/token",
                        "client_id",
                        "ade",
                        "client_secret",
                        "${SECRET}",
                        "scope",
                        "read");

        load("auth", Map.of("oauth2", oauth2), "pages", Map.of("page", "p"));
        assertThat(api.asked())
                .containsExactly(
                        "POST /token",
                        "GET /orders {p=1}",
                        "GET /orders {p=2}",
                        "POST /token",
                        "GET /orders {p=2}");

        assertThatThrownBy(() ->
                        load("auth", Map.of("oauth2", with(oauth2, "refresh_token", "${SECRET}"))))
                .hasMessageEndingWith("/orders: it answers 401");
        assertThat(api.asked().subList(5, 9))
                .containsExactly("POST /token", "GET /orders", "POST /token", "GET /orders");
    }

    @Test
    void sends_what_a_token_costs_as_a_form() {
        yard.environment("SECRET", "s3cret&");
        api.at("/token", asked -> Said.of(400, asked.body()));

        assertThatThrownBy(() ->
                        load(
                                "auth",
                                Map.of(
                                        "oauth2",
                                        Map.of(
                                                "token_url",
                                                api.url() + "/token",
                                                "client_id",
                                                "ade",
                                                "client_secret",
                                                "${SECRET}",
                                                "refresh_token",
                                                "${SECRET}"))))
                .hasMessageEndingWith("POST %s/token: it answers 400".formatted(api.url()));
    }

    @Test
    void keeps_secrets_from_other_hosts_that_it_is_sent_to() {
        yard.environment("SECRET", "s3cret");
        try (ApiServer other = new ApiServer()) {
            other.at("/else", _ -> Said.of(ROWS));
            api.at("/orders", _ -> Said.of(302, "").with("Location", "/new"))
                    .at("/new", _ -> Said.of(307, "").with("Location", other.url() + "/else"));

            load("auth", Map.of("bearer", "${SECRET}"), "headers", Map.of("X-Team", "${SECRET}"));

            assertThat(api.asked()).containsExactly("GET /orders", "GET /new");
            assertThat(api.last().header("Authorization")).isEqualTo("Bearer s3cret");
            assertThat(other.last().header("Authorization")).isEmpty();
            assertThat(other.last().header("X-Team")).isEmpty();
        }
        api.at("/new", _ -> Said.of(302, "").with("Location", "http://plain.example/"));
        assertThatThrownBy(this::load)
                .hasMessageContaining(
                        "it redirects to http://plain.example/, which can be read on the way");
        api.at("/new", _ -> Said.of(302, "").with("Location", "/orders"));
        assertThatThrownBy(this::load).hasMessageContaining("it redirects more than 5 times");
    }

    @Test
    void says_what_is_wrong_with_settings_before_it_asks() {
        wrong(
                "http://api.example.com/v1",
                "load: http://api.example.com/v1 can be read on the way");
        wrong(
                "ftp://api.example.com/v1",
                "load: it is no address of an API, was 'ftp://api.example.com/v1'");
        wrong(api.url(), "load: there is no key parms", "parms", Map.of());
        wrong(api.url(), "load: rate is none, was 'fast'", "rate", "fast");
        wrong(api.url(), "load: timeout has to be a time, was '5 parsecs'", "timeout", "5 parsecs");
        wrong(
                api.url(),
                "load.pages: cursor and url are both there",
                "pages",
                Map.of("cursor", "a", "url", "b"),
                "rows",
                "x");
        wrong(api.url(), "load.auth: it says nothing", "auth", Map.of());
        wrong(
                api.url(),
                "a secret is written into bearer of load",
                "auth",
                Map.of("bearer", "s3cret"));
        wrong(
                api.url(),
                "load.auth.key: value is a secret that is written there",
                "auth",
                Map.of("key", Map.of("header", "X", "value", "s3cret")));
        wrong(
                api.url(),
                "load: since reads what is new, mode replace throws away what is there",
                "since",
                Map.of("param", "since", "column", "at"));
        wrong(
                api.url(),
                "load: with takes values of the objects around a row, there are none",
                "with",
                Map.of("a", "b"));
        assertThat(api.asked()).isEmpty();
    }

    private void wrong(String url, String message, Object... settings) {
        assertThatThrownBy(() -> yard.look(replaced(with(Map.of("rest", url), settings))))
                .isInstanceOf(AdeException.class)
                .hasMessage("Cannot load shop.orders: " + message);
    }
}
