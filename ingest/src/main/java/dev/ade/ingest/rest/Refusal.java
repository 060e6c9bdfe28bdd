package dev.ade.ingest.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a message may say of an answer that is none: its body often repeats what was asked, or shows rows.
final class Refusal {
    static final String NEXT =
            "Nothing was published. Its body may show data, so it is not shown: ask the same with curl to see it. Check the address, what its key may read, and whether the API is up; run again";
    private static final Pattern TYPE = Pattern.compile("[\\w.+-]+/[\\w.+-]+");
    private static final Pattern CODE = Pattern.compile("[A-Za-z_.-]{1,40}");
    private static final List<String> CODES = List.of("error", "code", "type");

    private Refusal() {}

    /// @param body of the response, unpacked
    static String reason(HttpResponse<byte[]> response, byte[] body) {
        Optional<String> type =
                response.headers()
                        .firstValue("Content-Type")
                        .map(it -> it.replaceFirst(";.*", "").strip())
                        .filter(it -> TYPE.matcher(it).matches());
        return "it answers "
                + response.statusCode()
                + type.map(it -> " (" + it + ")").orElse("")
                + code(body).map(it -> ": " + it).orElse("");
    }

    private static Optional<String> code(byte[] body) {
        try (JsonParser in = new JsonFactory().createParser(body)) {
            return in.nextToken() == null ? Optional.empty() : code(Json.read(in));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> code(Json said) {
        if (!(said instanceof Json.Obj(var fields))) {
            return Optional.empty();
        }
        return CODES.stream()
                .flatMap(name -> Optional.ofNullable(fields.get(name)).stream())
                .flatMap(value ->
                        value instanceof Json.Text(String text)
                                ? Optional.of(text).stream()
                                : code(value).stream())
                .filter(text -> CODE.matcher(text).matches())
                .findFirst();
    }
}
