package dev.ade.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ade.cli.console.Json;
import dev.ade.spi.Connector;
import dev.ade.spi.Loader;
import java.io.IOException;
import java.util.List;

/// What a look at a source found, for programs. As on a terminal, it has no value of the source.
final class InspectionJson {
    private InspectionJson() {}

    static void write(JsonGenerator json, Loader.Inspection inspection) throws IOException {
        json.writeStartObject();
        json.writeNumberField("rows_sampled", inspection.rowsSampled());
        json.writeArrayFieldStart("columns");
        for (Loader.InspectedColumn column : inspection.columns()) {
            json.writeStartObject();
            json.writeStringField("name", column.name());
            json.writeStringField("type", column.type());
            json.writeNumberField("null_share", column.nullShare());
            json.writeNumberField("distinct", column.distinct());
            json.writeStringField("class", column.dataClass());
            json.writeStringField("treatment", column.treatment());
            json.writeStringField("evidence", column.evidence());
            json.writeEndObject();
        }
        json.writeEndArray();
        Json.texts(json, "notes", inspection.notes());
        json.writeStringField("yaml", inspection.yaml());
        json.writeEndObject();
    }

    /// What can be declared of a system.
    static void write(JsonGenerator json, List<Connector.Listed> tables) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("tables");
        for (Connector.Listed table : tables) {
            json.writeStartObject();
            json.writeStringField("name", table.name());
            Json.figure(json, "rows", table.rows().orElse(-1));
            Json.texts(json, "columns", table.columns());
            Json.texts(json, "key", table.key());
            json.writeStringField("cursor", table.cursor().orElse(null));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
