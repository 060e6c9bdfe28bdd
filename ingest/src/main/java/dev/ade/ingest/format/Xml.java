package dev.ade.ingest.format;

import dev.ade.model.LoadSpec.Format;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// XML of which every element at one path is a row. Read twice: once for the columns, once for the rows. A document type
/// is not read, and so no entity but XML's own five.
///
/// @param path of the rows' elements from the root, without namespaces; `*` stands for any name
/// @param copied charset of the copy
/// @param lists lower-case names of columns that are lists even where a file has one value a row
public record Xml(List<String> path, Set<String> lists, Charset copied) implements Converter {
    /// The children of the root, whatever they are called.
    public static final List<String> CHILDREN_OF_ROOT = List.of("*", "*");

    static final int DEPTH_MAX = 100;

    public Xml {
        path = List.copyOf(path);
        lists = Set.copyOf(lists);
    }

    @Override
    public Format format() {
        return Format.CSV;
    }

    private interface Rows {
        void row(XmlRow row, long line) throws IOException;
    }

    @Override
    public Converted convert(Input input, Path copy) throws IOException {
        XmlColumns columns = new XmlColumns(lists);
        walk(input, (row, _) -> columns.learn(row));
        Places places = new Places();
        Names.requireDistinct(columns.names());
        if (columns.names().isEmpty()) {
            throw new NotReadable(
                    "no element is at /" + String.join("/", path),
                    "Say where its rows are, such as load: {options: {rows: /orders/order}}");
        }
        Function<XmlRow, List<@Nullable String>> values = columns.values();
        try (CsvLines out = new CsvLines(copy, columns.names(), copied)) {
            walk(
                    input,
                    (row, line) -> {
                        places.add(out.line(), line);
                        out.write(values.apply(row));
                    });
        }
        return new Converted(List.of(), places);
    }

    private void walk(Input input, Rows rows) throws IOException {
        try (InputStream in = input.open()) {
            XMLStreamReader xml = factory().createXMLStreamReader(in);
            try {
                walk(xml, rows);
            } finally {
                xml.close();
            }
        } catch (XMLStreamException e) {
            throw new NotReadable(
                    "it is no well-formed XML at line %,d"
                            .formatted(
                                    e.getLocation() == null ? 1 : e.getLocation().getLineNumber()),
                    "Check it with an XML tool; entities of a document type are not read");
        }
    }

    private void walk(XMLStreamReader xml, Rows rows) throws XMLStreamException, IOException {
        List<String> at = new ArrayList<>();
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                at.add(xml.getLocalName());
                requireDepth(at.size());
                if (isRow(at)) {
                    long line = xml.getLocation().getLineNumber();
                    rows.row(XmlRow.read(xml), line);
                    at.removeLast();
                }
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                at.removeLast();
            }
        }
    }

    static void requireDepth(int depth) {
        if (depth > DEPTH_MAX) {
            throw new NotReadable(
                    "its elements are nested deeper than " + DEPTH_MAX, "Flatten it first");
        }
    }

    private boolean isRow(List<String> at) {
        if (at.size() != path.size()) {
            return false;
        }
        for (int i = 0; i < at.size(); i++) {
            if (!path.get(i).equals("*") && !path.get(i).equals(at.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }
}
