package dev.ade.ingest.rest;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Who asks. What is in it is never printed.
sealed interface Auth {
    enum None implements Auth {
        NONE
    }

    /// A header that proves it: a bearer token, a name with a password, a key.
    record Header(String name, String value) implements Auth {
        @Override
        public String toString() {
            return "Header[" + name + "]";
        }
    }

    /// A parameter of the URL.
    record Param(String name, String value) implements Auth {
        @Override
        public String toString() {
            return "Param[" + name + "]";
        }
    }

    /// A token that is fetched first.
    ///
    /// @param form what is sent for it
    record OAuth2(String tokenUrl, Map<String, String> form) implements Auth {
        public OAuth2 {
            form = new TreeMap<>(form);
        }

        @Override
        public String toString() {
            return "OAuth2[" + tokenUrl + "]";
        }
    }

    static Auth of(Optional<Given> given) {
        if (given.isEmpty()) {
            return None.NONE;
        }
        Given auth = given.get();
        String kind = auth.one("bearer", "key", "basic", "oauth2");
        Auth found =
                switch (kind) {
                    case "bearer" ->
                            new Header("Authorization", "Bearer " + auth.needText("bearer"));
                    case "key" -> key(auth.section("key").orElseThrow());
                    case "basic" -> basic(auth.section("basic").orElseThrow());
                    default -> oauth2(auth.section("oauth2").orElseThrow());
                };
        auth.done();
        return found;
    }

    private static Auth key(Given key) {
        String value = key.needText("value");
        String place = key.one("header", "query");
        String name = key.needText(place);
        key.done();
        return place.equals("header") ? new Header(name, value) : new Param(name, value);
    }

    private static Auth basic(Given basic) {
        String login = basic.needText("user") + ":" + basic.text("password").orElse("");
        basic.done();
        byte[] bytes = login.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return new Header(
                "Authorization", "Basic " + java.util.Base64.getEncoder().encodeToString(bytes));
    }

    private static Auth oauth2(Given oauth2) {
        String url = oauth2.needText("token_url");
        Map<String, String> form = new TreeMap<>();
        Optional<String> refresh = oauth2.text("refresh_token");
        form.put("grant_type", refresh.isPresent() ? "refresh_token" : "client_credentials");
        refresh.ifPresent(token -> form.put("refresh_token", token));
        form.put("client_id", oauth2.needText("client_id"));
        oauth2.text("client_secret").ifPresent(secret -> form.put("client_secret", secret));
        oauth2.text("scope").ifPresent(scope -> form.put("scope", scope));
        oauth2.text("audience").ifPresent(audience -> form.put("audience", audience));
        oauth2.done();
        return new OAuth2(url, form);
    }
}
