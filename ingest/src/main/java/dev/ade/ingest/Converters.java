package dev.ade.ingest;

import dev.ade.ingest.format.Avro;
import dev.ade.ingest.format.Converter;
import dev.ade.ingest.format.FixedWidth;
import dev.ade.ingest.format.Orc;
import dev.ade.ingest.format.Xlsx;
import dev.ade.ingest.format.XlsxRange;
import dev.ade.ingest.format.Xml;
import dev.ade.model.LoadSpec.Format;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Who converts the files of a source, as its options say.
final class Converters {
    private final ReaderOptions options;
    private final Expected expected;

    Converters(ReaderOptions options, Expected expected) {
        this.options = options;
        this.expected = expected;
    }

    /// Empty for formats that the engine reads itself.
    Optional<Converter> of(Format format, Encoding encoding) {
        return switch (format) {
            case XLSX -> Optional.of(xlsx());
            case FIXED ->
                    Optional.of(
                            new FixedWidth(
                                    options.fields(),
                                    encoding.charset(),
                                    encoding.copied(),
                                    options.count(Option.SKIP).orElse(0L),
                                    Math.toIntExact(
                                            Math.min(Integer.MAX_VALUE, options.lineBytesMax()))));
            case XML -> Optional.of(new Xml(rows(), expected.lists(), encoding.copied()));
            case AVRO -> Optional.of(new Avro());
            case ORC -> Optional.of(new Orc());
            case AUTO, CSV, JSON, NDJSON, PARQUET -> Optional.empty();
        };
    }

    private Xlsx xlsx() {
        return new Xlsx(
                options.text(Option.SHEET),
                options.text(Option.RANGE).map(XlsxRange::parse),
                options.flag(Option.HEADER).orElse(true) ? Xlsx.Header.PRESENT : Xlsx.Header.ABSENT,
                options.texts(Option.NAMES),
                options.unpackLimit());
    }

    private List<String> rows() {
        return options.text(Option.ROWS)
                .map(path ->
                        Stream.of(path.split("/", -1)).filter(step -> !step.isBlank()).toList())
                .orElse(Xml.CHILDREN_OF_ROOT);
    }
}
