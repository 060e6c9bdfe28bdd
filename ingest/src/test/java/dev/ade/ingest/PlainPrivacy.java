package dev.ade.ingest;

import dev.ade.model.ColumnSpec;
import dev.ade.model.PrivacySpec;
import dev.ade.model.TableName;
import dev.ade.model.Treatment;
import dev.ade.model.Type;
import dev.ade.spi.Privacy;
import dev.ade.spi.ValueFunction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The contract of `Privacy` in few lines and without keys: what is declared is done, what holds an `@` is an e-mail
/// address, pseudonyms are UUIDs of the value, and format-preserving treatment refuses short values.
final class PlainPrivacy implements Privacy {
    private static final int SHORTEST = 6;

    @Override
    public List<Decision> decide(
            TableName source, Privacy.Declared declared, List<Sample> samples) {
        return samples.stream().map(sample -> decide(declared.columns(), sample)).toList();
    }

    private static Decision decide(List<ColumnSpec> declared, Sample sample) {
        Optional<PrivacySpec> spec =
                declared.stream()
                        .filter(column -> column.name().equalsIgnoreCase(sample.column()))
                        .findFirst()
                        .flatMap(ColumnSpec::privacy);
        if (spec.isPresent()) {
            Treatment treatment =
                    spec.get().treatment().orElse(new Treatment.Pseudonym(Treatment.DEFAULT_REALM));
            String dataClass = spec.get().dataClass().orElse("personal");
            return new Decision(sample.column(), dataClass, treatment, Ground.DECLARED, "declared");
        }
        if (sample.values().stream().anyMatch(value -> value.contains("@"))) {
            return new Decision(
                    sample.column(),
                    "email",
                    new Treatment.Pseudonym(Treatment.DEFAULT_REALM),
                    Ground.DETECTED,
                    "values look like e-mail addresses");
        }
        return new Decision(sample.column(), "none", new Treatment.Keep(), Ground.NOT_PERSONAL, "");
    }

    @Override
    public Projection project(TableName source, Decision decision, Type type) {
        return switch (decision.treatment()) {
            case Treatment.Keep _ -> new Projection(Optional.of(input -> input), type, List.of());
            case Treatment.Drop _ -> new Projection(Optional.empty(), type, List.of());
            case Treatment.FormatPreserving _ ->
                    call(new Function("plain_fpe", Type.Simple.VARCHAR, PlainPrivacy::reversed));
            case Treatment.Pseudonym _,
                    Treatment.Token _,
                    Treatment.Mask _,
                    Treatment.Generalise _ ->
                    call(
                            new Function(
                                    "plain_pseudonym", Type.Simple.UUID, PlainPrivacy::pseudonym));
        };
    }

    private static Projection call(Function function) {
        return new Projection(
                Optional.of(input -> "%s(CAST(%s AS VARCHAR))".formatted(function.name(), input)),
                function.result(),
                List.of(function));
    }

    static UUID pseudonym(String value) {
        return UUID.nameUUIDFromBytes(value.getBytes(StandardCharsets.UTF_8));
    }

    private static String reversed(String value) {
        if (value.length() < SHORTEST) {
            throw new IllegalArgumentException("shorter than " + SHORTEST);
        }
        return new StringBuilder(value).reverse().toString();
    }

    @Override
    public String reveal(String realm, String token, String reason) {
        throw new UnsupportedOperationException("nothing here can be revealed");
    }

    @Override
    public String valueClass(@Nullable String value) {
        return value == null ? "NULL" : "text of %d characters".formatted(value.length());
    }

    private record Function(
            String name, Type result, java.util.function.Function<String, Object> apply)
            implements ValueFunction {
        @Override
        public Type argument() {
            return Type.Simple.VARCHAR;
        }

        @Override
        public Object apply(Object value) {
            return apply.apply(value.toString());
        }
    }
}
