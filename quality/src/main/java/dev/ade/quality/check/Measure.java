package dev.ade.quality.check;

/// Something that is counted in a pass over a dataset, beside others.
sealed interface Measure {
    /// Rows for which `condition` is true.
    record Rows(String condition) implements Measure {}

    /// Rows whose `value`, if it is not NULL, an earlier row has already.
    record Repeats(String value) implements Measure {}

    /// What is computed for each row.
    default String projected() {
        return switch (this) {
            case Rows rows -> rows.condition();
            case Repeats repeats -> repeats.value();
        };
    }

    /// The count, over what was projected as `name`.
    default String counted(String name) {
        return switch (this) {
            case Rows _ -> "count(*) filter (where %s)".formatted(name);
            case Repeats _ -> "count(%1$s) - count(distinct %1$s)".formatted(name);
        };
    }
}
