package dev.ade.run.lineage;

import dev.ade.model.Column;
import dev.ade.model.Fingerprint;
import dev.ade.model.Schema;
import dev.ade.model.TableName;
import dev.ade.run.lineage.PersonalColumns.Origin;
import dev.ade.spi.DatasetState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The classes of personal data that the columns of a model inherit, kept with what is published so that a plan can tell
/// what becomes of them.
///
/// @param columns what each column inherits, by its name in lower case; columns that inherit nothing are left out
public record Inherited(Map<String, List<Trait>> columns) {
    /// The small fact kept with a dataset.
    public static final String PROPERTY = "inherited";

    public static final Inherited NOTHING = new Inherited(Map.of());

    /// Kept where the lineage of a model is not known.
    private static final String UNKNOWN = "?";

    private static final String SEPARATOR = "\t";

    public Inherited {
        columns = Map.copyOf(columns);
    }

    /// @param treatment its word in sources.yml; empty where only the next load can tell
    /// @param from the source column that it is inherited from, the first where there are several
    /// @param terms of all that the treatments of these columns say; empty where that is not known of each
    public record Trait(String dataClass, String treatment, String from, Set<Fingerprint> terms) {
        public Trait {
            terms = Set.copyOf(terms);
        }

        private boolean isLike(Trait other) {
            boolean isOpen = treatment.isEmpty() || other.treatment.isEmpty();
            return dataClass.equals(other.dataClass)
                    && (isOpen || treatment.equals(other.treatment));
        }

        private Trait with(Trait other) {
            Set<Fingerprint> all = new TreeSet<>(terms);
            all.addAll(other.terms);
            boolean isKnown = !terms.isEmpty() && !other.terms.isEmpty();
            return new Trait(dataClass, treatment, from, isKnown ? all : Set.of());
        }

        /// `email, pseudonym`.
        public String text() {
            return treatment.isEmpty() ? dataClass : dataClass + ", " + treatment;
        }
    }

    /// What the columns of a model inherit; empty where something that it is made from cannot be followed.
    public static Optional<Inherited> of(TableName model, PersonalColumns personal, Schema schema) {
        if (!personal.isExact(model)) {
            return Optional.empty();
        }
        Map<String, List<Trait>> columns = new LinkedHashMap<>();
        for (Column column : schema.columns()) {
            List<Trait> traits = new ArrayList<>();
            personal.origins(model, column).forEach(origin -> add(traits, origin));
            if (!traits.isEmpty()) {
                columns.put(key(column.name()), traits);
            }
        }
        return Optional.of(new Inherited(columns));
    }

    private static void add(List<Trait> traits, Origin origin) {
        Trait trait =
                new Trait(
                        origin.treated().dataClass(),
                        origin.treated().treatment(),
                        origin.source().toString(),
                        origin.treated().terms().map(Set::of).orElse(Set.of()));
        Optional<Trait> known = traits.stream().filter(trait::isLike).findFirst();
        if (known.isPresent()) {
            traits.replaceAll(it -> it.equals(known.get()) ? it.with(trait) : it);
        } else {
            traits.add(trait);
        }
    }

    /// As a model was published; empty where that was not known.
    public static Optional<Inherited> of(DatasetState state) {
        return of(state.properties());
    }

    /// @param properties of a dataset
    static Optional<Inherited> of(Map<String, String> properties) {
        return Optional.ofNullable(properties.get(PROPERTY))
                .filter(text -> !text.equals(UNKNOWN))
                .map(Inherited::parse);
    }

    private static Inherited parse(String text) {
        Map<String, List<Trait>> columns = new LinkedHashMap<>();
        text.lines()
                .map(line -> line.split(SEPARATOR, -1))
                .filter(parts -> parts.length >= 4)
                .forEach(parts ->
                        columns.computeIfAbsent(parts[0], _ -> new ArrayList<>())
                                .add(new Trait(parts[1], parts[2], parts[3], terms(parts))));
        return new Inherited(columns);
    }

    /// Earlier ADEs did not keep them.
    private static Set<Fingerprint> terms(String[] parts) {
        return parts.length == 4 || parts[4].isEmpty()
                ? Set.of()
                : Stream.of(parts[4].split(",", -1))
                        .map(Fingerprint::new)
                        .collect(Collectors.toSet());
    }

    /// As it is kept.
    static String text(Optional<Inherited> known) {
        return known.map(Inherited::text).orElse(UNKNOWN);
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        UnaryOperator<String> plain = part -> part.replaceAll("[\\p{Cntrl}]", " ");
        columns.forEach((column, traits) ->
                traits.forEach(trait ->
                        text.append(column)
                                .append(SEPARATOR)
                                .append(plain.apply(trait.dataClass()))
                                .append(SEPARATOR)
                                .append(trait.treatment())
                                .append(SEPARATOR)
                                .append(plain.apply(trait.from()))
                                .append(SEPARATOR)
                                .append(
                                        trait.terms().stream()
                                                .sorted()
                                                .map(Fingerprint::hex)
                                                .collect(Collectors.joining(",")))
                                .append('\n')));
        return text.toString();
    }

    public List<Trait> traits(String column) {
        return columns.getOrDefault(key(column), List.of());
    }

    /// Whether a column inherits the same classes, treated alike, from whichever columns.
    public boolean isLike(Inherited other, String column) {
        List<Trait> own = traits(column);
        List<Trait> others = other.traits(column);
        return own.size() == others.size()
                && own.stream().allMatch(trait -> others.stream().anyMatch(trait::isLike));
    }

    /// Whether a column's values were treated as they are now. What nobody can tell yet counts as that.
    public boolean isTreatedAs(Inherited other, String column) {
        Set<String> own = treatments(column);
        Set<String> others = other.treatments(column);
        boolean isOpen = own.contains("") || others.contains("");
        return isOpen || (own.equals(others) && isOnTermsOf(other, column));
    }

    private boolean isOnTermsOf(Inherited other, String column) {
        Set<Fingerprint> own = terms(column);
        Set<Fingerprint> others = other.terms(column);
        return own.isEmpty() || others.isEmpty() || own.equals(others);
    }

    /// Empty where they are not known of all that a column inherits.
    private Set<Fingerprint> terms(String column) {
        List<Trait> traits = traits(column);
        return traits.stream().anyMatch(trait -> trait.terms().isEmpty())
                ? Set.of()
                : traits.stream()
                        .flatMap(trait -> trait.terms().stream())
                        .collect(Collectors.toSet());
    }

    private Set<String> treatments(String column) {
        Set<String> treatments =
                traits(column).stream().map(Trait::treatment).collect(Collectors.toSet());
        return treatments.isEmpty() ? Set.of("keep") : treatments;
    }

    private static String key(String column) {
        return column.toLowerCase(Locale.ROOT).replaceAll("[\\p{Cntrl}]", " ");
    }
}
