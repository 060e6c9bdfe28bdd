package dev.ade.cli.console;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ade.model.Interval;
import dev.ade.model.TableName;
import dev.ade.model.Wording;
import dev.ade.run.Discreet;
import dev.ade.run.Plan;
import dev.ade.run.RunReport;
import dev.ade.run.Step;
import dev.ade.run.StepResult;
import dev.ade.spi.Checker;
import dev.ade.spi.Privacy;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/// Plans and reports as JSON; names are those of `ade.runs` and `ade.steps` where these have them.
public final class ReportJson {
    private static final double SECOND_MILLIS = 1_000;

    private ReportJson() {}

    public static void write(RunReport report, PrintStream out) {
        Json.print(out, json -> report(json, report));
    }

    public static void write(Plan plan, PrintStream out) {
        Json.print(
                out,
                json -> {
                    json.writeStartObject();
                    plan(json, plan, (_, _) -> {});
                    json.writeEndObject();
                });
    }

    private static void report(JsonGenerator json, RunReport report) throws IOException {
        json.writeStartObject();
        if (report.run().isPresent()) {
            json.writeNumberField("run_id", report.run().get().number());
        } else {
            json.writeNullField("run_id");
        }
        json.writeStringField("state", Wording.of(report.state()));
        json.writeStringField("message", Discreet.message(report.message()));
        Json.texts(json, "notes", Discreet.messages(report.notes()));
        json.writeNumberField("seconds", seconds(report.took()));
        names(json, "published", report.published());
        names(json, "withheld", report.withheld());
        json.writeArrayFieldStart("steps");
        for (StepResult result : report.results()) {
            result(json, result);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void result(JsonGenerator json, StepResult result) throws IOException {
        json.writeStartObject();
        step(json, result.step());
        json.writeStringField("state", Wording.of(result.state()));
        json.writeNumberField("seconds", seconds(result.took()));
        Json.figure(json, "rows_read", result.rowsRead());
        Json.figure(json, "rows", result.rows());
        json.writeNumberField("rows_written", result.rowsWritten());
        json.writeNumberField("rows_rejected", result.rowsRejected());
        intervals(json, result.intervals());
        json.writeArrayFieldStart("checks");
        for (Checker.Result check : result.checks()) {
            json.writeStartObject();
            json.writeStringField("name", check.check().name());
            json.writeStringField("outcome", Wording.of(check.outcome()));
            json.writeNumberField("failures", check.failures());
            json.writeStringField("message", Discreet.message(check.message()));
            json.writeEndObject();
        }
        json.writeEndArray();
        Json.texts(
                json,
                "detected_personal",
                result.decisions().stream()
                        .filter(decision -> decision.ground() == Privacy.Ground.DETECTED)
                        .map(Privacy.Decision::column)
                        .toList());
        Json.texts(json, "notes", Discreet.messages(result.notes()));
        json.writeStringField("message", Discreet.message(result.message()));
        json.writeEndObject();
    }

    /// Says more about a step.
    @FunctionalInterface
    interface More {
        void write(JsonGenerator json, Step step) throws IOException;
    }

    static void plan(JsonGenerator json, Plan plan, More more) throws IOException {
        json.writeArrayFieldStart("steps");
        for (Step step : plan.steps()) {
            json.writeStartObject();
            step(json, step);
            json.writeStringField("extent", StepWords.extent(step));
            if (step instanceof Step.Build build
                    && build.work() instanceof Step.Work.Intervals some) {
                intervals(json, some.intervals());
            }
            names(json, "after", step.after().stream().sorted().toList());
            more.write(json, step);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("current");
        for (Plan.Current current : plan.current()) {
            json.writeStartObject();
            json.writeStringField("dataset", current.dataset().toString());
            json.writeStringField("reason", current.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
        Json.texts(json, "warnings", plan.warnings());
    }

    private static void step(JsonGenerator json, Step step) throws IOException {
        json.writeStringField("dataset", step.dataset().toString());
        json.writeStringField("action", StepWords.action(step));
        json.writeStringField("kind", StepWords.kind(step));
        json.writeStringField("reason", step.reason());
    }

    private static void intervals(JsonGenerator json, List<Interval> intervals) throws IOException {
        json.writeArrayFieldStart("intervals");
        for (Interval interval : intervals) {
            json.writeStartObject();
            json.writeStringField("from", interval.from().toString());
            json.writeStringField("to", interval.to().toString());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void names(JsonGenerator json, String field, List<TableName> names)
            throws IOException {
        Json.texts(json, field, names.stream().map(TableName::toString).toList());
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / SECOND_MILLIS;
    }
}
