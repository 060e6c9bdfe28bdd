package dev.ade.run.lineage;

import dev.ade.model.Grain;
import dev.ade.model.Kind;
import dev.ade.model.Model;
import dev.ade.model.TableName;
import dev.ade.spi.Lineage;
import dev.ade.spi.Lineage.Input;
import dev.ade.spi.Lineage.OutputColumn;
import dev.ade.spi.Lineage.Role;
import dev.ade.spi.Lineage.Use;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Columns of inputs that are the event time of a model, as they are or cut to a grain, kept with what is published: who reads
/// the model by intervals can tell then which part of its inputs an interval follows from.
///
/// @param columns of inputs
/// @param grain what they are cut to at most; empty where they are as they are
public record TimedBy(List<ColumnId> columns, Optional<Grain> grain) {
    /// The small fact kept with a dataset.
    public static final String PROPERTY = "timed_by";

    /// Of a computed event time, and of none.
    public static final TimedBy NOTHING = new TimedBy(List.of(), Optional.empty());

    private static final String SEPARATOR = "\t";

    private static final String COLUMN = "(?:\\w+|\"[^\"]*\")(?:\\.(?:\\w+|\"[^\"]*\"))?";

    /// As lineage writes them.
    private static final Pattern CUT =
            Pattern.compile(
                    "date_trunc\\('(\\w+)', %1$s\\)(::date)?|%1$s::(date|timestamp|timestamp with time zone)"
                            .formatted(COLUMN));

    private static final Pattern NAME = Pattern.compile(COLUMN);

    private static final String UNION = " \\| ";

    public TimedBy {
        columns = List.copyOf(columns);
    }

    /// @param own lineage of the model
    static TimedBy of(Model model, Lineage own) {
        return model.eventTime()
                .flatMap(own::find)
                .filter(_ -> own.isExact())
                .flatMap(TimedBy::of)
                .filter(it -> !(model.kind() instanceof Kind.View) || it.isSplitBy(own))
                .orElse(NOTHING);
    }

    private static Optional<TimedBy> of(OutputColumn time) {
        List<Input> inputs = time.uses().stream().map(Use::input).toList();
        if (inputs.isEmpty() || !inputs.stream().allMatch(it -> it.path().isEmpty())) {
            return Optional.empty();
        }
        List<ColumnId> columns =
                inputs.stream().map(it -> new ColumnId(it.dataset(), it.column())).toList();
        boolean isCopy =
                time.uses().stream().map(Use::role).allMatch(Role.COPY::equals)
                        && branches(time).allMatch(it -> NAME.matcher(it).matches());
        return isCopy
                ? Optional.of(new TimedBy(columns, Optional.empty()))
                : grain(time).map(it -> new TimedBy(columns, Optional.of(it)));
    }

    private static Stream<String> branches(OutputColumn time) {
        return Stream.of(time.expression().split(UNION, -1));
    }

    /// Of an expression that cuts a column, or columns of branches, to a grain; empty for any other.
    private static Optional<Grain> grain(OutputColumn time) {
        Set<Grain> grains = EnumSet.noneOf(Grain.class);
        for (String branch : branches(time).toList()) {
            Matcher cut = CUT.matcher(branch);
            if (!cut.matches() || !isKnown(cut.group(1))) {
                return Optional.empty();
            }
            boolean isDate = cut.group(2) != null || "date".equals(cut.group(3));
            Grain grain = cut.group(1) == null ? Grain.HOUR : Grain.parse(cut.group(1));
            grains.add(grain == Grain.HOUR && isDate ? Grain.DAY : grain);
        }
        return grains.size() == 1 ? grains.stream().findFirst() : Optional.empty();
    }

    private static boolean isKnown(@Nullable String grain) {
        return grain == null
                || Stream.of(Grain.values()).anyMatch(it -> it.text().equalsIgnoreCase(grain));
    }

    /// Whether the rows of a time follow from the rows that its inputs have then, and from no others.
    private boolean isSplitBy(Lineage own) {
        boolean isGrouped = own.rows().stream().anyMatch(use -> use.role() == Role.GROUP);
        return own.isRowWise()
                && (!isGrouped
                        || columns.stream()
                                .map(it -> Input.of(it.dataset(), it.column()))
                                .allMatch(it -> own.rows().contains(new Use(it, Role.GROUP))));
    }

    /// As a dataset was published.
    public static TimedBy of(Map<String, String> properties) {
        String text = properties.getOrDefault(PROPERTY, "");
        if (text.isEmpty()) {
            return NOTHING;
        }
        List<String> parts = List.of(text.split(SEPARATOR, -1));
        List<ColumnId> columns = new ArrayList<>();
        for (int i = 1; i + 1 < parts.size(); i += 2) {
            columns.add(new ColumnId(TableName.parse(parts.get(i)), parts.get(i + 1)));
        }
        Optional<Grain> grain =
                Optional.of(parts.getFirst()).filter(it -> !it.isEmpty()).map(Grain::parse);
        return new TimedBy(columns, grain);
    }

    /// As it is kept.
    String text() {
        return columns.isEmpty()
                ? ""
                : grain.map(Grain::text).orElse("")
                        + columns.stream()
                                .map(it -> SEPARATOR + it.dataset() + SEPARATOR + it.column())
                                .collect(Collectors.joining());
    }

    /// Whether every row has its event time in the same interval as a row of an input that it is made from.
    ///
    /// @param times event times of inputs
    /// @param intervals the size of the intervals
    public boolean follows(Map<TableName, String> times, Grain intervals) {
        boolean isWithin =
                grain.isEmpty()
                        || grain.get() == intervals
                        || (grain.get().compareTo(intervals) < 0 && grain.get() != Grain.WEEK);
        return isWithin
                && !columns.isEmpty()
                && columns.stream()
                        .allMatch(it -> it.column().equalsIgnoreCase(times.get(it.dataset())));
    }

    /// The same, where besides no input is there for anything else.
    public boolean followsAll(Map<TableName, String> times, Grain intervals) {
        return follows(times, intervals)
                && columns.stream()
                        .map(ColumnId::dataset)
                        .collect(Collectors.toSet())
                        .containsAll(times.keySet());
    }
}
