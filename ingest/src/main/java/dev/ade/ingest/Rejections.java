package dev.ade.ingest;

import dev.ade.model.AdeException;
import dev.ade.model.Fingerprint;
import dev.ade.model.LoadSpec;
import dev.ade.model.LoadSpec.RejectLimit;
import dev.ade.model.SourceTable;
import dev.ade.spi.Draft;
import dev.ade.spi.FileTarget;
import dev.ade.spi.Loader.Context;
import dev.ade.spi.SystemTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The rows of one load that stay out.
final class Rejections {
    /// Rejected rows of one load; with more the load fails, whatever its limit.
    static final int ROWS_MAX = 1_000_000;

    private static final int REASONS_SHOWN = 3;
    private static final String TABLE = "ade_rejected_rows";

    private final List<Rejection> all = new ArrayList<>();

    /// Rows by their numbers.
    private final Map<Fingerprint, Set<Long>> rows = new HashMap<>();

    /// Numbers of those that something is wrong with.
    private final Map<Fingerprint, Set<Long>> wrong = new HashMap<>();

    /// Lines of those of people who were forgotten.
    private final Map<Fingerprint, Set<Long>> forgotten = new HashMap<>();

    void add(Rejection rejection) {
        all.add(rejection);
        Fingerprint id = rejection.part().item().id();
        put(rows, id, rejection.row().number());
        if (rejection.reason().equals(Barred.REASON)) {
            put(forgotten, id, rejection.line());
        } else {
            put(wrong, id, rejection.row().number());
        }
        if (all.size() > ROWS_MAX) {
            throw AdeException.data(
                    "Cannot load %s: more than %,d values do not fit"
                            .formatted(rejection.part().origin(), ROWS_MAX),
                    "Look at the file with ade source inspect and correct its declaration");
        }
    }

    private static void put(Map<Fingerprint, Set<Long>> some, Fingerprint id, long place) {
        some.computeIfAbsent(id, _ -> new HashSet<>()).add(place);
    }

    boolean hasForgotten(Part part) {
        return forgotten.containsKey(part.item().id());
    }

    /// Lines of a file with rows of people who were forgotten.
    Set<Long> forgotten(Part part) {
        return forgotten.getOrDefault(part.item().id(), Set.of());
    }

    /// Rows of a file that stay out; a row may break in more than one way.
    long rows(Part part) {
        return rows.getOrDefault(part.item().id(), Set.of()).size();
    }

    /// Rows of all files that stay out because they are not as they should be.
    long wrong() {
        return wrong.values().stream().mapToLong(Set::size).sum();
    }

    /// Writes them to `ade.rejected`, where they are kept even if the load fails.
    void keep(SourceTable source, Context context) {
        if (all.isEmpty()) {
            return;
        }
        Draft draft = context.draft();
        FileTarget target =
                draft.prepareLog(SystemTable.REJECTED.table(), SystemTable.REJECTED.schema());
        context.session().stage(TABLE, SystemTable.REJECTED.schema(), rows(source, context));
        draft.appendLog(
                SystemTable.REJECTED.table(),
                context.session().write("SELECT * FROM " + TABLE, target));
        context.session().execute("DROP TABLE " + TABLE);
    }

    private List<List<@Nullable Object>> rows(SourceTable source, Context context) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Rejection rejection : all) {
            rows.add(
                    Arrays.asList(
                            context.draft().run().number(),
                            source.name().toString(),
                            rejection.part().batch(),
                            rejection.part().origin(),
                            rejection.line(),
                            rejection.column().isEmpty() ? null : rejection.column(),
                            rejection.valueClass(),
                            rejection.reason(),
                            context.now()));
        }
        return rows;
    }

    /// Fails where too many rows stay out for the load to be believed.
    void requireWithin(RejectLimit limit, SourceTable source, long read) {
        if (!limit.isPassed(wrong(), read)) {
            return;
        }
        throw AdeException.data(
                        "Cannot load %s: %,d of %,d rows were rejected, %s allowed; most of them: %s"
                                .formatted(source.name(), wrong(), read, allowed(limit), most()),
                        "See all with ade sql \"from ade.rejected where dataset = '%s'\"; then correct %s, declare the columns' types%s, or raise reject_limit"
                                .formatted(
                                        source.name(),
                                        source.load() instanceof LoadSpec.Files
                                                ? "the files"
                                                : "the rows where they come from",
                                        formats(source)))
                .at(source.location());
    }

    /// What files are told where their times are written in a way of their own.
    private String formats(SourceTable source) {
        boolean isTime =
                all.stream()
                        .map(Rejection::reason)
                        .anyMatch(reason ->
                                reason.startsWith("not a date") || reason.startsWith("not a time"));
        return isTime && source.load() instanceof LoadSpec.Files
                ? ", say how times are written by dateformat and timestampformat in load: options"
                : "";
    }

    private static String allowed(RejectLimit limit) {
        String share =
                String.format(Locale.ROOT, "%.4g", limit.shareMax() * 100).replaceAll("\\.?0+$", "")
                        + "%";
        if (limit.rowsMax() == Long.MAX_VALUE) {
            return share + " are";
        }
        return "%,d rows and %s are".formatted(limit.rowsMax(), share);
    }

    private String most() {
        Map<String, List<Rejection>> byReason = new LinkedHashMap<>();
        for (Rejection rejection : all) {
            String column = rejection.column().isEmpty() ? "" : "'" + rejection.column() + "': ";
            byReason.computeIfAbsent(column + rejection.reason(), _ -> new ArrayList<>())
                    .add(rejection);
        }
        return byReason.entrySet().stream()
                .sorted(Comparator.comparingInt(entry -> -entry.getValue().size()))
                .limit(REASONS_SHOWN)
                .map(entry -> {
                    Rejection first = entry.getValue().getFirst();
                    return "%s (%,d, first %s:%d)"
                            .formatted(
                                    entry.getKey(),
                                    entry.getValue().size(),
                                    first.part().origin(),
                                    first.line());
                })
                .collect(Collectors.joining("; "));
    }
}
