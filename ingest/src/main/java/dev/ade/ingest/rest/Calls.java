package dev.ade.ingest.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Writes the calls of one reading.
final class Calls {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final RestSettings settings;
    private final String from;
    private final String until;
    private final Map<String, String> params;

    /// @param from where the reading begins, as the API takes it
    Calls(RestSettings settings, Optional<String> from, Instant now) {
        this.settings = settings;
        this.from = from.orElse("");
        this.until = settings.since().map(since -> since.written(now)).orElse(now.toString());
        this.params = new LinkedHashMap<>();
        settings.params().forEach((name, value) -> params.put(name, filled(value)));
        settings.since()
                .flatMap(Since::param)
                .ifPresent(name -> from.ifPresent(value -> params.put(name, value)));
    }

    /// @param page parameters of the page; in the body where there is one, else in the URL
    Call page(Map<String, Json> page) {
        Map<String, String> query = new LinkedHashMap<>(params);
        Optional<String> body = settings.body().map(given -> body(given, page));
        if (body.isEmpty()) {
            new TreeMap<>(page)
                    .forEach((name, value) -> query.put(name, value.scalar().orElse("")));
        }
        return new Call(with(URI.create(encoded(filled(settings.url()))), query), body);
    }

    private String filled(String text) {
        return text.replace("{since}", from).replace("{until}", until);
    }

    private static String encoded(String url) {
        return url.replace(" ", "%20");
    }

    private String body(Object given, Map<String, Json> page) {
        Json body = filled(Json.of(given));
        if (body instanceof Json.Obj(Map<String, Json> fields)) {
            Map<String, Json> all = new LinkedHashMap<>(fields);
            all.putAll(new TreeMap<>(page));
            body = new Json.Obj(all);
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(text)) {
            Json.write(body, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private Json filled(Json value) {
        return switch (value) {
            case Json.Text(String text) -> new Json.Text(filled(text));
            case Json.Arr(var items) -> new Json.Arr(items.stream().map(this::filled).toList());
            case Json.Obj(var fields) -> {
                Map<String, Json> filled = new LinkedHashMap<>();
                fields.forEach((name, one) -> filled.put(name, filled(one)));
                yield new Json.Obj(filled);
            }
            case Json.Num _, Json.Bool _, Json.Null _ -> value;
        };
    }

    /// The URI with parameters added; those of the same name go.
    static URI with(URI uri, Map<String, String> params) {
        if (params.isEmpty()) {
            return uri;
        }
        Map<String, String> all = new LinkedHashMap<>();
        if (uri.getRawQuery() != null) {
            for (String part : uri.getRawQuery().split("&", -1)) {
                all.put(part, part);
            }
        }
        params.forEach((name, value) -> {
            all.keySet().removeIf(part -> part.startsWith(encode(name) + "="));
            all.put(encode(name) + "=", encode(name) + "=" + encode(value));
        });
        String text = uri.toString().replaceAll("[?#].*", "");
        return URI.create(text + all.values().stream().collect(Collectors.joining("&", "?", "")));
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
