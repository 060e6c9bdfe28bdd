package dev.ade.run.build;

import dev.ade.spi.Privacy;
import dev.ade.spi.Session;
import java.util.Map;
import java.util.TreeMap;

/// Keys that are tokens, compared as the newest key would make them: a value has another token after a rotation.
///
/// @param columns how tokens are renewed, by the column that has them
public record Renewals(Map<String, Privacy.Projection> columns) {
    public static final Renewals NONE = new Renewals(Map.of());

    /// What was never a token is compared as it is.
    private static final String FORM = "'^t[1-9][0-9]{0,3}[.]'";

    public Renewals {
        Map<String, Privacy.Projection> known = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        known.putAll(columns);
        columns = known;
    }

    void register(Session session) {
        columns.values().forEach(it -> it.functions().forEach(session::register));
    }

    /// A key to compare by.
    ///
    /// @param column its name
    /// @param expression its value
    String compared(String column, String expression) {
        Privacy.Projection renewal = columns.get(column);
        return renewal == null || renewal.sql().isEmpty()
                ? expression
                : "case when regexp_matches(%s, %s) then %s else %s end"
                        .formatted(
                                expression,
                                FORM,
                                renewal.sql().get().apply(expression),
                                expression);
    }
}
