package dev.ade.run.forget;

import dev.ade.model.AdeException;
import dev.ade.model.EnvironmentName;
import dev.ade.model.TableName;
import dev.ade.run.lineage.ColumnId;
import java.util.List;

/// Whom to forget.
///
/// @param source the dataset whose columns the keys are of
/// @param keys each identifies somebody on its own
/// @param also columns of other sources that hold the first key's values, where nothing else says so
/// @param environment where the certificate is kept as rows
/// @param command for the record, without values
public record ForgetRequest(
        TableName source,
        List<Key> keys,
        List<ColumnId> also,
        EnvironmentName environment,
        Effect effect,
        String command) {
    /// Of one request; each is looked for in every table.
    public static final int KEYS_MAX = 1_000;

    public ForgetRequest {
        keys = List.copyOf(keys);
        also = List.copyOf(also);
        if (keys.isEmpty() || keys.size() > KEYS_MAX) {
            throw AdeException.user(
                    "Cannot forget: 1 to %,d keys are needed, were %,d"
                            .formatted(KEYS_MAX, keys.size()),
                    "Name them by --key column=value or --keys file.csv");
        }
    }

    public enum Effect {
        /// Only says what would be removed.
        DRY_RUN,
        FORGET
    }
}
