package dev.ade.ingest;

import dev.ade.model.Column;
import dev.ade.model.Treatment;
import dev.ade.spi.Privacy;
import dev.ade.spi.ValueFunction;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// One column on its way in.
///
/// @param raw as it is typed before privacy
/// @param decision what privacy decided
/// @param projection how that is done
/// @param needs what must hold of each value
/// @param barred values that must not land, where there are any
record LandingColumn(
        Column raw,
        Privacy.Decision decision,
        Privacy.Projection projection,
        Set<Need> needs,
        Optional<Barred> barred) {
    enum Need {
        NOT_NULL,
        /// Part of the key of a merge.
        KEY,
        /// Of a history: the others of these hold only of values that a change says.
        SAID,
        /// Values that do not fit become NULL instead of rejecting their row.
        LENIENT
    }

    LandingColumn {
        needs = Set.copyOf(needs);
    }

    LandingColumn(
            Column raw, Privacy.Decision decision, Privacy.Projection projection, Set<Need> needs) {
        this(raw, decision, projection, needs, Optional.empty());
    }

    LandingColumn barring(Barred values) {
        return new LandingColumn(raw, decision, projection, needs, Optional.of(values));
    }

    /// Those that its expressions call.
    List<ValueFunction> functions() {
        return Stream.of(
                        Members.of(raw.type()).stream(),
                        projection.functions().stream(),
                        barred.stream().flatMap(it -> it.projection().functions().stream()))
                .<ValueFunction>flatMap(some -> some)
                .toList();
    }

    String name() {
        return raw.name();
    }

    /// The column as it is stored; empty where it is not.
    Optional<Column> stored() {
        return projection.sql().map(_ -> new Column(raw.name(), projection.type()));
    }

    /// The same, with functions that give NULL for what they cannot treat.
    LandingColumn guarded() {
        List<ValueFunction> functions =
                projection.functions().stream().<ValueFunction>map(Guarded::new).toList();
        Optional<UnaryOperator<String>> sql =
                projection.sql().map(plain -> input -> renamed(plain.apply(input)));
        return new LandingColumn(
                raw,
                decision,
                new Privacy.Projection(sql, projection.type(), functions),
                needs,
                barred);
    }

    private String renamed(String sql) {
        String renamed = sql;
        for (ValueFunction function : projection.functions()) {
            renamed =
                    renamed.replaceAll(
                            "\\b" + Pattern.quote(function.name()) + "\\b",
                            function.name() + Guarded.SUFFIX);
        }
        return renamed;
    }

    /// A column that is kept as it is, for looking at samples.
    static LandingColumn plain(Column raw) {
        return plain(raw, Set.of(Need.LENIENT));
    }

    /// One that lands as it is, and rejects its row where a value does not fit.
    static LandingColumn strict(Column raw) {
        return plain(raw, Set.of());
    }

    private static LandingColumn plain(Column raw, Set<Need> needs) {
        return new LandingColumn(
                raw,
                new Privacy.Decision(
                        raw.name(), "none", new Treatment.Keep(), Privacy.Ground.NOT_PERSONAL, ""),
                new Privacy.Projection(Optional.of(input -> input), raw.type(), List.of()),
                needs);
    }

    boolean isTreated() {
        return !(decision.treatment() instanceof Treatment.Keep);
    }
}
