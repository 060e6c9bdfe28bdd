package dev.ade.ingest.rest;

import dev.ade.ingest.rest.JsonPath.Step;
import dev.ade.ingest.rest.PageReader.Page;
import dev.ade.model.AdeException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Goes from page to page. A page that was asked for already is an error, so that no reading is without end.
final class Pager {
    private final RestSettings settings;
    private final Calls calls;
    private final Exchange exchange;
    private final Set<Call> asked = new HashSet<>();
    private long at;
    private long pages;

    Pager(RestSettings settings, Calls calls, Exchange exchange) {
        this.settings = settings;
        this.calls = calls;
        this.exchange = exchange;
    }

    Call first() {
        Call first =
                switch (settings.paging()) {
                    case Paging.One _, Paging.LinkHeader _, Paging.ByCursor _, Paging.ByUrl _ ->
                            calls.page(Map.of());
                    case Paging.ByPage(String param, long from, var _) -> {
                        at = from;
                        yield calls.page(Map.of(param, number(at)));
                    }
                    case Paging.ByOffset offset -> offset(offset);
                };
        asked.add(first);
        return first;
    }

    private Call offset(Paging.ByOffset offset) {
        return calls.page(
                Map.of(offset.param(), number(at), offset.limitParam(), number(offset.limit())));
    }

    private static Json number(long number) {
        return new Json.Num(String.valueOf(number));
    }

    /// @return empty where `page` was the last
    Optional<Call> next(Call call, Answer answer, Page page) {
        Optional<Call> next = found(call, answer, page);
        if (next.isEmpty()) {
            return next;
        }
        if (!asked.add(next.get())) {
            if (page.items() == 0) {
                return Optional.empty();
            }
            throw exchange.error(
                    call,
                    "its next page is one that was read already, " + Call.shown(next.get().uri()),
                    "Check pages in load: where the API says what comes next");
        }
        pages++;
        if (pages >= settings.limits().pagesMax()) {
            throw exchange.error(
                    call,
                    "it has more than %,d pages".formatted(settings.limits().pagesMax()),
                    "Ask for more rows a page, or raise pages_max in load");
        }
        return next;
    }

    private Optional<Call> found(Call call, Answer answer, Page page) {
        return switch (settings.paging()) {
            case Paging.One _ -> Optional.empty();
            case Paging.LinkHeader _ -> answer.next().map(url -> follow(call, answer, url));
            case Paging.ByPage(String param, long _, Optional<Long> size) -> {
                at++;
                yield page.items() == 0 || size.filter(full -> page.items() < full).isPresent()
                        ? Optional.empty()
                        : Optional.of(calls.page(Map.of(param, number(at))));
            }
            case Paging.ByOffset offset -> {
                // by what came: an API may give less than the limit on every page
                at += page.items();
                yield page.items() == 0 ? Optional.empty() : Optional.of(offset(offset));
            }
            case Paging.ByCursor(String param, JsonPath where, Optional<JsonPath> more) ->
                    more.flatMap(path -> scalar(page, path)).filter("false"::equals).isPresent()
                            ? Optional.empty()
                            : scalar(page, where)
                                    .filter(cursor -> !cursor.isEmpty())
                                    .map(cursor ->
                                            calls.page(Map.of(param, new Json.Text(cursor))));
            case Paging.ByUrl(JsonPath where) ->
                    scalar(page, where)
                            .filter(url -> !url.isEmpty())
                            .map(url -> follow(call, answer, url));
        };
    }

    private Call follow(Call call, Answer answer, String url) {
        URI next = exchange.resolve(new Call(answer.uri(), Optional.empty()), url);
        if (!Call.isSameOrigin(call.uri(), next)) {
            throw otherHost(call, next);
        }
        return new Call(next, call.body());
    }

    private AdeException otherHost(Call call, URI next) {
        return exchange.error(
                call,
                "its next page is at another host, " + next.getHost(),
                "Secrets are not sent to a host that load does not name: name that host in rest:");
    }

    /// A value of the body, or of the last item of the page's list: `data[-1].id`.
    private Optional<String> scalar(Page page, JsonPath where) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < where.steps().size(); i++) {
            switch (where.steps().get(i)) {
                case Step.Field(String name) -> names.add(name);
                case Step.Index(int place) -> {
                    if (place != -1 || !names.equals(settings.rows().path().records())) {
                        return Optional.empty();
                    }
                    JsonPath rest =
                            new JsonPath(where.steps().subList(i + 1, where.steps().size()));
                    return page.last().flatMap(rest::find).flatMap(Json::scalar);
                }
            }
        }
        return Optional.ofNullable(page.scalars().get(names));
    }
}
