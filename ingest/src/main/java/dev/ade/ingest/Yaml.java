package dev.ade.ingest;

import dev.ade.model.Column;
import dev.ade.model.Grain;
import dev.ade.model.LoadSpec;
import dev.ade.model.LoadSpec.Format;
import dev.ade.model.LoadSpec.Mode;
import dev.ade.model.Treatment;
import dev.ade.model.Wording;
import dev.ade.spi.Privacy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Declarations as lines of sources.yml.
final class Yaml {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_ ./-]*");
    private static final List<String> RESERVED =
            List.of("true", "false", "yes", "no", "on", "off", "null", "y", "n");

    private Yaml() {}

    static String scalar(String text) {
        boolean isPlain =
                PLAIN.matcher(text).matches()
                        && !RESERVED.contains(Expected.lower(text))
                        && text.equals(text.strip());
        return isPlain
                ? text
                : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\t", "\\t") + '"';
    }

    static String load(LoadSpec.Files files) {
        List<String> parts = new ArrayList<>();
        parts.add(
                "files: "
                        + (files.patterns().size() == 1
                                ? scalar(files.patterns().getFirst())
                                : list(files.patterns())));
        if (files.format() != Format.AUTO) {
            parts.add("format: " + Wording.of(files.format()));
        }
        if (files.mode() != Mode.APPEND) {
            parts.add("mode: " + Wording.of(files.mode()));
        }
        if (!files.key().isEmpty()) {
            parts.add("key: " + list(files.key()));
        }
        if (!files.options().isEmpty()) {
            parts.add("options: " + options(files.options()));
        }
        if (!files.sftp().isEmpty()) {
            parts.add("sftp: " + options(files.sftp()));
        }
        return "{" + String.join(", ", parts) + "}";
    }

    private static String options(Map<String, Object> options) {
        return new TreeMap<>(options)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + value(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String value(Object value) {
        return switch (value) {
            case Number number -> number.toString();
            case Boolean flag -> flag.toString();
            case List<?> many -> list(many.stream().map(String::valueOf).toList());
            case Map<?, ?> map ->
                    map.entrySet().stream()
                            .map(entry ->
                                    scalar(String.valueOf(entry.getKey()))
                                            + ": "
                                            + value(entry.getValue()))
                            .collect(Collectors.joining(", ", "{", "}"));
            default -> scalar(value.toString());
        };
    }

    static String map(Map<String, Object> entries) {
        return entries.entrySet().stream()
                .map(entry -> scalar(entry.getKey()) + ": " + value(entry.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String list(List<String> texts) {
        return texts.stream().map(Yaml::scalar).collect(Collectors.joining(", ", "[", "]"));
    }

    /// A column with its type, and its privacy where it is personal.
    static String column(Column column, Privacy.Decision decision) {
        String type = column.type().text();
        boolean isPlain = type.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == ' ');
        String line =
                "{name: %s, data_type: %s"
                        .formatted(
                                scalar(column.name()),
                                isPlain ? type : '\'' + type.replace("'", "''") + '\'');
        return decision.isPlain()
                ? line + "}"
                : line
                        + ", privacy: {class: %s, treat: %s}}"
                                .formatted(
                                        scalar(decision.dataClass()),
                                        treatment(decision.treatment()));
    }

    private static String treatment(Treatment treatment) {
        String details =
                switch (treatment) {
                    case Treatment.Keep _, Treatment.Drop _ -> "";
                    case Treatment.Pseudonym(String realm) -> realm(realm);
                    case Treatment.Token(String realm) -> realm(realm);
                    case Treatment.Mask(int first, int last) ->
                            ", keep_first: %d, keep_last: %d".formatted(first, last);
                    case Treatment.FormatPreserving(String realm, Treatment.Alphabet alphabet) ->
                            realm(realm) + ", alphabet: " + Wording.of(alphabet);
                    case Treatment.Generalise(Treatment.Coarsening to) -> ", to: " + to(to);
                };
        return treatment.word() + details;
    }

    private static String realm(String realm) {
        return realm.equals(Treatment.DEFAULT_REALM) ? "" : ", realm: " + scalar(realm);
    }

    private static String to(Treatment.Coarsening to) {
        return switch (to) {
            case Treatment.Coarsening.ToGrain(Grain grain) -> Wording.of(grain);
            case Treatment.Coarsening.ToBucket(double width) -> "{bucket: %s}".formatted(width);
            case Treatment.Coarsening.ToPrefix(int characters) ->
                    "{prefix: %d}".formatted(characters);
            case Treatment.Coarsening.ToNetwork(int ipv4, int ipv6) ->
                    "{network: {ipv4: %d, ipv6: %d}}".formatted(ipv4, ipv6);
        };
    }
}
