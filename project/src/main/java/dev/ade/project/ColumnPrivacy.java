package dev.ade.project;

import dev.ade.model.AdeException;
import dev.ade.model.Grain;
import dev.ade.model.PrivacySpec;
import dev.ade.model.Treatment;
import dev.ade.model.Treatment.Alphabet;
import dev.ade.model.Treatment.Coarsening;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Reads what `privacy:` of a column says: beside its name, under `config:`, or under `meta:`, where dbt wants keys of others.
final class ColumnPrivacy {
    private static final String KEY = "privacy";
    private static final int IPV6_BITS = 48;
    private static final Set<String> TREATMENTS =
            Set.of("keep", "drop", "pseudonym", "mask", "generalise", "generalize", "token", "fpe");

    private ColumnPrivacy() {}

    static Optional<PrivacySpec> of(Section column) {
        Optional<Section> config = mapping(column, "config");
        List<Section> said =
                Stream.of(
                                Optional.of(column).filter(it -> it.value(KEY).isPresent()),
                                config.filter(it -> it.value(KEY).isPresent()),
                                config.flatMap(it -> mapping(it, "meta"))
                                        .filter(ColumnPrivacy::isMeant),
                                mapping(column, "meta").filter(ColumnPrivacy::isMeant))
                        .flatMap(Optional::stream)
                        .toList();
        if (said.size() > 1) {
            throw AdeException.user(
                            "Cannot tell the privacy of column '%s': it is said in more than one place"
                                    .formatted(column.requireText("name")),
                            "Say it once, as privacy: beside the name")
                    .at(column.location());
        }
        return said.stream().findFirst().map(ColumnPrivacy::read);
    }

    private static Optional<Section> mapping(Section section, String key) {
        return section.value(key)
                .filter(Yaml.Entries.class::isInstance)
                .map(yaml -> Section.of(yaml, section.context(), key));
    }

    /// In `meta` anybody may write anything.
    private static boolean isMeant(Section meta) {
        return meta.value(KEY)
                .filter(yaml ->
                        switch (yaml) {
                            case Yaml.Scalar scalar ->
                                    TREATMENTS.contains(scalar.text().toLowerCase(Locale.ROOT));
                            case Yaml.Entries entries ->
                                    entries.entries().containsKey("treat")
                                            || entries.entries().containsKey("class");
                            case Yaml.Items _ -> false;
                        })
                .isPresent();
    }

    /// Refuses parts of a treatment that stand beside `privacy:` instead of in it, where they would do nothing.
    static void requireInside(Section column) {
        for (String key :
                List.of("treat", "realm", "keep_first", "keep_last", "alphabet", "class")) {
            if (column.has(key)) {
                throw AdeException.user(
                                "Cannot read '%s' of column '%s': it belongs into privacy"
                                        .formatted(key, column.requireText("name")),
                                "Write privacy: {%s: …}".formatted(key))
                        .at(column.location());
            }
        }
    }

    private static PrivacySpec read(Section section) {
        if (section.value(KEY).orElseThrow() instanceof Yaml.Scalar) {
            Section plain =
                    new Section(new Yaml.Entries(Map.of(), section.location()), section.context());
            String word = section.requireText(KEY);
            return new PrivacySpec(Optional.empty(), Optional.of(treatment(word, plain)));
        }
        Section privacy = section.section(KEY).orElseThrow();
        PrivacySpec spec =
                new PrivacySpec(
                        privacy.text("class"),
                        privacy.text("treat").map(word -> treatment(word, privacy)));
        privacy.requireDone(KEY);
        return spec;
    }

    private static Treatment treatment(String word, Section privacy) {
        String realm = privacy.text("realm").orElse(Treatment.DEFAULT_REALM);
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "keep" -> new Treatment.Keep();
            case "drop" -> new Treatment.Drop();
            case "pseudonym" -> new Treatment.Pseudonym(realm);
            case "mask" ->
                    new Treatment.Mask(
                            number(privacy, "keep_first", 0), number(privacy, "keep_last", 0));
            case "generalise", "generalize" -> new Treatment.Generalise(coarsening(privacy));
            case "token" -> new Treatment.Token(realm);
            case "fpe" -> new Treatment.FormatPreserving(realm, alphabet(privacy));
            default ->
                    throw privacy.has("treat")
                            ? privacy.wrong("treat", WORDS)
                            : Section.wrong(
                                    "privacy",
                                    WORDS,
                                    new Yaml.Scalar(word, word, privacy.location()));
        };
    }

    private static final String WORDS = "keep, drop, pseudonym, mask, generalise, token or fpe";

    private static Alphabet alphabet(Section privacy) {
        return switch (privacy.text("alphabet").orElse("digits").toLowerCase(Locale.ROOT)) {
            case "digits" -> Alphabet.DIGITS;
            case "lower_alphanumeric" -> Alphabet.LOWER_ALPHANUMERIC;
            case "alphanumeric" -> Alphabet.ALPHANUMERIC;
            default ->
                    throw privacy.wrong("alphabet", "digits, lower_alphanumeric or alphanumeric");
        };
    }

    /// `to: year`, `to: {bucket: 10}`, or `to: bucket` with `width: 10`.
    private static Coarsening coarsening(Section privacy) {
        Yaml to = privacy.value("to").orElseThrow(() -> privacy.missing("to"));
        if (to instanceof Yaml.Entries) {
            Section inner = Section.of(to, privacy.context(), "to");
            String word = inner.keys().stream().findFirst().orElse("");
            return coarsening(word, inner, word);
        }
        return coarsening(privacy.requireText("to"), privacy, "");
    }

    private static Coarsening coarsening(String word, Section section, String key) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "bucket" ->
                    new Coarsening.ToBucket(
                            section.number(key.isEmpty() ? "width" : key)
                                    .orElseThrow(() -> section.missing("width")));
            case "prefix" ->
                    new Coarsening.ToPrefix(number(section, key.isEmpty() ? "characters" : key, 3));
            case "network" -> network(section, key);
            case "hour", "day", "week", "month", "year" ->
                    new Coarsening.ToGrain(Grain.parse(word));
            default ->
                    throw section.wrong(
                            "to",
                            "year, month, week, day, hour, {bucket: WIDTH}, {prefix: CHARACTERS} or"
                                    + " {network: BITS}");
        };
    }

    private static Coarsening network(Section section, String key) {
        if (!key.isEmpty() && section.value(key).orElseThrow() instanceof Yaml.Entries) {
            Section bits = section.section(key).orElseThrow();
            return new Coarsening.ToNetwork(
                    number(bits, "ipv4", 24), number(bits, "ipv6", IPV6_BITS));
        }
        return new Coarsening.ToNetwork(
                number(section, key.isEmpty() ? "ipv4" : key, 24),
                number(section, "ipv6", IPV6_BITS));
    }

    private static int number(Section section, String key, int otherwise) {
        long number = section.integer(key).orElse((long) otherwise);
        if (number < 0 || number > 1_000) {
            throw section.wrong(key, "a number from 0 to 1,000");
        }
        return (int) number;
    }
}
