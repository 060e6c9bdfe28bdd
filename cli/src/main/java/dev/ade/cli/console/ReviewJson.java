package dev.ade.cli.console;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ade.model.TableName;
import dev.ade.model.Wording;
import dev.ade.run.Decision;
import dev.ade.run.Estimate;
import dev.ade.run.PlanReview;
import dev.ade.run.compare.DatasetChange;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/// A plan with its changes as JSON. Fields are documented in docs/plan.md; they are only ever added to.
public final class ReviewJson {
    private ReviewJson() {}

    public static void write(PlanReview review, PrintStream out) {
        Json.print(
                out,
                json -> {
                    json.writeStartObject();
                    json.writeStringField("environment", review.environment().name());
                    json.writeBooleanField("has_changes", review.hasChanges());
                    json.writeNumberField("unchanged", review.comparison().unchanged());
                    json.writeArrayFieldStart("changes");
                    for (DatasetChange change : review.comparison().changes()) {
                        change(json, change);
                    }
                    json.writeEndArray();
                    json.writeArrayFieldStart("history");
                    for (Decision decision : review.plan().decisions()) {
                        json.writeStartObject();
                        json.writeStringField("dataset", decision.dataset().toString());
                        json.writeStringField("nature", Wording.of(decision.nature()));
                        json.writeStringField("choice", Wording.of(decision.choice()));
                        json.writeStringField("ground", Wording.of(decision.ground()));
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                    ReportJson.plan(
                            json,
                            review.plan(),
                            (generator, step) ->
                                    estimate(generator, review.estimates().get(step.dataset())));
                    json.writeEndObject();
                });
    }

    private static void estimate(
            JsonGenerator json, @org.jspecify.annotations.Nullable Estimate estimate)
            throws IOException {
        if (estimate == null) {
            return;
        }
        Json.figure(json, "rows_to_read", estimate.rows().orElse(-1));
        Json.figure(json, "bytes_to_read", estimate.bytes().orElse(-1));
        if (estimate.seconds().isPresent()) {
            json.writeNumberField("seconds_estimated", estimate.seconds().getAsDouble());
        } else {
            json.writeNullField("seconds_estimated");
        }
    }

    private static void change(JsonGenerator json, DatasetChange change) throws IOException {
        json.writeStartObject();
        json.writeStringField("dataset", change.dataset().toString());
        json.writeStringField("kind", change.kind());
        json.writeStringField("change", Wording.of(change.sort()));
        text(json, "former_name", change.former().map(TableName::toString));
        text(json, "nature", change.nature().map(Wording::of));
        json.writeArrayFieldStart("columns");
        for (DatasetChange.ColumnChange column : change.columns()) {
            json.writeStartObject();
            json.writeStringField("name", column.name());
            text(json, "before", column.before());
            text(json, "after", column.after());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("facts");
        for (DatasetChange.FactChange fact : change.facts()) {
            json.writeStartObject();
            json.writeStringField("topic", Wording.of(fact.topic()));
            json.writeStringField("name", fact.name());
            text(json, "before", fact.before());
            text(json, "after", fact.after());
            json.writeEndObject();
        }
        json.writeEndArray();
        texts(json, "below", change.impact().below());
        texts(json, "reached_columns", change.impact().columns());
        texts(json, "contracts", change.impact().contracts());
        texts(json, "exposures", change.impact().exposures());
        Json.texts(json, "problems", change.problems());
        Json.texts(json, "diff", change.diff());
        json.writeEndObject();
    }

    private static void texts(JsonGenerator json, String field, List<?> names) throws IOException {
        Json.texts(json, field, names.stream().map(Object::toString).toList());
    }

    private static void text(JsonGenerator json, String field, Optional<String> text)
            throws IOException {
        if (text.isPresent()) {
            json.writeStringField(field, text.get());
        } else {
            json.writeNullField(field);
        }
    }
}
