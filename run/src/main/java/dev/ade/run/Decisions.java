package dev.ade.run;

import dev.ade.model.Wording;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Privacy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

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
                        decision.evidence()));
    }

    /// What was decided for the columns of a dataset, by column.
    public static List<Landed> of(DatasetState state) {
        List<Landed> landed = new ArrayList<>();
        state.properties()
                .forEach((key, value) -> {
                    if (key.startsWith(PREFIX)) {
                        String[] parts = value.split(SEPARATOR, 4);
                        landed.add(
                                new Landed(
                                        key.substring(PREFIX.length()),
                                        parts[0],
                                        parts[1],
                                        parts[2],
                                        parts[3]));
                    }
                });
        landed.sort(Comparator.comparing(Landed::column));
        return landed;
    }

    /// @param treatment its word in sources.yml
    /// @param ground declared, detected or not_personal
    public record Landed(
            String column, String dataClass, String treatment, String ground, String evidence) {}
}
