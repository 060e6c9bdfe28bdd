package dev.ade.ingest;

import dev.ade.ingest.format.Converted;
import dev.ade.ingest.format.Converter;
import dev.ade.ingest.format.CorrectedLines;
import dev.ade.ingest.format.Places;
import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.LoadSpec.Format;
import dev.ade.model.Wording;
import dev.ade.spi.Correction;
import dev.ade.spi.Corrections;
import dev.ade.spi.HeldFolder;
import dev.ade.spi.Loader.Item;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Copies of files that the engine cannot read as they are, or of which people corrected rows, in a folder that only this
/// user may open and that is gone when the load ends, or with the next one where it was killed: CSV files in UTF-8, JSON
/// files whose numbers have more digits than the engine keeps, and other formats as CSV or JSON. One load or inspection has
/// one; not thread-safe.
final class Recoding implements AutoCloseable {
    private static final int CHARACTERS = 1 << 16;

    private final ReaderOptions declared;
    private final Corrections corrections;
    private final Path stages;
    private Optional<HeldFolder> folder = Optional.empty();
    private int copies;

    /// @param stages folder of all such folders
    Recoding(ReaderOptions declared, Corrections corrections, Path stages) {
        this.declared = declared;
        this.corrections = corrections;
        this.stages = stages;
    }

    /// How to read the files that `path` gives.
    ReaderOptions options() {
        return declared.encoding().isCopied() ? declared.without(Option.ENCODING) : declared;
    }

    /// What is read for a file.
    ///
    /// @param format of what is read
    /// @param columns as the file itself declares them; empty where they are to be found
    /// @param isOurs whether it was converted
    record Opened(Path path, Format format, List<Column> columns, Places places, boolean isOurs) {}

    Opened open(Item item, Format format, Expected expected) {
        Path file = Path.of(item.path());
        String origin = item.origin();
        Optional<Converter> converter =
                new Converters(declared, expected).of(format, declared.encoding());
        List<Correction> own = corrections.of(item.id());
        if (!own.isEmpty() && format != Format.CSV && format != Format.NDJSON) {
            throw notCorrected(origin, format);
        }
        requireKnown(origin, own);
        try {
            if (converter.isPresent()) {
                return converted(file, origin, converter.get());
            }
            boolean isCopied = format == Format.CSV && declared.encoding().isCopied();
            Path path = file;
            if (isCopied) {
                path = next(".csv");
                copy(file, origin, path);
            }
            return own.isEmpty()
                    ? new Opened(path, format, List.of(), Places.SAME, false)
                    : corrected(path, origin, format, own);
        } catch (IOException e) {
            throw Broken.file(origin, e);
        }
    }

    private Opened corrected(Path path, String origin, Format format, List<Correction> own)
            throws IOException {
        Path copy = next("." + Wording.of(format));
        try (InputStream in = Contents.unpacked(path, origin, declared);
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(copy))) {
            Places places = CorrectedLines.copy(in, out, declared.encoding().copied(), own);
            return new Opened(copy, format, List.of(), places, false);
        }
    }

    /// Their encoding may have been declared otherwise since they were corrected.
    private void requireKnown(String origin, List<Correction> own) {
        CharsetEncoder encoder = declared.encoding().copied().newEncoder();
        for (Correction correction : own) {
            if (!encoder.canEncode(correction.text())) {
                throw AdeException.user(
                        "Cannot load %s: what line %d of it was corrected to has characters that %s does not know"
                                .formatted(origin, correction.line(), encoder.charset()),
                        "Declare its encoding as it was, or take that back: ade rejected withdraw");
            }
        }
    }

    private static AdeException notCorrected(String origin, Format format) {
        return AdeException.user(
                "Cannot load %s: rows of it were corrected one by one, and now it is %s"
                        .formatted(origin, Wording.of(format)),
                "Declare its format as it was, or give it the content that is meant");
    }

    private Opened converted(Path file, String origin, Converter converter) throws IOException {
        Path copy = next("." + Wording.of(converter.format()));
        try {
            Converted made =
                    converter.convert(() -> Contents.unpacked(file, origin, declared), copy);
            return new Opened(copy, converter.format(), made.columns(), made.places(), true);
        } catch (Converter.NotReadable e) {
            throw e.of(origin);
        }
    }

    private Path next(String ending) throws IOException {
        if (folder.isEmpty()) {
            folder = Optional.of(HeldFolder.in(stages));
        }
        return folder.get().path().resolve(copies++ + ending);
    }

    /// The file to read for `file` where columns are decimals; `file` itself where its numbers are short. What the copy's
    /// columns are is to be seen in `file`.
    ///
    /// @param decimals lower-case names
    Path exact(Path file, String origin, Format format, Set<String> decimals) {
        if (decimals.isEmpty() || (format != Format.JSON && format != Format.NDJSON)) {
            return file;
        }
        ExactNumbers.Wanted wanted = new ExactNumbers.Wanted(format, decimals);
        try {
            try (InputStream in = Contents.unpacked(file, origin, declared)) {
                if (!ExactNumbers.hasLong(in, wanted)) {
                    return file;
                }
            }
            Path copy = next(".json");
            try (InputStream in = Contents.unpacked(file, origin, declared);
                    OutputStream out = Files.newOutputStream(copy)) {
                ExactNumbers.copy(in, out, wanted);
            }
            return copy;
        } catch (IOException e) {
            throw Broken.file(origin, e);
        }
    }

    private void copy(Path file, String origin, Path copy) throws IOException {
        try (PushbackInputStream in =
                        new PushbackInputStream(Contents.unpacked(file, origin, declared), 2);
                Reader reader = reader(in);
                Writer writer = Files.newBufferedWriter(copy, StandardCharsets.UTF_8)) {
            char[] characters = new char[CHARACTERS];
            for (int n = reader.read(characters); n >= 0; n = reader.read(characters)) {
                writer.write(characters, 0, n);
            }
        }
    }

    private Reader reader(PushbackInputStream in) throws IOException {
        return new BufferedReader(
                new InputStreamReader(
                        in,
                        charset(in)
                                .newDecoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .onUnmappableCharacter(CodingErrorAction.REPORT)));
    }

    /// UTF-16 says in its first two bytes which of them comes first; without them it is what Windows writes.
    private Charset charset(PushbackInputStream in) throws IOException {
        Charset charset = declared.encoding().charset();
        if (!charset.equals(StandardCharsets.UTF_16LE)) {
            return charset;
        }
        byte[] mark = in.readNBytes(2);
        in.unread(mark);
        boolean isBigEndian = mark.length == 2 && mark[0] == (byte) 0xFE && mark[1] == (byte) 0xFF;
        return isBigEndian ? StandardCharsets.UTF_16BE : charset;
    }

    @Override
    public void close() {
        if (folder.isPresent()) {
            try {
                folder.get().close();
            } catch (IOException e) {
                throw Broken.leftBehind(folder.get().path(), e);
            }
        }
    }
}
