package dev.ade.run.rejected;

import dev.ade.model.AdeException;
import dev.ade.model.EnvironmentName;
import dev.ade.model.Fingerprint;
import dev.ade.model.Project;
import dev.ade.model.SourceTable;
import dev.ade.model.TableName;
import dev.ade.model.Wording;
import dev.ade.run.vault.OwnFile;
import dev.ade.run.vault.ReadLog;
import dev.ade.run.vault.SealedCorrections;
import dev.ade.spi.Engine;
import dev.ade.spi.LakeView;
import dev.ade.spi.Loader;
import dev.ade.spi.RawFile;
import dev.ade.spi.Vault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Takes open rejected rows out of their files, as they stand there, for people who correct them.
public final class RejectedExport {
    private final Parts parts;

    /// @param view what is published
    public record Parts(
            Project project,
            Loader loader,
            LakeView view,
            Engine engine,
            Vault vault,
            ReadLog reads) {}

    /// @param reason why plain values are read
    /// @param environment whose record says so
    public record Asked(
            TableName dataset,
            Path to,
            String reason,
            EnvironmentName environment,
            String command) {
        public Asked {
            ReadLog.requireReason(reason, "export rejected rows");
        }
    }

    /// @param rows that were written
    /// @param files that they are of
    /// @param missing what could not be written, in words
    public record Exported(long rows, long files, List<String> missing) {
        public Exported {
            missing = List.copyOf(missing);
        }
    }

    public RejectedExport(Parts parts) {
        this.parts = parts;
    }

    /// Writes them to a file of its owner only, once `ade.vault_reads` says who reads them and why. Where no row can be
    /// written there is no file.
    public Exported export(Asked asked) {
        SourceTable source = new FileSource(parts.project(), "export").ofFiles(asked.dataset());
        OwnFile to = new OwnFile(asked.to());
        to.requireNew();
        List<RejectedLine> left = left(asked.dataset());
        List<RawFile> files = left.isEmpty() ? List.of() : raw(source, left);
        long rows = files.stream().mapToLong(file -> file.rows().size()).sum();
        if (rows > 0) {
            Sheet sheet = Sheet.of(files);
            parts.reads()
                    .add(
                            asked.environment(),
                            asked.command(),
                            asked.reason(),
                            files.stream()
                                    .map(file ->
                                            new ReadLog.Original(
                                                    new Vault.Label(source.name(), file.batch()),
                                                    file.origin()))
                                    .toList());
            to.write(sheet.csv(reasons(left)));
        }
        long written = files.stream().filter(file -> !file.rows().isEmpty()).count();
        return new Exported(rows, written, missing(left, files));
    }

    private List<RejectedLine> left(TableName dataset) {
        List<RejectedLine> left = new RejectedRows(parts.view(), parts.engine()).left(dataset);
        if (left.size() > RejectedRows.LEFT_MAX) {
            throw AdeException.user(
                    "Cannot export rejected rows of %s: there are more than %,d"
                            .formatted(dataset, RejectedRows.LEFT_MAX),
                    "Correct the files or the declaration first: ade rejected list " + dataset);
        }
        return left;
    }

    private List<RawFile> raw(SourceTable source, List<RejectedLine> left) {
        Map<Fingerprint, Set<Long>> lines = new LinkedHashMap<>();
        left.forEach(row ->
                lines.computeIfAbsent(row.place().batch(), _ -> new LinkedHashSet<>())
                        .add(row.place().line()));
        return parts
                .loader()
                .rows(
                        source,
                        Loader.Known.of(parts.view(), source.name()),
                        lines,
                        new Loader.Glance(
                                parts.engine(),
                                Loader.ColumnReaders.NONE,
                                new SealedCorrections(
                                        parts.vault(), parts.view().corrected(source.name()))))
                .stream()
                .sorted(Comparator.comparing(RawFile::origin))
                .toList();
    }

    private static Map<RejectedPlace, String> reasons(List<RejectedLine> left) {
        Map<RejectedPlace, String> reasons = new HashMap<>();
        left.forEach(row -> reasons.put(row.place(), row.reason()));
        return reasons;
    }

    private static List<String> missing(List<RejectedLine> left, List<RawFile> files) {
        Map<Fingerprint, RawFile> there = new HashMap<>();
        Set<RejectedPlace> written = new HashSet<>();
        files.forEach(file -> {
            there.put(file.batch(), file);
            file.rows().forEach(row -> written.add(new RejectedPlace(file.batch(), row.line())));
        });
        Map<String, Long> gone = new LinkedHashMap<>();
        Map<String, Long> open = new LinkedHashMap<>();
        for (RejectedLine row : left) {
            if (!there.containsKey(row.place().batch())) {
                gone.merge(row.origin(), 1L, Long::sum);
            } else if (!written.contains(row.place())) {
                open.merge(row.origin(), 1L, Long::sum);
            }
        }
        List<String> missing = new ArrayList<>();
        gone.forEach((origin, rows) ->
                missing.add(
                        "%s of %s, which is not there any more or has changed since"
                                .formatted(Wording.count(rows, "row"), origin)));
        open.forEach((origin, rows) ->
                missing.add(
                        "%s of %s, which cannot be told from what is behind, or is longer than 16 MB: correct the file"
                                .formatted(Wording.count(rows, "row"), origin)));
        return missing;
    }
}
