package dev.ade.ingest.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// How far a reading got: the largest value of a column, and which items were there at it or within the overlap. An API
/// gives these again, beside others that came since with the very same value: only what an item holds tells them apart.
///
/// @param seen digests of items; empty where rows are told apart by their key
record Reached(String value, Set<String> seen) {
    /// More would make the position, which is kept with the dataset, larger than 120 kB.
    static final int SEEN_MAX = 10_000;

    private static final String SEPARATOR = "\n";
    private static final int DIGEST_BYTES = 8;
    private static final JsonFactory JSON = new JsonFactory();

    Reached {
        seen = Set.copyOf(seen);
    }

    static Reached of(String position) {
        List<String> parts = List.of(position.split(SEPARATOR, -1));
        return new Reached(
                parts.getFirst(), Set.copyOf(new TreeSet<>(parts.subList(1, parts.size()))));
    }

    /// As it is published with the rows.
    String position() {
        return seen.isEmpty()
                ? value
                : value + SEPARATOR + String.join(SEPARATOR, new TreeSet<>(seen));
    }

    /// 64 bits of what an item holds, whatever the order of its fields.
    static String digest(Json item) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            Json.write(sorted(item), out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] hash = sha256(bytes.toByteArray());
        return new String(
                Base64.getUrlEncoder().withoutPadding().encode(Arrays.copyOf(hash, DIGEST_BYTES)),
                StandardCharsets.US_ASCII);
    }

    private static Json sorted(Json value) {
        return switch (value) {
            case Json.Obj(Map<String, Json> fields) -> {
                Map<String, Json> sorted = new TreeMap<>(fields);
                sorted.replaceAll((_, field) -> sorted(field));
                yield new Json.Obj(sorted);
            }
            case Json.Arr(List<Json> items) ->
                    new Json.Arr(items.stream().map(Reached::sorted).toList());
            case Json.Text _, Json.Num _, Json.Bool _, Json.Null _ -> value;
        };
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }
}
