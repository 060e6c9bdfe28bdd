package dev.ade.duck;

import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/// Told which statement runs, so that it can be cancelled; null when it has ended.
interface Running {
    void set(@Nullable Statement statement);
}
