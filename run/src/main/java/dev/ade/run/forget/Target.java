package dev.ade.run.forget;

import dev.ade.model.TableName;
import java.util.List;

/// A table and what is looked for in it.
record Target(TableName dataset, List<Sought> sought) {
    Target {
        sought = List.copyOf(sought);
    }
}
