package dev.ade.run;

import dev.ade.model.Fingerprint;
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
                        Fingerprint.of(decision.treatment()).hex()));
    }

    /// What was decided for the columns of a dataset, by column.
    public static List<Landed> of(DatasetState state) {
        List<Landed> landed = new ArrayList<>();
        state.properties()
                .forEach((key, value) -> {
                    if (key.startsWith(PREFIX)) {
                        landed.add(
                                landed(key.substring(PREFIX.length()), value.split(SEPARATOR, 5)));
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
                parts.length > 4 ? Optional.of(new Fingerprint(parts[4])) : Optional.empty());
    }

    /// @param treatment its word in sources.yml
    /// @param ground declared, detected or not_personal
    /// @param terms of all that the treatment says; empty where an earlier ADE, which did not keep it, loaded last
    public record Landed(
            String column,
            String dataClass,
            String treatment,
            String ground,
            String evidence,
            Optional<Fingerprint> terms) {}
}
