package dev.ade.run.forget;

import dev.ade.model.Field;
import dev.ade.model.TableName;
import dev.ade.spi.Bound;
import dev.ade.spi.Environments.Environment;
import dev.ade.spi.Lake;
import dev.ade.spi.Relation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// By which ids files know the columns of a table: a column that got another name is in older files under the one it had.
///
/// @param ids by lower-case name; several where environments differ
record FieldIds(Map<String, Set<Integer>> ids) {
    static FieldIds of(Relation.Scan scan) {
        FieldIds ids = new FieldIds(new HashMap<>());
        ids.add(scan);
        return ids;
    }

    /// In whatever environment.
    static FieldIds in(Lake lake, TableName table) {
        FieldIds ids = new FieldIds(new HashMap<>());
        for (Environment environment : lake.environments().list()) {
            lake.read(environment.name())
                    .find(table, List.<Bound>of())
                    .filter(Relation.Scan.class::isInstance)
                    .map(Relation.Scan.class::cast)
                    .ifPresent(ids::add);
        }
        return ids;
    }

    private void add(Relation.Scan scan) {
        for (Field field : scan.fields()) {
            ids.computeIfAbsent(lower(field.name()), _ -> new HashSet<>()).add(field.id());
        }
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /// A column of a file, which may hold what is looked for in a column of the table.
    boolean isSame(String column, FileColumn there) {
        return there.name().equalsIgnoreCase(column)
                || ids.getOrDefault(lower(column), Set.of()).contains(there.id());
    }

    /// @param type as Parquet says it
    /// @param id 0 where the file says none
    record FileColumn(String name, String type, int id) {}
}
