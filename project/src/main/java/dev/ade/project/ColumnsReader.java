package dev.ade.project;

import dev.ade.model.AdeException;
import dev.ade.model.ColumnSpec;
import dev.ade.model.ColumnSpec.Nullability;
import dev.ade.model.Grain;
import dev.ade.model.PrivacySpec;
import dev.ade.model.Treatment;
import dev.ade.model.Treatment.Alphabet;
import dev.ade.model.Treatment.Coarsening;
import dev.ade.model.Type;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads `columns:` of sources and models, with their privacy.
final class ColumnsReader {
    private static final int IPV6_BITS = 48;

    private ColumnsReader() {}

    static List<ColumnSpec> read(Section table) {
        return table.sections("columns").stream().map(column -> column(column, List.of())).toList();
    }

    /// Columns that may be called otherwise outside.
    static List<ColumnSpec> ofSource(Section table) {
        Set<String> names = new HashSet<>();
        List<Section> columns = table.sections("columns");
        columns.forEach(column -> names.add(lower(column.requireText("name"))));
        return columns.stream().map(column -> column(column, aliases(column, names))).toList();
    }

    /// @param names of other columns; these come to them
    private static List<String> aliases(Section column, Set<String> names) {
        List<String> aliases = column.texts("aliases");
        for (String alias : aliases) {
            if (!names.add(lower(alias))) {
                throw AdeException.user(
                                "Cannot call column '%s' also '%s': a column has that name"
                                        .formatted(column.requireText("name"), alias),
                                "Take it out of aliases, or take the other column out")
                        .at(column.location());
            }
        }
        return aliases;
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static ColumnSpec column(Section column, List<String> aliases) {
        ColumnSpec spec =
                new ColumnSpec(
                        column.requireText("name"),
                        column.here(() -> column.text("data_type").map(Type::parse)),
                        nullability(column),
                        column.here(() -> privacy(column)),
                        column.text("description").orElse(""),
                        aliases);
        column.ignore(
                "data_tests",
                "tests",
                "monitors",
                "meta",
                "tags",
                "quote",
                "config",
                "policy_tags",
                "granularity",
                "dimension",
                "entity");
        column.requireSpelt("privacy", "a column");
        column.done("a column");
        return spec;
    }

    private static Nullability nullability(Section column) {
        boolean isConstrained =
                column.sections("constraints").stream()
                        .anyMatch(constraint -> constraint.requireText("type").equals("not_null"));
        return isConstrained || column.flag("not_null").orElse(false)
                ? Nullability.NOT_NULL
                : Nullability.NULLABLE;
    }

    private static Optional<PrivacySpec> privacy(Section column) {
        Optional<Yaml> value = column.value("privacy");
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (value.get() instanceof Yaml.Scalar) {
            Section plain =
                    new Section(new Yaml.Entries(Map.of(), column.location()), column.context());
            String word = column.requireText("privacy");
            return Optional.of(
                    new PrivacySpec(Optional.empty(), Optional.of(treatment(word, plain))));
        }
        Section privacy = Section.of(value.get(), column.context(), "privacy");
        PrivacySpec spec =
                new PrivacySpec(
                        privacy.text("class"),
                        privacy.text("treat").map(word -> treatment(word, privacy)));
        privacy.requireDone("privacy");
        return Optional.of(spec);
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
