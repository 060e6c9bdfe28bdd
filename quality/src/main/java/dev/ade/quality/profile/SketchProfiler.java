package dev.ade.quality.profile;

import dev.ade.model.Field;
import dev.ade.quality.sketch.Bounds;
import dev.ade.quality.sketch.ColumnSketch;
import dev.ade.spi.FileTarget;
import dev.ade.spi.Profile;
import dev.ade.spi.Profile.ColumnProfile;
import dev.ade.spi.Profiler;
import dev.ade.spi.Session;
import dev.ade.spi.Watcher;
import dev.ade.spi.WrittenFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Profiles rows while they are written: a function in Java sees the engine's own vectors on their way into the files, and
/// keeps sketches that merge. What is written already is read once, before the same eyes.
///
/// Why like this (figures are in docs/quality.md, `bench/run profile` measures them):
/// - An aggregation of the engine over the files just written was three times as dear: half of it went into reading them.
/// - Values are looked at in arrays, a column at a time, by loops that compile well.
/// - Each value goes into HyperLogLog registers and sums; quantiles and frequent values come from a sample. It is large
///   enough that its error stays below the sketch's, see `Sample`.
/// - Sums are taken about a value of the column, so that two of them give an accurate deviation.
///
/// Of nested columns rows and NULLs are counted. NaN and infinity are left out of all but the number of rows.
/// Thread-safe; each session is used by its own thread.
public final class SketchProfiler implements Profiler {
    @Override
    public Watcher watcher() {
        return new Watch();
    }

    @Override
    public Profile profile(
            Session session, FileTarget target, List<WrittenFile> files, Watcher watcher) {
        long rows = files.stream().mapToLong(WrittenFile::rows).sum();
        if (watcher instanceof Watch watch && watch.saw(target.fields(), rows)) {
            return profile(session, target.fields(), files, rows, watch);
        }
        Watch watch = new Watch();
        if (rows > 0) {
            String source = new Source(target.fields(), files).sql(session);
            session.watch(source, target.fields(), watch);
        }
        if (!watch.saw(target.fields(), rows)) {
            throw new IllegalStateException(
                    "Cannot profile: the files have not the %d rows they should have"
                            .formatted(rows));
        }
        return profile(session, target.fields(), files, rows, watch);
    }

    private static Profile profile(
            Session session, List<Field> fields, List<WrittenFile> files, long rows, Watch watch) {
        List<Seen> seen = watch.columns(fields);
        Map<Integer, Bounds> texts = new TextBounds(fields, files).of(session);
        List<ColumnProfile> columns = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            Seen column = seen.get(i);
            columns.add(
                    new ColumnSketch(
                                    field.name(),
                                    field.type(),
                                    rows,
                                    rows - column.there(),
                                    texts.getOrDefault(i, column.bounds()),
                                    column.summaries())
                            .profile());
        }
        return new Profile(rows, columns);
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
