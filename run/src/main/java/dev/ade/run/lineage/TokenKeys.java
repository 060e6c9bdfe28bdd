package dev.ade.run.lineage;

import dev.ade.model.SourceTable;
import dev.ade.model.TableName;
import dev.ade.model.Treatment;
import dev.ade.run.lineage.PersonalColumns.Origin;
import dev.ade.spi.Lineage.Role;
import dev.ade.spi.Privacy;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Columns of models that are copies of tokens, by which rows are found again whatever version of the keys they are of.
public final class TokenKeys {
    private static final Optional<Treatment.Token> NONE = Optional.empty();

    private final ProjectLineage lineage;
    private final Privacy privacy;

    public TokenKeys(ProjectLineage lineage, Privacy privacy) {
        this.lineage = lineage;
        this.privacy = privacy;
    }

    /// How tokens of these columns become those of the newest key; columns that are no tokens, and all where there was only
    /// ever one key, are left out.
    ///
    /// @param known the lineage of the model
    public Map<String, Privacy.Projection> renewals(
            TableName model, List<String> columns, BuiltLineage.Result known) {
        Optional<Inherited> inherited = Inherited.of(known.properties());
        PersonalColumns personal = new PersonalColumns(lineage);
        Map<String, Privacy.Projection> renewals = new HashMap<>();
        for (String name : columns) {
            boolean mayBeToken =
                    inherited.stream()
                            .flatMap(it -> it.traits(name).stream())
                            .anyMatch(it -> it.treatment().equals("token"));
            if (mayBeToken) {
                lineage.of(model)
                        .schema()
                        .find(name)
                        .flatMap(column -> renewal(personal.origins(model, column)))
                        .ifPresent(it -> renewals.put(name, it));
            }
        }
        return renewals;
    }

    /// Tokens of two realms in one column cannot be told apart.
    private Optional<Privacy.Projection> renewal(Collection<Origin> origins) {
        Set<Optional<Treatment.Token>> tokens =
                origins.stream()
                        .map(origin -> origin.how() == Role.COPY ? token(origin) : NONE)
                        .collect(Collectors.toSet());
        return tokens.size() == 1
                ? tokens.iterator().next().flatMap(it -> renewal(origins.iterator().next(), it))
                : Optional.empty();
    }

    private Optional<Privacy.Projection> renewal(Origin origin, Treatment.Token token) {
        return privacy.renewed(
                origin.source().dataset(),
                new Privacy.Decision(
                        origin.source().column(),
                        origin.treated().dataClass(),
                        token,
                        Privacy.Ground.DECLARED,
                        ""));
    }

    private Optional<Treatment.Token> token(Origin origin) {
        SourceTable source = lineage.project().sources().get(origin.source().dataset());
        return source == null
                ? Optional.empty()
                : source.columns().stream()
                        .filter(it -> it.name().equalsIgnoreCase(origin.source().column()))
                        .flatMap(it -> it.privacy().stream())
                        .flatMap(it -> it.treatment().stream())
                        .filter(Treatment.Token.class::isInstance)
                        .map(Treatment.Token.class::cast)
                        .findFirst();
    }
}
