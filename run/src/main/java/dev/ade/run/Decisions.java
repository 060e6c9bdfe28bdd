package dev.ade.run;

import dev.ade.model.Fingerprint;
import dev.ade.model.Treatment;
import dev.ade.model.Wording;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Privacy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Privacy decisions as small facts kept with a dataset: what its data was treated by when it landed.
public final class Decisions {
    private static final String PREFIX = "privacy.";
    private static final String SEPARATOR = "\t";
    private static final int PARTS = 6;

    private Decisions() {}

    static void put(Map<String, String> properties, Privacy.Decision decision) {
        properties.put(
                PREFIX + decision.column(),
                String.join(
                        SEPARATOR,
                        decision.dataClass(),
                        decision.treatment().word(),
                        Wording.of(decision.ground()),
                        decision.evidence(),
                        Fingerprint.of(decision.treatment()).hex(),
                        realm(decision.treatment())));
    }

    private static String realm(Treatment treatment) {
        return switch (treatment) {
            case Treatment.Pseudonym it -> it.realm();
            case Treatment.Token it -> it.realm();
            case Treatment.FormatPreserving it -> it.realm();
            case Treatment.Keep _, Treatment.Drop _, Treatment.Mask _, Treatment.Generalise _ -> "";
        };
    }

    /// What was decided for the columns of a dataset, by column.
    public static List<Landed> of(DatasetState state) {
        List<Landed> landed = new ArrayList<>();
        state.properties()
                .forEach((key, value) -> {
                    if (key.startsWith(PREFIX)) {
                        landed.add(
                                landed(
                                        key.substring(PREFIX.length()),
                                        value.split(SEPARATOR, PARTS)));
                    }
                });
        landed.sort(Comparator.comparing(Landed::column));
        return landed;
    }

    private static Landed landed(String column, String[] parts) {
        return new Landed(
                column,
                parts[0],
                parts[1],
                parts[2],
                parts[3],
                parts.length > 4 ? Optional.of(new Fingerprint(parts[4])) : Optional.empty(),
                parts.length > 5 ? Optional.of(parts[5]) : Optional.empty());
    }

    /// @param treatment its word in sources.yml
    /// @param ground declared, detected or not_personal
    /// @param terms of all that the treatment says; empty where an earlier ADE, which did not keep it, loaded last
    /// @param realm of the treatment; empty for the same reason, and of columns that are made from others
    public record Landed(
            String column,
            String dataClass,
            String treatment,
            String ground,
            String evidence,
            Optional<Fingerprint> terms,
            Optional<String> realm) {}
}
