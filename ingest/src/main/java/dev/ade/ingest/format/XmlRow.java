package dev.ade.ingest.format;

import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// One element with all in it. Attributes stand before children.
///
/// @param text of an element without children, blanks around it left out
record XmlRow(String name, List<XmlRow> children, String text) {
    private static final String SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";

    /// Elements and attributes of one row.
    private static final int NODES_MAX = 1_000_000;

    private static final int TEXT_MAX = 64 << 20;

    /// Reads the element that the reader is at, up to its end.
    static XmlRow read(XMLStreamReader xml) throws XMLStreamException {
        return new Reading(xml).element(1);
    }

    boolean isLeaf() {
        return children.isEmpty();
    }

    private static final class Reading {
        private final XMLStreamReader xml;
        private int nodes;
        private long characters;

        Reading(XMLStreamReader xml) {
            this.xml = xml;
        }

        XmlRow element(int depth) throws XMLStreamException {
            Xml.requireDepth(depth);
            String name = xml.getLocalName();
            List<XmlRow> children = attributes();
            StringBuilder text = new StringBuilder();
            int event = xml.next();
            while (event != XMLStreamConstants.END_ELEMENT) {
                if (event == XMLStreamConstants.START_ELEMENT) {
                    children.add(element(depth + 1));
                } else if (event == XMLStreamConstants.CHARACTERS
                        || event == XMLStreamConstants.CDATA
                        || event == XMLStreamConstants.SPACE) {
                    text.append(xml.getText());
                    count(0, xml.getTextLength());
                }
                event = xml.next();
            }
            count(1, 0);
            return new XmlRow(name, children, text.toString().strip());
        }

        private List<XmlRow> attributes() {
            List<XmlRow> attributes = new ArrayList<>();
            for (int i = 0; i < xml.getAttributeCount(); i++) {
                if (!SCHEMA_INSTANCE.equals(xml.getAttributeNamespace(i))) {
                    String value = xml.getAttributeValue(i);
                    attributes.add(
                            new XmlRow(xml.getAttributeLocalName(i), List.of(), value.strip()));
                    count(1, value.length());
                }
            }
            return attributes;
        }

        private void count(int more, long text) {
            nodes += more;
            characters += text;
            if (nodes > NODES_MAX || characters > TEXT_MAX) {
                throw new Converter.NotReadable(
                        "one row has more than %,d elements or %,d characters"
                                .formatted(NODES_MAX, TEXT_MAX),
                        "Say which elements are the rows, such as load: {options: {rows: /orders/order}}");
            }
        }
    }
}
