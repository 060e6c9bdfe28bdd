package dev.ade.ingest.rest;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What an API said to a call.
///
/// @param uri that answered in the end
/// @param links values of the `Link` header
// never compared, and not copied: pages are large
@SuppressWarnings("ArrayRecordComponent")
record Answer(URI uri, List<String> links, byte[] body) {
    private static final Pattern LINK = Pattern.compile("<([^>]*)>([^<]*)");
    private static final Pattern NEXT =
            Pattern.compile("(?i);\\s*rel\\s*=\\s*\"?([^\";,]*\\s)?next[\\s\";,]?");

    Answer {
        links = List.copyOf(links);
    }

    Optional<String> next() {
        for (String header : links) {
            Matcher link = LINK.matcher(header);
            while (link.find()) {
                if (NEXT.matcher(link.group(2)).find()) {
                    return Optional.of(link.group(1));
                }
            }
        }
        return Optional.empty();
    }
}
