package dev.ade.run.vault;

import dev.ade.model.AdeException;
import dev.ade.model.ColumnSpec;
import dev.ade.model.Fingerprint;
import dev.ade.model.LoadSpec;
import dev.ade.model.SourceTable;
import dev.ade.model.TableName;
import dev.ade.run.lineage.ColumnId;
import dev.ade.run.vault.People.Unsearchable;
import dev.ade.spi.CorrectedFile;
import dev.ade.spi.Correction;
import dev.ade.spi.HeldFolder;
import dev.ade.spi.Vault;
import dev.ade.spi.VaultBatch;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;

/// People in originals of the vault, and in what was corrected of them. An original that holds them is written anew without
/// their rows, under a new key, and the key of the one before is destroyed; where it cannot be told whose rows are whose, its
/// key is. Used by one thread.
public final class VaultPeople {
    /// Options of a reader that change what a row or a column is.
    private static final Set<String> SHAPING =
            Set.of(
                    "quote",
                    "escape",
                    "comment",
                    "header",
                    "names",
                    "skip",
                    "encoding",
                    "new_line",
                    "strict_mode",
                    "fields",
                    "rows",
                    "sheet",
                    "range");

    private final VaultRoom.Parts parts;
    private final Path stages;

    /// @param stages folder of what must not outlive its work: originals lie there in plain while they are searched
    public VaultPeople(VaultRoom.Parts parts, Path stages) {
        this.parts = parts;
        this.stages = stages;
    }

    /// Something in the vault that holds them.
    ///
    /// @param rows of theirs; 0 where that cannot be told
    /// @param unsearchable why it cannot be; empty where it can
    public record Hit(Sealed in, long rows, Optional<String> unsearchable) {}

    /// What may hold people.
    public sealed interface Sealed {
        TableName dataset();

        Fingerprint batchId();

        /// The file, or what it is of.
        String source();

        record Original(VaultBatch batch) implements Sealed {
            @Override
            public TableName dataset() {
                return batch.label().dataset();
            }

            @Override
            public Fingerprint batchId() {
                return batch.label().batch();
            }

            @Override
            public String source() {
                return batch.origin();
            }
        }

        /// What people corrected in a file.
        record Corrected(CorrectedFile file) implements Sealed {
            @Override
            public TableName dataset() {
                return file.dataset();
            }

            @Override
            public Fingerprint batchId() {
                return file.batch();
            }

            @Override
            public String source() {
                return "corrections of " + file.origin();
            }
        }
    }

    /// Originals, and corrections, with rows of theirs, and those of which it cannot be told.
    ///
    /// @param values as sources write them, by column
    public List<Hit> find(Map<ColumnId, Set<String>> values) {
        List<Hit> hits = new ArrayList<>();
        for (VaultBatch batch : parts.lake().vault().list()) {
            boolean isConcerned =
                    values.keySet().stream()
                            .anyMatch(it -> it.dataset().equals(batch.label().dataset()));
            if (batch.sealed().isPresent() && isConcerned) {
                work(batch, values, (_, _) -> {}).ifPresent(hits::add);
            }
        }
        for (CorrectedFile file : parts.lake().vault().corrected()) {
            long rows = file.rows() - left(file, values).size();
            if (rows > 0) {
                hits.add(new Hit(new Sealed.Corrected(file), rows, Optional.empty()));
            }
        }
        return hits;
    }

    /// Takes them out. Stopped anywhere, what is left is found again.
    public void remove(List<Hit> hits, Map<ColumnId, Set<String>> values) {
        for (Hit hit : hits) {
            switch (hit.in()) {
                case Sealed.Original original when hit.unsearchable().isEmpty() ->
                        work(original.batch(), values, this::replace);
                case Sealed.Original original -> destroy(original.batch());
                case Sealed.Corrected corrected ->
                        replace(corrected.file(), left(corrected.file(), values));
            }
        }
    }

    private List<Correction> left(CorrectedFile file, Map<ColumnId, Set<String>> values) {
        Wanted wanted = wanted(file.dataset(), values);
        return SealedCorrections.read(parts.vault(), file).stream()
                .filter(correction -> !wanted.isSomewhereIn(correction.text()))
                .toList();
    }

    private void replace(CorrectedFile file, List<Correction> left) {
        Vault.Sealed sealed = SealedCorrections.seal(parts.vault(), file.label(), left);
        parts.lake().vault().shorten(file, file.with(left.size(), sealed));
        parts.vault().remove(file.sealed().file());
    }

    private void replace(VaultBatch batch, Path copy) {
        Vault.Sealed sealed = parts.vault().seal(batch.label(), copy);
        parts.lake().vault().replace(batch, sealed);
        parts.vault().remove(batch.sealed().orElseThrow().file());
    }

    private void destroy(VaultBatch batch) {
        VaultBatch.End end = new VaultBatch.End(parts.clock().instant(), "a person was forgotten");
        parts.lake().vault().destroy(List.of(batch.label()), end);
        parts.vault().remove(batch.sealed().orElseThrow().file());
    }

    /// What becomes of a copy without them, packed as the original is.
    private interface Use {
        void of(VaultBatch batch, Path copy);
    }

