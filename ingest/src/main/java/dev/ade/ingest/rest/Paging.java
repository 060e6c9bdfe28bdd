package dev.ade.ingest.rest;

import java.util.Map;
import java.util.Optional;

/// How the next page is asked for.
sealed interface Paging {
    enum One implements Paging {
        ONE
    }

    /// By the `Link` header with `rel="next"` (RFC 8288).
    enum LinkHeader implements Paging {
        LINK
    }

    /// @param from number of the first page
    /// @param size rows of a full page: a shorter one is the last; empty to go on until a page is empty
    record ByPage(String param, long from, Optional<Long> size) implements Paging {}

    record ByOffset(String param, String limitParam, long limit) implements Paging {}

    /// @param at where the body says the cursor of the next page
    /// @param more where the body says whether there is one
    record ByCursor(String param, JsonPath at, Optional<JsonPath> more) implements Paging {}

    /// @param at where the body says the next page's URL
    record ByUrl(JsonPath at) implements Paging {}

    static Paging of(Given load) {
        Optional<Object> pages = load.value("pages");
        if (pages.isEmpty()) {
            return One.ONE;
        }
        if (pages.get() instanceof String text && text.equals("link")) {
            return LinkHeader.LINK;
        }
        if (!(pages.get() instanceof Map<?, ?>)) {
            throw load.wrong(
                    "pages says nothing known, was '%s'".formatted(pages.get()),
                    "Write pages: link, or a map such as {page: page}");
        }
        Given given = load.section("pages").orElseThrow();
        Paging paging = of(given, given.one("next", "page", "offset", "cursor", "url"));
        given.done();
        return paging;
    }

    private static Paging of(Given given, String kind) {
        return switch (kind) {
            case "next" -> {
                if (!given.needText("next").equals("link")) {
                    throw given.wrong("next has to be link", "For a URL in the body write url:");
                }
                yield LinkHeader.LINK;
            }
            case "page" ->
                    new ByPage(
                            given.needText("page"),
                            given.number("from", 1),
                            given.has("size")
                                    ? Optional.of(given.positive("size", 100))
                                    : Optional.empty());
            case "offset" ->
                    new ByOffset(
                            given.needText("offset"),
                            given.text("limit_param").orElse("limit"),
                            given.positive("limit", 100));
            case "cursor" ->
                    new ByCursor(
                            given.needText("cursor"), given.needPath("at"), given.path("more"));
            default -> new ByUrl(given.needPath("url"));
        };
    }
}
