package dev.ade.ingest.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Goes through the body of one answer once. Holds one item of the page's list at a time.
final class PageReader {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int LISTS_MAX = 10;

    private final List<String> records;
    private final ItemSink sink;
    private final Map<List<String>, String> scalars = new HashMap<>();
    private final Set<String> lists = new LinkedHashSet<>();
    private final List<String> at = new ArrayList<>();
    private Optional<Json> last = Optional.empty();
    private boolean isFound;
    private long items;

    interface ItemSink {
        void take(Json item) throws IOException;
    }

    /// @param scalars of the body outside of lists, by the names that lead to them
    /// @param last item of the page's list
    /// @param isFound whether the page's list was there at all
    /// @param lists paths of the lists that were passed by, for a message
    record Page(
            Map<List<String>, String> scalars,
            Optional<Json> last,
            long items,
            boolean isFound,
            Set<String> lists) {}

    private PageReader(List<String> records, ItemSink sink) {
        this.records = records;
        this.sink = sink;
    }

    /// @param records names that lead to the page's list
    static Page read(byte[] body, List<String> records, ItemSink sink) throws IOException {
        PageReader reader = new PageReader(records, sink);
        try (JsonParser in = FACTORY.createParser(body)) {
            if (in.nextToken() != null) {
                reader.value(in);
            }
        }
        return reader.page();
    }

    /// A body of objects one after another, as NDJSON is.
    static Page lines(byte[] body, ItemSink sink) throws IOException {
        PageReader reader = new PageReader(List.of(), sink);
        try (JsonParser in = FACTORY.createParser(body)) {
            while (in.nextToken() != null) {
                reader.item(in);
            }
        }
        reader.isFound = true;
        return reader.page();
    }

    private Page page() {
        return new Page(scalars, last, items, isFound, lists);
    }

    private void value(JsonParser in) throws IOException {
        JsonToken token = in.currentToken();
        if (token == JsonToken.START_OBJECT) {
            while (in.nextToken() != JsonToken.END_OBJECT) {
                at.add(in.currentName());
                in.nextToken();
                value(in);
                at.removeLast();
            }
        } else if (token == JsonToken.START_ARRAY) {
            list(in);
        } else if (token == JsonToken.VALUE_NULL) {
            isFound |= at.equals(records);
        } else {
            scalars.put(List.copyOf(at), in.getText());
        }
    }

    private void list(JsonParser in) throws IOException {
        if (!at.equals(records)) {
            if (lists.size() < LISTS_MAX) {
                lists.add(String.join(".", at));
            }
            in.skipChildren();
            return;
        }
        isFound = true;
        while (in.nextToken() != JsonToken.END_ARRAY) {
            item(in);
        }
    }

    private void item(JsonParser in) throws IOException {
        Json item = Json.read(in);
        items++;
        last = Optional.of(item);
        sink.take(item);
    }
}