    private Optional<Hit> work(VaultBatch batch, Map<ColumnId, Set<String>> values, Use use) {
        try (HeldFolder folder = HeldFolder.in(stages)) {
            return work(batch, values, use, folder.path());
        } catch (IOException e) {
            throw AdeException.resource(
                            "Cannot look into %s of the vault: %s"
                                    .formatted(batch.label(), e.getClass().getSimpleName()),
                            "Check the permissions and the free space of " + stages)
                    .causedBy(e);
        }
    }

    private Optional<Hit> work(
            VaultBatch batch, Map<ColumnId, Set<String>> values, Use use, Path folder)
            throws IOException {
        Wanted wanted = wanted(batch.label().dataset(), values);
        Path plain = folder.resolve("plain");
        Path copy = folder.resolve("copy");
        try {
            Packing packing = unpack(batch, plain);
            long rows = people(batch, plain).copyWithout(wanted, plain, copy);
            if (rows == 0) {
                return Optional.empty();
            }
            use.of(batch, packing == Packing.GZIP ? packed(copy) : copy);
            return Optional.of(new Hit(new Sealed.Original(batch), rows, Optional.empty()));
        } catch (Unsearchable e) {
            return Optional.of(new Hit(new Sealed.Original(batch), 0, Optional.of(e.reason())));
        }
    }

    /// Files may have a column under a name that it had before.
    private Wanted wanted(TableName dataset, Map<ColumnId, Set<String>> values) {
        SourceTable source = parts.project().get().sources().get(dataset);
        List<ColumnSpec> declared = source == null ? List.of() : source.columns();
        Map<String, Set<String>> own = new HashMap<>();
        values.forEach((column, some) -> {
            if (column.dataset().equals(dataset)) {
                own.put(column.column(), some);
                declared.stream()
                        .filter(it -> it.name().equalsIgnoreCase(column.column()))
                        .flatMap(it -> it.aliases().stream())
                        .forEach(alias -> own.put(alias, some));
            }
        });
        return Wanted.of(own);
    }

    private enum Packing {
        NONE,
        GZIP
    }

    private Packing unpack(VaultBatch batch, Path plain) throws IOException, Unsearchable {
        String name = batch.origin().toLowerCase(Locale.ROOT);
        if (name.endsWith(".zst")) {
            throw new Unsearchable("it is packed by Zstandard");
        }
        Packing packing = name.endsWith(".gz") ? Packing.GZIP : Packing.NONE;
        try (InputStream sealed = parts.vault().open(batch.label(), batch.sealed().orElseThrow());
                InputStream in =
                        packing == Packing.GZIP
                                ? new GZIPInputStream(new BufferedInputStream(sealed))
                                : sealed;
                OutputStream out = Files.newOutputStream(plain)) {
            in.transferTo(out);
        } catch (ZipException _) {
            throw new Unsearchable("it is not packed as its name says");
        }
        return packing;
    }

    private static Path packed(Path copy) throws IOException {
        Path packed = copy.resolveSibling("packed");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            Files.copy(copy, out);
        }
        return packed;
    }

    private People people(VaultBatch batch, Path plain) throws IOException, Unsearchable {
        EnginePeople engine = new EnginePeople(parts.engine().get());
        return switch (format(batch, plain)) {
            case PARQUET -> engine::parquet;
            case NDJSON -> engine::lines;
            case CSV -> new CsvPeople(delimiter(batch));
            case AUTO, JSON, XLSX, FIXED, XML, AVRO, ORC ->
                    throw new Unsearchable("rows of its format cannot be taken out");
        };
    }

    private LoadSpec.Format format(VaultBatch batch, Path plain) throws IOException, Unsearchable {
        SourceTable source = parts.project().get().sources().get(batch.label().dataset());
        boolean isShaped =
                source != null
                        && source.load() instanceof LoadSpec.Files files
                        && files.options().keySet().stream().anyMatch(SHAPING::contains);
        if (isShaped) {
            throw new Unsearchable("options of its source say how it is to be read");
        }
        if (begin(plain).equals("PAR1")) {
            return LoadSpec.Format.PARQUET;
        }
        if (source != null
                && source.load() instanceof LoadSpec.Files files
                && files.format() != LoadSpec.Format.AUTO) {
            return files.format();
        }
        return LoadSpec.Format.ofFile(batch.origin().replaceFirst("(?i)\\.gz$", ""))
                .filter(it -> it != LoadSpec.Format.PARQUET) // it would begin so
                .orElseThrow(() -> new Unsearchable("it is not known what it is"));
    }

    private static String begin(Path plain) throws IOException {
        try (InputStream in = Files.newInputStream(plain)) {
            return new String(in.readNBytes(4), StandardCharsets.ISO_8859_1);
        }
    }

    private Optional<String> delimiter(VaultBatch batch) {
        SourceTable source = parts.project().get().sources().get(batch.label().dataset());
        return source != null && source.load() instanceof LoadSpec.Files files
                ? Optional.ofNullable(files.options().get("delim")).map(Object::toString)
                : Optional.empty();
    }
}
