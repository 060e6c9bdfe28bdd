package dev.ade.ingest.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.ade.model.AdeException;
import dev.ade.spi.Connector;
import dev.ade.spi.Wire;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;

/// Asks one API for one reading: proves who asks, keeps the rate, goes where it is redirected, and asks again after
/// failures that may pass. Used by one thread.
final class Exchange {
    private static final Duration PAUSE_MAX = Duration.ofMinutes(5);
    private static final int REDIRECTS_MAX = 5;

    private final Connector.Request request;
    private final RestSettings settings;
    private final HttpClient client;
    private final Waits waits;
    private Optional<String> token = Optional.empty();

    Exchange(Connector.Request request, RestSettings settings, HttpClient client, Waits waits) {
        this.request = request;
        this.settings = settings;
        this.client = client;
        this.waits = waits;
    }

    /// What came of one attempt.
    private sealed interface Attempt {
        record Came(HttpResponse<byte[]> response) implements Attempt {}

        record Broke(String how) implements Attempt {}
    }

    /// @throws AdeException RESOURCE where the API does not answer, or refuses
    Answer ask(Call call) {
        HttpResponse<byte[]> response = persist(call, this::signed);
        boolean isRenewable = settings.auth() instanceof Auth.OAuth2;
        if (response.statusCode() == 401 && isRenewable) {
            token = Optional.empty();
            response = persist(call, this::signed);
        }
        return answer(call, response);
    }

    private Answer answer(Call call, HttpResponse<byte[]> response) {
        byte[] body = body(call, response);
        if (response.statusCode() / 100 != 2) {
            throw error(call, Refusal.reason(response, body), Refusal.NEXT);
        }
        // without what was added to prove who asks
        boolean isThere = path(response.uri()).equals(path(call.uri()));
        URI uri = isThere ? call.uri() : response.uri();
        return new Answer(uri, response.headers().allValues("Link"), body);
    }

    private static String path(URI uri) {
        return uri.toString().replaceAll("[?#].*", "");
    }

    private byte[] body(Call call, HttpResponse<byte[]> response) {
        boolean isPacked =
                response.headers()
                        .firstValue("Content-Encoding")
                        .filter(how -> how.toLowerCase(Locale.ROOT).contains("gzip"))
                        .isPresent();
        try {
            return isPacked
                    ? LimitedBody.gunzip(response.body(), settings.limits().pageBytesMax())
                    : response.body();
        } catch (LimitedBody.TooLarge e) {
            throw tooLarge(call, e);
        } catch (IOException e) {
            throw failed(call, "what came is no gzip");
        }
    }

    private interface Signer {
        HttpRequest sign(Call call);
    }

    private HttpResponse<byte[]> persist(Call call, Signer signer) {
        for (int failed = 0; ; failed++) {
            Attempt attempt = attempt(call, signer);
            if (attempt instanceof Attempt.Came(var response) && !mayPass(response)) {
                return response;
            }
            boolean isLast = failed >= settings.limits().retries();
            switch (attempt) {
                case Attempt.Broke(String how) when isLast ->
                        throw failed(call, "%s, %d times".formatted(how, failed + 1));
                case Attempt.Broke _ -> waits.pause(waits.backoff(failed));
                case Attempt.Came(var response) when isLast -> {
                    return response;
                }
                case Attempt.Came(var response) -> waits.pause(pause(call, response, failed));
            }
        }
    }

    /// Too many questions, or the server's own failure. Some say 403 to too many.
    private static boolean mayPass(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        return status == 429
                || status == 408
                || (status >= 500 && status != 501)
                || (status == 403 && response.headers().firstValue("Retry-After").isPresent());
    }

    private Duration pause(Call call, HttpResponse<byte[]> response, int failed) {
        Optional<Duration> asked =
                response.headers().firstValue("Retry-After").flatMap(waits::after);
        if (asked.isPresent() && asked.get().compareTo(PAUSE_MAX) > 0) {
            throw failed(
                    call,
                    "it answers %d and wants to be left alone for %d s, longer than %d s"
                            .formatted(
                                    response.statusCode(),
                                    asked.get().toSeconds(),
                                    PAUSE_MAX.toSeconds()));
        }
        return asked.orElseGet(() -> waits.backoff(failed));
    }

    /// One question with its redirects.
    private Attempt attempt(Call call, Signer signer) {
        Call next = call;
        for (int redirects = 0; redirects <= REDIRECTS_MAX; redirects++) {
            waits.turn(String.valueOf(next.uri().getHost()), settings.limits().every());
            boolean isHome = Call.isSameOrigin(call.uri(), next.uri());
            Attempt attempt = send(next, isHome ? signer.sign(next) : plain(next).build());
            if (!(attempt instanceof Attempt.Came(var response)) || !isRedirect(response)) {
                return attempt;
            }
            next = redirected(next, response);
        }
        throw failed(call, "it redirects more than %d times".formatted(REDIRECTS_MAX));
    }

    private static boolean isRedirect(HttpResponse<byte[]> response) {
        return switch (response.statusCode()) {
            case 301, 302, 303, 307, 308 -> response.headers().firstValue("Location").isPresent();
            default -> false;
        };
    }

