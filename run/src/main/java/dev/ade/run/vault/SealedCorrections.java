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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Corrected rows as they are kept in the vault: how many there are, then line, lines and text in UTF-8 of each. Thread-safe.
public final class SealedCorrections implements Corrections {
    private final Vault vault;
    private final Map<Fingerprint, CorrectedFile> files = new HashMap<>();
    private final Map<Fingerprint, List<Correction>> opened = new ConcurrentHashMap<>();
    private final Map<Fingerprint, Set<Long>> dropped = new ConcurrentHashMap<>();

    /// @param files the last one of a batch counts
    public SealedCorrections(Vault vault, Collection<CorrectedFile> files) {
        this.vault = vault;
        files.forEach(file -> this.files.put(file.batch(), file));
    }

    @Override
    public Map<Fingerprint, Fingerprint> versions() {
        Map<Fingerprint, Fingerprint> versions = new HashMap<>();
        files.forEach((batch, file) -> versions.put(batch, file.version()));
        return versions;
    }

    @Override
    public List<Correction> of(Fingerprint batch) {
        return files.containsKey(batch)
                ? opened.computeIfAbsent(
                        batch, it -> read(vault, Objects.requireNonNull(files.get(it))))
                : List.of();
    }

    @Override
    public void drop(Fingerprint batch, Set<Long> lines) {
        dropped.put(batch, Set.copyOf(lines));
    }

    /// A file without what was dropped of it; empty where nothing was.
    public Optional<CorrectedFile> left(Fingerprint batch) {
        Set<Long> lines = dropped.getOrDefault(batch, Set.of());
        CorrectedFile file = files.get(batch);
        if (file == null || lines.isEmpty()) {
            return Optional.empty();
        }
        List<Correction> left =
                of(batch).stream().filter(it -> !lines.contains(it.line())).toList();
        return Optional.of(file.with(left.size(), seal(vault, file.label(), left)));
    }

    static List<Correction> read(Vault vault, CorrectedFile file) {
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
