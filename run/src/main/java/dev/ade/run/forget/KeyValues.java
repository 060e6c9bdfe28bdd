package dev.ade.run.forget;

import dev.ade.model.AdeException;
import dev.ade.model.ColumnSpec;
import dev.ade.model.PrivacySpec;
import dev.ade.model.SourceTable;
import dev.ade.model.Sql;
import dev.ade.model.Treatment;
import dev.ade.model.Type;
import dev.ade.run.Decisions;
import dev.ade.spi.Cursor;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Engine;
import dev.ade.spi.Loader;
import dev.ade.spi.Privacy;
import dev.ade.spi.Relations;
import dev.ade.spi.Session;
import dev.ade.spi.Suppression;
import dev.ade.spi.ValueFunction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the value of a key became on its way into a column of a source. Goes the way of a load: the same projections in
/// the same engine. Used by one thread.
final class KeyValues implements AutoCloseable {
    private final Privacy privacy;
    private final Session session;
    private final Set<String> registered = new HashSet<>();

    KeyValues(Privacy privacy, Engine engine) {
        this.privacy = privacy;
        this.session = engine.open(Relations.none());
    }

    /// How a column of a source is treated: as it last landed, else as it is declared.
    static Treatment treatment(SourceTable source, Optional<DatasetState> state, String column) {
        Optional<Treatment> declared =
                source.column(column).flatMap(ColumnSpec::privacy).flatMap(PrivacySpec::treatment);
        return state.stream()
                .flatMap(it -> Decisions.of(it).stream())
                .filter(it -> it.column().equalsIgnoreCase(column))
                .findFirst()
                .map(it -> treatment(it, declared))
                .or(() -> declared)
                .orElseGet(Treatment.Keep::new);
    }

    /// What a declaration says now may be another realm than that of the rows.
    private static Treatment treatment(Decisions.Landed landed, Optional<Treatment> declared) {
        Optional<Treatment> same = declared.filter(it -> it.word().equals(landed.treatment()));
        String realm = landed.realm().orElse(Treatment.DEFAULT_REALM);
        if (same.isPresent() && landed.realm().isEmpty()) {
            return same.get();
        }
        return switch (landed.treatment()) {
            case "keep" -> new Treatment.Keep();
            case "pseudonym" -> new Treatment.Pseudonym(realm);
            case "token" -> new Treatment.Token(realm);
            case "fpe" ->
                    same.orElseGet(Treatment.Drop::new)
                                    instanceof Treatment.FormatPreserving(_, var alphabet)
                            ? new Treatment.FormatPreserving(realm, alphabet)
                            : new Treatment.Drop();
            default -> declared.orElseGet(Treatment.Drop::new);
        };
    }

    /// The type of a column before it was treated.
    static Optional<Type> rawType(SourceTable source, Optional<DatasetState> state, String column) {
        Optional<Type> landed =
                state.map(it -> it.properties().getOrDefault(Loader.RAW_COLUMNS, ""))
                        .filter(text -> !text.isEmpty())
                        .map(Type::parse)
                        .flatMap(type ->
                                type instanceof Type.Struct(var fields)
                                        ? fields.stream()
                                                .filter(it -> it.name().equalsIgnoreCase(column))
                                                .findFirst()
                                                .map(it -> it.type())
                                        : Optional.empty());
        return landed.or(() -> source.column(column).flatMap(ColumnSpec::type));
    }

    /// Fails where rows of one person cannot be told from those of others by this column.
    static void requireIdentifying(SourceTable source, String column, Treatment treatment) {
        boolean identifies =
                switch (treatment) {
                    case Treatment.Keep _,
                            Treatment.Pseudonym _,
                            Treatment.Token _,
                            Treatment.FormatPreserving _ ->
                            true;
                    case Treatment.Drop _, Treatment.Mask _, Treatment.Generalise _ -> false;
                };
        if (!identifies) {
            throw AdeException.user(
                            "Cannot forget by column '%s' of %s: it is treated by %s, so it is not known whose row is whose"
                                    .formatted(column, source.name(), treatment.word()),
                            "Name a column that is kept, or treated by pseudonym, token or fpe")
                    .at(source.location());
        }
    }

    /// The stored values, as text: one for each version of the keys; none where the value is not of this type.
    Set<String> stored(SourceTable source, String column, Treatment treatment, Raw raw) {
        Set<String> values = new HashSet<>();
        for (Privacy.Projection one :
                privacy.everyVersion(source.name(), decision(column, treatment), raw.type())) {
            value(one, raw).ifPresent(values::add);
        }
        return values;
    }

    /// What a load can know the value by, however the column is treated then.
    Optional<String> mark(SourceTable source, String column, Raw raw) {
        Privacy.Decision decision = decision(column, new Treatment.Pseudonym(Suppression.REALM));
        return value(privacy.project(source.name(), decision, raw.type()), raw);
    }

    private static Privacy.Decision decision(String column, Treatment treatment) {
        return new Privacy.Decision(column, "", treatment, Privacy.Ground.DECLARED, "");
    }

    private Optional<String> value(Privacy.Projection projection, Raw raw) {
        for (ValueFunction function : projection.functions()) {
            if (registered.add(function.name())) {
                session.register(function);
            }
        }
        String typed = "TRY_CAST(%s AS %s)".formatted(Sql.literal(raw.value()), raw.type().sql());
        String sql =
                "SELECT CAST(%s AS VARCHAR) FROM (SELECT %s AS x)"
                        .formatted(projection.sql().orElseThrow().apply("x"), typed);
        List<String> values = new ArrayList<>();
        try (Cursor cursor = session.query(sql)) {
            @Nullable Object value = cursor.all(1).getFirst().getFirst();
            if (value != null) {
                values.add(value.toString());
            }
        } catch (AdeException e) {
            if (e.kind() != AdeException.Kind.DATA && e.kind() != AdeException.Kind.USER) {
                throw e;
            }
            // No cause: an engine quotes values.
            return Optional.empty();
        }
        return values.stream().findFirst();
    }

    @Override
    public void close() {
        session.close();
    }

    /// A value as the source writes it, and the type that a load gives it.
    record Raw(String value, Type type) {}
}
