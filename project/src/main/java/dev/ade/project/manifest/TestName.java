package dev.ade.project.manifest;

import dev.ade.jinja.None;
import dev.ade.jinja.Python;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What dbt calls a generic test that YAML declares. Its unique id has to be the same to the last digit, so that
/// what others kept under it in the past is found again.
///
/// @param word what is called: `unique`, `dbt_utils.expression_is_true`
/// @param target what is tested
/// @param arguments of the call, `column_name` among them, as values of templates
/// @param given the name that the project gives it instead of dbt's
public record TestName(
        String word, Target target, Map<String, Object> arguments, Optional<String> given) {
    private static final int BRIEF_MAX = 63;
    private static final int IDENTIFIER_MAX = 30;
    private static final int HASH_LENGTH = 10;

    public TestName {
        arguments = Map.copyOf(arguments);
    }

    /// What is tested.
    ///
    /// @param label its part of the test's name
    /// @param reference as a template names it: `ref('orders')`
    /// @param prefix of the test's word: `source_`, or nothing
    public record Target(String label, String reference, String prefix) {
        public static Target of(String model) {
            return new Target(model, "ref('%s')".formatted(model), "");
        }

        public static Target of(String model, String version) {
            return new Target(
                    model + "_v" + version,
                    "ref('%s', version='%s')".formatted(model, version),
                    "");
        }

        public static Target ofSource(String source, String table) {
            return new Target(
                    source + "_" + table, "source('%s', '%s')".formatted(source, table), "source_");
        }
    }

    public Optional<String> namespace() {
        int dot = word.indexOf('.');
        return dot < 0 ? Optional.empty() : Optional.of(word.substring(0, dot));
    }

    /// The word without its package.
    public String plain() {
        return word.substring(word.indexOf('.') + 1);
    }

    /// The name it is shown under.
    public String full() {
        return given.orElseGet(() -> identifier() + "_" + flat());
    }

    /// The name of its file and table, shorter where the full one is too long.
    public String brief() {
        String full = full();
        if (given.isPresent() || full.length() <= BRIEF_MAX) {
            return full;
        }
        String identifier = identifier();
        return identifier.substring(0, Math.min(IDENTIFIER_MAX, identifier.length()))
                + "_"
                + md5(full);
    }

    /// @param owner the package that declares it
    public String id(String owner) {
        String hash = md5(full() + Python.repr(hashed(metadata())));
        return "test.%s.%s.%s"
                .formatted(owner, full(), hash.substring(hash.length() - HASH_LENGTH));
    }

    /// dbt's `test_metadata`.
    public Map<String, Object> metadata() {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", plain());
        metadata.put("kwargs", keywords());
        metadata.put("namespace", namespace().<Object>map(it -> it).orElse(None.NONE));
        return metadata;
    }

    private Map<String, Object> keywords() {
        Map<String, Object> keywords = new TreeMap<>(arguments);
        keywords.put("model", "{{ get_where_subquery(%s) }}".formatted(target.reference()));
        return keywords;
    }

    private String identifier() {
        String owner = namespace().map(it -> it + "_").orElse("");
        return owner + target.prefix() + plain() + "_" + target.label();
    }

    private String flat() {
        List<String> parts = new ArrayList<>();
        new TreeMap<>(arguments)
                .values()
                .forEach(argument -> {
                    switch (argument) {
                        case Map<?, ?> map -> map.values().forEach(it -> parts.add(text(it)));
                        case List<?> list -> list.forEach(it -> parts.add(text(it)));
                        default -> parts.add(text(argument));
                    }
                });
        return String.join(
                "__", parts.stream().map(it -> it.replaceAll("[^0-9a-zA-Z_]+", "_")).toList());
    }

    private static String text(Object value) {
        return Python.text(Python.fromJava(value));
    }

    /// Every value as Python's text, keys in order.
    private static Object hashed(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<Object, Object> sorted = new LinkedHashMap<>();
                Map<String, Object> byName = new TreeMap<>();
                map.forEach((key, item) -> byName.put(String.valueOf(key), item));
                byName.forEach((key, item) -> sorted.put(key, hashed(item)));
                yield sorted;
            }
            case List<?> list -> list.stream().map(TestName::hashed).toList();
            default -> text(value);
        };
    }

    /// As dbt hashes names.
    public static String md5(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return "%032x".formatted(new BigInteger(1, digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has MD5", e);
        }
    }
}
