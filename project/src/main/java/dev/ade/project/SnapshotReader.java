package dev.ade.project;

import dev.ade.model.Kind;
import dev.ade.model.SnapshotSpec;
import dev.ade.model.SnapshotSpec.Detection;
import dev.ade.model.SnapshotSpec.HardDeletes;
import dev.ade.model.SnapshotSpec.MetaColumns;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads from a snapshot's config how it is kept.
final class SnapshotReader {
    private SnapshotReader() {}

    static Kind.Snapshot kind(Config config) {
        return new Kind.Snapshot(
                new SnapshotSpec(
                        config.texts("unique_key"),
                        detection(config),
                        hardDeletes(config),
                        config.text("dbt_valid_to_current"),
                        columns(config)));
    }

    private static Detection detection(Config config) {
        return switch (config.word("strategy", "")) {
            case "timestamp" ->
                    new Detection.Timestamp(
                            config.text("updated_at")
                                    .orElseThrow(() ->
                                            config.wrong(
                                                    "updated_at",
                                                    "the column that says when a row last changed")));
            case "check" -> new Detection.Check(checked(config), config.text("updated_at"));
            default -> throw config.wrong("strategy", "timestamp or check");
        };
    }

    private static List<String> checked(Config config) {
        List<String> columns = config.texts("check_cols");
        if (columns.isEmpty()) {
            throw config.wrong("check_cols", "a list of columns, or all");
        }
        return columns.equals(List.of("all")) ? List.of() : columns;
    }

    private static HardDeletes hardDeletes(Config config) {
        String otherwise = config.isOn("invalidate_hard_deletes", false) ? "invalidate" : "ignore";
        return switch (config.word("hard_deletes", otherwise)) {
            case "ignore" -> HardDeletes.IGNORE;
            case "invalidate" -> HardDeletes.INVALIDATE;
            case "new_record" -> HardDeletes.NEW_RECORD;
            default -> throw config.wrong("hard_deletes", "ignore, invalidate or new_record");
        };
    }

    private static MetaColumns columns(Config config) {
        Map<String, @Nullable Object> names = config.mapping("snapshot_meta_column_names");
        MetaColumns plain = MetaColumns.DEFAULT;
        return new MetaColumns(
                named(names, plain.scdId()),
                named(names, plain.updatedAt()),
                named(names, plain.validFrom()),
                named(names, plain.validTo()),
                named(names, plain.isDeleted()));
    }

    private static String named(Map<String, @Nullable Object> names, String column) {
        Object name = names.get(column);
        return name == null ? column : name.toString();
    }
}
