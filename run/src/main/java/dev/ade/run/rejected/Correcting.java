package dev.ade.run.rejected;

import dev.ade.model.AdeException;
import dev.ade.model.Fingerprint;
import dev.ade.model.Project;
import dev.ade.model.SourceTable;
import dev.ade.model.TableName;
import dev.ade.run.RunRequest;
import dev.ade.run.vault.SealedCorrections;
import dev.ade.spi.CorrectedFile;
import dev.ade.spi.Correction;
import dev.ade.spi.Corrections;
import dev.ade.spi.Engine;
import dev.ade.spi.LakeView;
import dev.ade.spi.Loader;
import dev.ade.spi.RawFile;
import dev.ade.spi.RawRow;
import dev.ade.spi.Vault;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Takes corrected rows back: each has to be one that is open, or was corrected before, of a file that is as it was. Either all
/// of a sheet is taken or nothing.
public final class Correcting {
    private final Parts parts;

    /// @param view what is published
    /// @param user of the operating system, for the record
    public record Parts(
            Project project,
            Loader loader,
            LakeView view,
            Engine engine,
            Vault vault,
            Clock clock,
            String user) {}

    public Correcting(Parts parts) {
        this.parts = parts;
    }

    /// The run that loads files again with these rows in the place of what stands there.
    ///
    /// @throws AdeException USER where something in the sheet is wrong; it says what, and in which line
    public RunRequest request(TableName dataset, Path path, String command) {
        SourceTable source = new FileSource(parts.project(), "correct").ofFiles(dataset);
        SheetReader.Read sheet = new SheetReader(path).read();
        List<CorrectedFile> kept = parts.view().corrected(dataset);
        SealedCorrections corrections = new SealedCorrections(parts.vault(), kept);
        requireOpen(path, sheet.rows(), open(dataset, kept, corrections));
        Map<RawFile, List<Correction>> given =
                given(
                        path,
                        sheet,
                        raw(source, sheet.rows(), corrections),
                        raw(source, again(sheet.rows(), corrections), Corrections.NONE));
        if (given.isEmpty()) {
            throw AdeException.user(
                    "Cannot correct rows of %s with %s: they are as they stand in their files"
                            .formatted(dataset, path),
                    "Change values in it, and save it");
        }
        List<GivenCorrections> sealed = new ArrayList<>();
        given.forEach((file, some) ->
                sealed.add(
                        new GivenCorrections(
                                sealed(source, file, some),
                                kept.stream()
                                        .filter(it -> it.batch().equals(file.batch()))
                                        .toList())));
        return new RunRequest(
                        List.of(dataset + "+"),
                        List.of(),
                        RunRequest.Refresh.CHANGED,
                        Optional.empty(),
                        command)
                .correcting(sealed);
    }

    /// Rows that were corrected before.
    private static List<SheetRow> again(List<SheetRow> rows, SealedCorrections corrections) {
        return rows.stream()
                .filter(row ->
                        corrections.of(row.batch()).stream()
                                .anyMatch(it -> it.line() == row.line()))
                .toList();
    }

    private static Map<RejectedPlace, RawRow> byPlace(List<RawFile> files) {
        Map<RejectedPlace, RawRow> rows = new HashMap<>();
        for (RawFile file : files) {
            file.rows().forEach(row -> rows.put(new RejectedPlace(file.batch(), row.line()), row));
        }
        return rows;
    }

    /// What stands otherwise in the sheet than in the files. A row that stands there as in its very file was left alone by
    /// whoever gives the sheet, so what somebody else made of it stays.
    ///
    /// @param there with what was corrected in them before
    /// @param before rows that were corrected before, as they stand in their files
    private static Map<RawFile, List<Correction>> given(
            Path path, SheetReader.Read sheet, List<RawFile> there, List<RawFile> before) {
        Map<Fingerprint, RawFile> files = new HashMap<>();
        there.forEach(file -> files.put(file.batch(), file));
        Map<RejectedPlace, RawRow> rows = byPlace(there);
        Map<RejectedPlace, RawRow> asInFile = byPlace(before);
        Columns columns = new Columns(path, sheet.columns());
        columns.requireAll(there);
        Map<RawFile, List<Correction>> given = new LinkedHashMap<>();
        for (SheetRow row : sheet.rows()) {
            RawFile file = files.get(row.batch());
            RawRow raw = rows.get(row.place());
            if (file == null || raw == null) {
                throw wrong(
                        path,
                        row.at(),
                        row.origin() + " is not there any more, or has changed since",
                        "ade run, then export what is open then");
            }
            Map<String, String> values = columns.values(row, file);
            raw.with(values)
                    .filter(_ -> isOtherwise(asInFile.get(row.place()), values))
                    .ifPresent(it -> given.computeIfAbsent(file, _ -> new ArrayList<>()).add(it));
        }
        return given;
    }

    private static boolean isOtherwise(@Nullable RawRow asInFile, Map<String, String> values) {
        return asInFile == null || asInFile.with(values).isPresent();
    }

    private Set<RejectedPlace> open(
            TableName dataset, List<CorrectedFile> kept, SealedCorrections corrections) {
        Set<RejectedPlace> open = new HashSet<>();
        new RejectedRows(parts.view(), parts.engine())
                .left(dataset)
                .forEach(row -> open.add(row.place()));
        for (CorrectedFile file : kept) {
            corrections
                    .of(file.batch())
                    .forEach(it -> open.add(new RejectedPlace(file.batch(), it.line())));
        }
        return open;
    }

    private static void requireOpen(Path path, List<SheetRow> rows, Set<RejectedPlace> open) {
        Set<RejectedPlace> seen = new HashSet<>();
        for (SheetRow row : rows) {
            if (!open.contains(row.place())) {
                throw wrong(
                        path,
                        row.at(),
                        "line %d of %s is no open rejected row".formatted(row.line(), row.origin()),
                        "Take the row out, or export what is open now");
            }
            if (!seen.add(row.place())) {
                throw wrong(
                        path,
                        row.at(),
                        "line %d of %s is in it twice".formatted(row.line(), row.origin()),
                        "Leave the one that is right");
            }
        }
    }

    private List<RawFile> raw(SourceTable source, List<SheetRow> rows, Corrections corrections) {
        if (rows.isEmpty()) {
            return List.of();
        }
        Map<Fingerprint, Set<Long>> lines = new HashMap<>();
        rows.forEach(
                row -> lines.computeIfAbsent(row.batch(), _ -> new HashSet<>()).add(row.line()));
        return parts.loader()
                .rows(
                        source,
                        Loader.Known.of(parts.view(), source.name()),
                        lines,
                        new Loader.Glance(parts.engine(), Loader.ColumnReaders.NONE, corrections));
    }

    private CorrectedFile sealed(SourceTable source, RawFile file, List<Correction> given) {
        Vault.Sealed sealed =
                SealedCorrections.seal(
                        parts.vault(), CorrectedFile.label(source.name(), file.batch()), given);
        return new CorrectedFile(
                source.name(),
                file.batch(),
                Fingerprint.of("corrected", sealed.file()),
                file.origin(),
                parts.clock().instant(),
                parts.user(),
                given.size(),
                sealed);
    }

    static AdeException wrong(Path path, long at, String reason, String next) {
        return AdeException.user(
                "Cannot correct rows with %s: %s (line %d)".formatted(path, reason, at), next);
    }
}