    /// What a redirect says about another host is asked there without secrets, and never in the open.
    private Call redirected(Call call, HttpResponse<byte[]> response) {
        URI to = resolve(call, response.headers().firstValue("Location").orElseThrow());
        boolean isKept = response.statusCode() == 307 || response.statusCode() == 308;
        boolean isHome = Call.isSameOrigin(call.uri(), to);
        if (!isHome && call.body().isPresent() && isKept) {
            throw failed(call, "it redirects what is sent to " + to.getHost());
        }
        if (Wire.isPrivate(call.uri()) && !Wire.isPrivate(to)) {
            throw failed(
                    call,
                    "it redirects to %s, which can be read on the way".formatted(Call.shown(to)));
        }
        if (InnerNetwork.isEnteredBy(call.uri(), to)) {
            throw failed(
                    call,
                    "it redirects to %s, which is this machine or in a network of its own"
                            .formatted(Call.shown(to)));
        }
        return new Call(to, isKept ? call.body() : Optional.empty());
    }

    /// @param address that an answer named, relative to what was asked
    URI resolve(Call call, String address) {
        try {
            return call.uri().resolve(address.replace(" ", "%20"));
        } catch (IllegalArgumentException e) {
            throw failed(call, "it names an address that is none");
        }
    }

    private Attempt send(Call call, HttpRequest signed) {
        Duration timeout = settings.limits().timeout();
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(signed, _ -> new LimitedBody(settings.limits().pageBytesMax()));
        try {
            return new Attempt.Came(answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            answer.cancel(true);
            return new Attempt.Broke("no answer within %d s".formatted(timeout.toSeconds()));
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw AdeException.cancelled("Reading an API was stopped");
        } catch (ExecutionException e) {
            return broke(call, e.getCause() == null ? e : e.getCause());
        }
    }

    private Attempt broke(Call call, Throwable cause) {
        return switch (cause) {
            case LimitedBody.TooLarge large -> throw tooLarge(call, large);
            case HttpTimeoutException _ -> new Attempt.Broke("no answer in time");
            case SSLException ssl ->
                    throw failed(call, "its certificate is not trusted: " + ssl.getMessage());
            case IOException io ->
                    new Attempt.Broke(
                            io instanceof java.net.ConnectException
                                    ? "nobody answers there"
                                    : "the connection broke");
            default -> throw failed(call, cause.getClass().getSimpleName());
        };
    }

    private HttpRequest signed(Call call) {
        return switch (settings.auth()) {
            case Auth.None _ -> own(call).build();
            case Auth.Header(String name, String value) -> own(call).setHeader(name, value).build();
            case Auth.Param(String name, String value) ->
                    own(new Call(Calls.with(call.uri(), Map.of(name, value)), call.body())).build();
            case Auth.OAuth2 oauth2 ->
                    own(call).setHeader("Authorization", "Bearer " + token(oauth2)).build();
        };
    }

    private HttpRequest.Builder own(Call call) {
        HttpRequest.Builder builder = plain(call);
        settings.headers().forEach(builder::setHeader);
        return builder;
    }

    private HttpRequest.Builder plain(Call call) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(call.uri())
                        .timeout(settings.limits().timeout())
                        .header(
                                "Accept",
                                settings.rows().body() == RestSettings.Body.CSV
                                        ? "text/csv"
                                        : "application/json")
                        .header("Accept-Encoding", "gzip")
                        .header("User-Agent", "ade");
        if ("http".equals(call.uri().getScheme())) {
            builder.version(HttpClient.Version.HTTP_1_1);
        }
        call.body()
                .ifPresent(body ->
                        builder.header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body)));
        return builder;
    }

    private String token(Auth.OAuth2 oauth2) {
        if (token.isEmpty()) {
            token = Optional.of(fetched(oauth2));
            settings.secrets().add(token.get());
        }
        return token.get();
    }

    private String fetched(Auth.OAuth2 oauth2) {
        String form =
                oauth2.form().entrySet().stream()
                        .map(field ->
                                Calls.encode(field.getKey()) + "=" + Calls.encode(field.getValue()))
                        .collect(Collectors.joining("&"));
        Call call = new Call(URI.create(oauth2.tokenUrl()), Optional.of(form));
        HttpResponse<byte[]> response =
                persist(
                        call,
                        it ->
                                plain(it)
                                        .setHeader(
                                                "Content-Type", "application/x-www-form-urlencoded")
                                        .build());
        Answer answer = answer(call, response);
        try (JsonParser in = new JsonFactory().createParser(answer.body())) {
            in.nextToken();
            return new JsonPath(java.util.List.of(new JsonPath.Step.Field("access_token")))
                    .find(Json.read(in))
                    .flatMap(Json::scalar)
                    .orElseThrow(() -> failed(call, "its answer has no access_token"));
        } catch (IOException e) {
            throw failed(call, "its answer is no JSON");
        }
    }

    private AdeException tooLarge(Call call, LimitedBody.TooLarge e) {
        return error(
                call,
                String.valueOf(e.getMessage()),
                "Ask for fewer rows a page, or raise page_max in load");
    }

    AdeException failed(Call call, String reason) {
        return error(
                call,
                reason,
                "Nothing was published. Check the address, what its key may read, and whether the API is up; run again");
    }

    AdeException error(Call call, String reason, String next) {
        String what = "%s %s".formatted(call.method(), Call.shown(call.uri()));
        return AdeException.resource(
                        settings.secrets()
                                .scrub(
                                        "Cannot read %s from %s: %s"
                                                .formatted(request.source().name(), what, reason)),
                        next)
                .at(request.source().location());
    }
}
