package dev.ade.quality.profile;

import dev.ade.quality.sketch.ColumnSketch;
import dev.ade.spi.FileTarget;
import dev.ade.spi.Profile;
import dev.ade.spi.Profile.ColumnProfile;
import dev.ade.spi.Profiler;
import dev.ade.spi.Session;
import dev.ade.spi.WrittenFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Profiles with one aggregation of the engine over the files just written, whose result becomes mergeable sketches.
///
/// Why like this (figures are in docs/quality.md, `Profiling` in bench measures them):
/// - Reading the rows back is most of the cost, so there is one scan, and everything shares it.
/// - The engine's own `approx_count_distinct` exports its HyperLogLog registers, which DataSketches takes
///   over; a function in Java that sees every hash was twice as dear, and grouping by register four times.
/// - Quantiles and frequent values come from a sample of the rows, collected by one filtered aggregate in the same
///   scan. It is large enough that its error stays below the sketch's, see `Sampling`.
/// - Sums are taken about the middle of the column's range, so that two of them give an accurate deviation; the
///   engine's own deviation costs three times as much.
///
/// Of nested columns rows and NULLs are counted. NaN and infinity are left out of all but the number of rows.
/// Thread-safe; each session is used by its own thread.
public final class SketchProfiler implements Profiler {
    /// Parts of one statement; more are taken in turns.
    private static final int PARTS_MAX = 512;

    @Override
    public Profile profile(Session session, FileTarget target, List<WrittenFile> files) {
        return profileParts(session, target, List.of(files)).getFirst();
    }

    @Override
    public List<Profile> profileParts(
            Session session, FileTarget target, List<List<WrittenFile>> parts) {
        int parallel = Source.hidesPlaces(target.fields()) ? 1 : PARTS_MAX;
        List<Profile> profiles = new ArrayList<>();
        for (int from = 0; from < parts.size(); from += parallel) {
            List<List<WrittenFile>> some =
                    parts.subList(from, Math.min(parts.size(), from + parallel));
            profiles.addAll(new ProfilePass(session, target.fields(), some).run());
        }
        return profiles;
    }

    @Override
    public Profile merge(List<Profile> parts) {
        long rows = 0;
        Map<String, ColumnSketch> columns = new LinkedHashMap<>();
        for (Profile part : parts) {
            Map<String, ColumnSketch> sketches = sketches(part);
            for (Map.Entry<String, ColumnSketch> known : columns.entrySet()) {
                ColumnSketch more = sketches.remove(known.getKey());
                known.setValue(
                        more == null
                                ? known.getValue().merge(known.getValue().absent(part.rows()))
                                : known.getValue().merge(more));
            }
            for (Map.Entry<String, ColumnSketch> added : sketches.entrySet()) {
                columns.put(added.getKey(), added.getValue().absent(rows).merge(added.getValue()));
            }
            rows += part.rows();
        }
        return new Profile(rows, columns.values().stream().map(ColumnSketch::profile).toList());
    }

    private static Map<String, ColumnSketch> sketches(Profile part) {
        Map<String, ColumnSketch> sketches = new LinkedHashMap<>();
        for (ColumnProfile column : part.columns()) {
            sketches.put(column.name().toLowerCase(Locale.ROOT), ColumnSketch.of(column));
        }
        return sketches;
    }

    @Override
    public Profile restore(long rows, List<ColumnProfile> columns) {
        return new Profile(
                rows, columns.stream().map(ColumnSketch::of).map(ColumnSketch::profile).toList());
    }
}
