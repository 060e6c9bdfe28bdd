package dev.ade.cli.console;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ade.model.TableName;
import dev.ade.model.Wording;
import dev.ade.spi.Profile;
import dev.ade.spi.Profile.ColumnProfile;
import dev.ade.spi.Profile.Frequent;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A profile for people, a line a column, and for programs.
public final class ProfileView {
    private static final String BLOCKS = "▁▂▃▄▅▆▇█";
    private static final int HISTOGRAM_WIDTH = 12;
    private static final int FREQUENT = 5;

    /// From this share of different values on a column may have no value twice, as they are estimated.
    private static final double NEARLY_ALL = 0.9;

    /// Counts are estimated from a sample: below this share of the values, one may stand for a single row.
    private static final double NOTABLE = 0.002;

    private final PrintStream out;
    private final Screen screen;

    public ProfileView(PrintStream out, Screen screen) {
        this.out = out;
        this.screen = screen;
    }

    public void print(TableName name, Profile profile) {
        out.println(screen.bold(name.toString()) + ", " + Wording.count(profile.rows(), "row"));
        out.println();
        Grid grid =
                new Grid(
                                screen,
                                List.of(
                                        "column",
                                        "type",
                                        "nulls",
                                        "distinct",
                                        "min",
                                        "mean",
                                        "max",
                                        "spread"))
                        .right(2)
                        .right(3);
        profile.columns().forEach(column -> grid.row(cells(column, profile.rows())));
        grid.print(out);
        frequent(profile);
        out.flush();
    }

    /// Where values repeat, which do most.
    private void frequent(Profile profile) {
        Grid grid = new Grid(screen, List.of("column", "most frequent")).openEnd();
        List<ColumnProfile> repeating =
                profile.columns().stream().filter(ProfileView::isRepeating).toList();
        repeating.forEach(column -> grid.row(List.of(column.name(), frequent(column.frequent()))));
        if (!repeating.isEmpty()) {
            out.println();
            grid.print(out);
        }
    }

    private static boolean isRepeating(ColumnProfile column) {
        if (column.frequent().isEmpty()) {
            return false;
        }
        long most = column.frequent().getFirst().count();
        long present = column.values() - column.nulls();
        boolean mayAllDiffer =
                column.distinct() >= NEARLY_ALL * present && most < NOTABLE * present;
        return most > 1 && !mayAllDiffer;
    }

    private static List<String> cells(ColumnProfile column, long rows) {
        return List.of(
                column.name(),
                column.type().toLowerCase(Locale.ROOT),
                share(column.nulls(), rows),
                Words.number(Math.round(column.distinct())),
                text(column.min()),
                column.mean() == null || !isNumber(column) ? "" : figure(column.mean()),
                text(column.max()),
                histogram(column.histogram()));
    }

    /// The mean of temporals is in seconds since 1970, which says nothing to people.
    private static boolean isNumber(ColumnProfile column) {
        return dev.ade.model.Type.parse(column.type()).isNumeric();
    }

    private static String share(long part, long all) {
        if (part == 0 || all == 0) {
            return "";
        }
        double percent = 100.0 * part / all;
        return percent < 0.1 ? "<0.1%" : String.format(Locale.ROOT, "%.1f%%", percent);
    }

    private static String figure(double number) {
        return Math.abs(number) >= 1e9 || (number != 0 && Math.abs(number) < 1e-3)
                ? String.format(Locale.ROOT, "%.3e", number)
                : String.format(Locale.ROOT, "%,.2f", number);
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static String histogram(List<Long> counts) {
        long highest = counts.stream().mapToLong(Long::longValue).max().orElse(0);
        if (highest == 0) {
            return "";
        }
        int width = Math.min(HISTOGRAM_WIDTH, counts.size());
        long[] merged = new long[width];
        for (int i = 0; i < counts.size(); i++) {
            merged[i * width / counts.size()] += counts.get(i);
        }
        long peak = java.util.Arrays.stream(merged).max().orElse(1);
        StringBuilder bars = new StringBuilder();
        for (long count : merged) {
            long step = count == 0 ? -1 : count * (BLOCKS.length() - 1) / peak;
            bars.append(step < 0 ? ' ' : BLOCKS.charAt((int) step));
        }
        return bars.toString();
    }

    private static String frequent(List<Frequent> values) {
        return values.stream()
                .limit(FREQUENT)
                .map(it -> it.value() + " (" + Words.number(it.count()) + ")")
                .collect(Collectors.joining(", "));
    }

    public void json(TableName name, Profile profile) {
        Json.print(
                out,
                json -> {
                    json.writeStartObject();
                    json.writeStringField("dataset", name.toString());
                    json.writeNumberField("rows", profile.rows());
                    json.writeArrayFieldStart("columns");
                    for (ColumnProfile column : profile.columns()) {
                        json(json, column);
                    }
                    json.writeEndArray();
                    json.writeEndObject();
                });
    }

    private static void json(JsonGenerator json, ColumnProfile column) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", column.name());
        json.writeStringField("type", column.type());
        json.writeNumberField("values", column.values());
        json.writeNumberField("nulls", column.nulls());
        json.writeNumberField("distinct", column.distinct());
        value(json, "min", column.min());
        value(json, "max", column.max());
        value(json, "mean", column.mean());
        value(json, "deviation", column.deviation());
        value(json, "quantiles", column.quantiles());
        value(json, "lengths", column.lengths());
        value(json, "histogram", column.histogram());
        json.writeArrayFieldStart("frequent");
        for (Frequent frequent : column.frequent()) {
            json.writeStartObject();
            json.writeStringField("value", frequent.value());
            json.writeNumberField("count", frequent.count());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void value(JsonGenerator json, String field, @Nullable Object value)
            throws IOException {
        json.writeFieldName(field);
        JsonValues.write(json, value);
    }
}
