package dev.ade.run.vault;

import dev.ade.model.Fingerprint;
import dev.ade.spi.CorrectedFile;
import dev.ade.spi.Correction;
import dev.ade.spi.Corrections;
import dev.ade.spi.Vault;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// Corrected rows as they are kept in the vault: how many there are, then line, lines and text in UTF-8 of each. Of a row that
/// was corrected more than once the last one counts. Thread-safe.
public final class SealedCorrections implements Corrections {
    private final Vault vault;
    private final List<CorrectedFile> files;
    private final Map<Fingerprint, List<CorrectedFile>> byBatch = new HashMap<>();
    private final Map<Fingerprint, List<Correction>> opened = new ConcurrentHashMap<>();
    private final Map<Fingerprint, Set<Long>> dropped = new ConcurrentHashMap<>();

    /// @param files of one batch in their order
    public SealedCorrections(Vault vault, Collection<CorrectedFile> files) {
        this.vault = vault;
        this.files = List.copyOf(files);
        this.files.forEach(
                file -> byBatch.computeIfAbsent(file.batch(), _ -> new ArrayList<>()).add(file));
    }

    @Override
    public Map<Fingerprint, Fingerprint> versions() {
        return CorrectedFile.versions(files);
    }

    @Override
    public List<Correction> of(Fingerprint batch) {
        return opened.computeIfAbsent(batch, it -> last(byBatch.getOrDefault(it, List.of())));
    }

    private List<Correction> last(List<CorrectedFile> some) {
        Map<Long, Correction> byLine = new TreeMap<>();
        for (CorrectedFile file : some) {
            read(vault, file).forEach(it -> byLine.put(it.line(), it));
        }
        return List.copyOf(byLine.values());
    }

    @Override
    public void drop(Fingerprint batch, Set<Long> lines) {
        dropped.put(batch, Set.copyOf(lines));
    }

    /// What is left of one of the files without the lines that were dropped; empty where none of them is in it.
    public Optional<CorrectedFile> left(CorrectedFile file) {
        Set<Long> lines = dropped.getOrDefault(file.batch(), Set.of());
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        List<Correction> all = read(vault, file);
        List<Correction> left = all.stream().filter(it -> !lines.contains(it.line())).toList();
        return left.size() == all.size()
                ? Optional.empty()
                : Optional.of(file.with(left.size(), seal(vault, file.label(), left)));
    }

    /// What is sealed in one file.
    public static List<Correction> read(Vault vault, CorrectedFile file) {
        List<Correction> corrections = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(vault.open(file.label(), file.sealed()))) {
            for (int rest = in.readInt(); rest > 0; rest--) {
                long line = in.readLong();
                long lines = in.readLong();
                byte[] text = in.readNBytes(in.readInt());
                corrections.add(
                        new Correction(line, lines, new String(text, StandardCharsets.UTF_8)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return corrections;
    }

    /// Puts them into the vault, in the order of lines.
    public static Vault.Sealed seal(
            Vault vault, Vault.Label label, Collection<Correction> corrections) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(corrections.size());
            for (Correction correction :
                    corrections.stream()
                            .sorted(Comparator.comparingLong(Correction::line))
                            .toList()) {
                byte[] text = correction.text().getBytes(StandardCharsets.UTF_8);
                out.writeLong(correction.line());
                out.writeLong(correction.lines());
                out.writeInt(text.length);
                out.write(text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return vault.seal(label, new ByteArrayInputStream(bytes.toByteArray()));
    }
}
