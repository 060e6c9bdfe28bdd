package dev.ade.ingest.rest;

import dev.ade.model.LoadSpec.Mode;
import dev.ade.spi.Connector;
import dev.ade.spi.Wire;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What `load:` says about an API.
///
/// @param url as it is written: may hold `{since}` and `{until}`
/// @param body sent as JSON; empty for GET
record RestSettings(
        String url,
        Map<String, String> params,
        Map<String, String> headers,
        Optional<Object> body,
        Auth auth,
        Paging paging,
        Optional<Since> since,
        Rows rows,
        Limits limits,
        Cache cache,
        Secrets secrets) {
    private static final Pattern RATE = Pattern.compile("(\\d{1,6}) per ([a-z]+)");

    enum Cache {
        NONE,
        RUN,
        DEV
    }

    enum Missing {
        WRONG,
        EMPTY
    }

    /// What a body is.
    enum Body {
        /// JSON with a list in it.
        LIST,
        /// Objects one after another.
        LINES,
        /// A table, all of it.
        CSV
    }

    /// @param missing what it means that the list is not there
    record Rows(RowPath path, Body body, Missing missing) {}

    /// @param every time between two questions
    /// @param retries after a failure that may pass
    record Limits(
            Duration every, Duration timeout, int retries, long pagesMax, long pageBytesMax) {}

    RestSettings {
        params = new LinkedHashMap<>(params);
        headers = new LinkedHashMap<>(headers);
    }

    static RestSettings of(Connector.Request request) {
        Map<String, Object> settings = Templates.applied(request);
        Secrets secrets = new Secrets();
        dev.ade.spi.Secrets.of(request).forEach(secrets::add);
        Given load = new Given(request, "load", settings);
        String url = load.needText("rest");
        Auth auth = Auth.of(load.section("auth"));
        requirePrivate(load, url, auth);
        requireUnwritten(load, request.load().settings().get("auth"));
        RestSettings found =
                new RestSettings(
                        url,
                        load.texts("params"),
                        load.texts("headers"),
                        load.value("body"),
                        auth,
                        Paging.of(load),
                        Since.of(load),
                        rows(load),
                        limits(load),
                        cache(load),
                        secrets);
        load.done();
        requireSound(request, load, found);
        return found;
    }

    /// The other places of secrets have names that say so.
    private static void requireUnwritten(Given load, @Nullable Object auth) {
        if (auth instanceof Map<?, ?> written
                && written.get("key") instanceof Map<?, ?> key
                && !String.valueOf(key.get("value")).contains("${")) {
            throw load.section("auth")
                    .flatMap(there -> there.section("key"))
                    .orElse(load)
                    .wrong(
                            "value is a secret that is written there",
                            "Put it into an environment variable and write ${ITS_NAME} instead");
        }
    }

    private static void requirePrivate(Given load, String url, Auth auth) {
        boolean isOpen = load.flag("insecure");
        requirePrivate(load, url, isOpen);
        if (auth instanceof Auth.OAuth2(String tokenUrl, var _)) {
            requirePrivate(load, tokenUrl, isOpen);
        }
    }

    private static void requirePrivate(Given load, String url, boolean isOpen) {
        try {
            URI uri = new URI(url.replaceAll("[?#{].*", ""));
            boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (!isHttp || uri.getHost() == null) {
                throw load.wrong(
                        "it is no address of an API, was '%s'".formatted(uri), "Write https://…");
            }
            if (!isOpen && !Wire.isPrivate(uri)) {
                throw load.wrong(
                        "%s can be read on the way".formatted(uri),
                        "Write https://, or insecure: true where that is meant");
            }
        } catch (URISyntaxException e) {
            throw load.wrong("it is no address of an API", "Write https://…");
        }
    }

    private static Rows rows(Given load) {
        String text = load.text("rows").orElse("");
        Map<String, JsonPath> with = load.paths("with");
        Map<String, JsonPath> pick = load.paths("pick");
        Body body =
                switch (text) {
                    case "lines" -> Body.LINES;
                    case "csv" -> Body.CSV;
                    default -> Body.LIST;
                };
        Missing missing = text.endsWith("?") ? Missing.EMPTY : Missing.WRONG;
        String path = body == Body.LIST ? text.replaceAll("\\?$", "") : "";
        RowPath found =
                RowPath.parse(path, with, pick)
                        .orElseThrow(() ->
                                load.wrong(
                                        "rows is no path, was '%s'".formatted(text),
                                        "Write rows: data.orders, or data.orders[].items"));
        if (!with.isEmpty() && found.nested().isEmpty()) {
            throw load.wrong(
                    "with takes values of the objects around a row, there are none",
                    "Write rows: list[].list, or leave out with");
        }
        return new Rows(found, body, missing);
    }

    private static Limits limits(Given load) {
        Duration every =
                load.text("rate")
                        .map(text -> {
                            Matcher rate = RATE.matcher(text);
                            Optional<Duration> unit =
                                    rate.matches() ? Given.unit(rate.group(2)) : Optional.empty();
                            if (unit.isEmpty() || Long.parseLong(rate.group(1)) == 0) {
                                throw load.wrong(
                                        "rate is none, was '%s'".formatted(text),
                                        "Write rate: 5 per second");
                            }
                            return unit.get().dividedBy(Long.parseLong(rate.group(1)));
                        })
                        .orElse(Duration.ZERO);
        return new Limits(
                every,
                load.duration("timeout", Duration.ofSeconds(60)),
                Math.clamp(load.number("retries", 5), 0, 20),
                load.positive("pages_max", 100_000),
                load.bytes("page_max", 64L << 20));
    }

    private static Cache cache(Given load) {
        return switch (load.text("cache").orElse("none")) {
            case "none" -> Cache.NONE;
            case "run" -> Cache.RUN;
            case "dev" -> Cache.DEV;
            default -> throw load.wrong("cache is unknown", "Write cache: run, or cache: dev");
        };
    }

    private static void requireSound(Connector.Request request, Given load, RestSettings found) {
        Mode mode = request.load().mode();
        requireWhole(load, found);
        found.since()
                .ifPresent(since -> {
                    if (mode == Mode.REPLACE) {
                        throw load.wrong(
                                "since reads what is new, mode replace throws away what is there",
                                "Add mode: merge and key:, or mode: append");
                    }
                    if (since.param().isPresent() == found.hasPlace()) {
                        throw load.wrong(
                                "since needs one place in the request",
                                "Add param: to since, or write {since} into params, body or the URL");
                    }
                    if (since.param().isEmpty() && since.first().isEmpty()) {
                        throw load.wrong("{since} has no value at first", "Add first: to since");
                    }
                });
        if (found.since().isEmpty() && mode == Mode.APPEND) {
            throw load.wrong(
                    "mode append without since would add all rows again each time",
                    "Add since: {param: …, column: …}, or mode: merge and key:, or mode: replace");
        }
        if (found.since().isEmpty() && found.hasPlace()) {
            throw load.wrong(
                    "{since} stands there without since", "Add since: {column: …, first: …}");
        }
    }

    private static void requireWhole(Given load, RestSettings found) {
        boolean isPart =
                found.since().isPresent()
                        || found.paging() != Paging.One.ONE
                        || !found.rows().path().pick().isEmpty();
        if (found.rows().body() == Body.CSV && isPart) {
            throw load.wrong(
                    "rows: csv is one table, read whole",
                    "Leave out pages, since and pick; columns: types it");
        }
    }

    private boolean hasPlace() {
        return (url + params.values() + body.map(Object::toString).orElse("")).contains("{since}");
    }

    /// Without what is secret.
    @Override
    public String toString() {
        return "RestSettings[" + secrets.scrub(url) + "]";
    }
}
