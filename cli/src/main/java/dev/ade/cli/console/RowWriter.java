package dev.ade.cli.console;

import dev.ade.model.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes rows of a query as they come. Holds few of them at a time. Closing flushes what it writes to and
/// leaves it open.
public interface RowWriter {
    void begin(Schema schema);

    void row(List<@Nullable Object> values);

    /// @param cut whether rows were left out because of a limit
    void end(long rows, Cut cut);

    enum Cut {
        WHOLE,
        CUT
    }
}
