package dev.ade.ingest;

import dev.ade.ingest.format.Places;
import dev.ade.model.Column;
import dev.ade.model.LoadSpec.Format;
import dev.ade.spi.Loader.Item;
import dev.ade.spi.Session;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes parts of files: finds what is to be read for each, and its shape.
final class PartReader {
    private final Session session;
    private final Recoding recoding;
    private final Expected expected;
    private final Map<String, Staged.Table> tables;

    /// @param tables parts whose rows are in the engine already, by path
    PartReader(
            Session session,
            Recoding recoding,
            Expected expected,
            Map<String, Staged.Table> tables) {
        this.session = session;
        this.recoding = recoding;
        this.expected = expected;
        this.tables = tables;
    }

    Part part(Item item, Format format, int sequence) {
        Staged.Table table = tables.get(item.path());
        if (table != null) {
            return new Part(
                    item,
                    Path.of(item.path()),
                    sniffer(recoding.options()).typed(table.schema()).requireNames(item.origin()),
                    sequence,
                    Places.SAME,
                    Optional.of(table.sql()));
        }
        Recoding.Opened file = recoding.open(item, format, expected);
        Shape shape = shape(file, item.origin());
        Path exact =
                file.isOurs()
                        ? file.path()
                        : recoding.exact(
                                file.path(), item.origin(), file.format(), expected.decimals());
        return new Part(item, exact, shape, sequence, file.places(), Optional.empty());
    }

    private Shape shape(Recoding.Opened file, String origin) {
        ReaderOptions options = recoding.options();
        if (!file.columns().isEmpty()) {
            return new Shape(file.format(), Dialect.PLAIN, typed(file.columns(), options))
                    .requireNames(origin);
        }
        ReaderOptions known =
                file.isOurs() && file.format() == Format.CSV ? options.ofCopy() : options;
        Shape shape = sniffer(known).sniff(file.path(), origin, file.format());
        Shape coded = new Codes(session, known, expected).of(shape, file.path(), origin);
        return new LongNumbers(session, known, expected).of(coded, file.path(), origin);
    }

    private Sniffer sniffer(ReaderOptions options) {
        return new Sniffer(session, options, expected.lowerNames());
    }

    private static List<Column> typed(List<Column> columns, ReaderOptions options) {
        return columns.stream()
                .map(column ->
                        options.types().entrySet().stream()
                                .filter(type -> type.getKey().equalsIgnoreCase(column.name()))
                                .findFirst()
                                .map(type -> new Column(column.name(), type.getValue()))
                                .orElse(column))
                .toList();
    }
}
