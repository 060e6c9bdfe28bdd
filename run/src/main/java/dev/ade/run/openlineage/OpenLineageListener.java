package dev.ade.run.openlineage;

import dev.ade.model.RunId;
import dev.ade.model.Settings.OpenLineageSettings;
import dev.ade.model.TableName;
import dev.ade.run.JsonText;
import dev.ade.run.PassingListener;
import dev.ade.run.RunListener;
import dev.ade.run.RunReport;
import dev.ade.run.Step;
import dev.ade.run.StepResult;
import dev.ade.run.lineage.DatasetLineage;
import dev.ade.run.lineage.ProjectLineage;
import dev.ade.spi.Lake;
import dev.ade.spi.Lineage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Sends OpenLineage events (spec 2-0-2) about a run and passes everything on. A step begins when it starts, and ends
/// when the run does: only then it is known whether readers see it.
public final class OpenLineageListener extends PassingListener {
    private static final String SCHEMA =
            "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Context context;
    private final Clock clock;
    private final Outbox outbox;
    private volatile Optional<RunId> run = Optional.empty();
    private volatile Instant startedAt = Instant.EPOCH;

    /// @param namespace of jobs and datasets
    /// @param job of the whole run
    /// @param lineage of the project as it is once the run has ended; asked once
    /// @param metrics of what a run wrote
    public record Context(
            String namespace,
            String job,
            java.util.function.Supplier<ProjectLineage> lineage,
            Function<RunId, Map<TableName, Metrics>> metrics) {}

    public OpenLineageListener(
            RunListener next,
            OpenLineageSettings settings,
            UnaryOperator<@Nullable String> environment,
            Context context,
            Clock clock) {
        super(next);
        this.context = context;
        this.clock = clock;
        this.outbox = new Outbox(Sender.of(settings, environment));
    }

    /// Waits a little for what is on its way.
    ///
    /// @return what could not be delivered, in words
    public Optional<String> close() {
        return outbox.close(PATIENCE);
    }

    @Override
    public void begun(RunId begun) {
        Instant now = clock.instant();
        startedAt = now;
        run = Optional.of(begun);
        outbox.add(() -> List.of(JsonText.of(whole(begun, "START", now, Map.of()))));
        super.begun(begun);
    }

    @Override
    public void started(Step step) {
        Instant now = clock.instant();
        run.ifPresent(it -> outbox.add(() -> List.of(JsonText.of(start(it, step, now)))));
        super.started(step);
    }

    @Override
    public void ended(RunReport report) {
        Instant now = clock.instant();
        report.run().ifPresent(it -> outbox.add(() -> ends(it, report, now)));
        super.ended(report);
    }

    private List<String> ends(RunId ended, RunReport report, Instant now) {
        ProjectLineage lineage = context.lineage().get();
        Map<TableName, Metrics> metrics = context.metrics().apply(ended);
        List<String> events = new ArrayList<>();
        for (StepResult result : report.results()) {
            events.add(JsonText.of(end(ended, result, now, lineage, metrics)));
        }
        boolean isGood = report.state() == Lake.RunState.PUBLISHED;
        Map<String, Object> facets =
                isGood ? Map.of() : Map.of("errorMessage", Facets.errorMessage(report.message()));
        events.add(JsonText.of(whole(ended, isGood ? "COMPLETE" : "FAIL", now, facets)));
        return events;
    }

    private Map<String, Object> whole(
            RunId number, String type, Instant at, Map<String, Object> facets) {
        Map<String, Object> event = event(type, at, runId(number, ""), facets, context.job());
        event.put("inputs", List.of());
        event.put("outputs", List.of());
        return event;
    }

    private Map<String, Object> start(RunId number, Step step, Instant at) {
        Map<String, Object> event = ofStep(number, step, "START", at, Map.of());
        event.put("inputs", List.of());
        event.put("outputs", List.of(dataset(step.dataset(), Map.of())));
        return event;
    }

    private Map<String, Object> end(
            RunId number,
            StepResult result,
            Instant at,
            ProjectLineage lineage,
            Map<TableName, Metrics> metrics) {
        TableName name = result.step().dataset();
        boolean isGood =
                switch (result.state()) {
                    case DONE, UNCHANGED -> true;
                    case WITHHELD, FAILED, SKIPPED, CANCELLED -> false;
                };
        Map<String, Object> runFacets = new LinkedHashMap<>();
        if (!isGood) {
            runFacets.put("errorMessage", Facets.errorMessage(result.message()));
        }
        Map<String, Object> event =
                ofStep(number, result.step(), isGood ? "COMPLETE" : "FAIL", at, runFacets);
        List<Map<String, Object>> inputs = new ArrayList<>();
        lineage.project().inputs(name).stream()
                .sorted()
                .forEach(input ->
                        inputs.add(
                                dataset(
                                        input,
                                        Map.of(
                                                "schema",
                                                Facets.schema(lineage.of(input).schema())))));
        event.put("inputs", inputs);
        event.put(
                "outputs",
                List.of(output(result, lineage.of(name), Optional.ofNullable(metrics.get(name)))));
        return event;
    }

    private Map<String, Object> output(
            StepResult result, DatasetLineage dataset, Optional<Metrics> metrics) {
        Map<String, Object> facets = new LinkedHashMap<>();
        facets.put("schema", Facets.schema(dataset.schema()));
        dataset.lineage()
                .filter(Lineage::isExact)
                .ifPresent(it ->
                        facets.put("columnLineage", Facets.columnLineage(it, context.namespace())));
        metrics.ifPresent(it -> facets.put("dataQualityMetrics", Facets.metrics(it)));
        if (!result.checks().isEmpty()) {
            facets.put("dataQualityAssertions", Facets.assertions(result.checks()));
        }
        Map<String, Object> output = dataset(dataset.name(), facets);
        output.put(
                "outputFacets",
                Map.of("outputStatistics", Facets.outputStatistics(result.rowsWritten())));
        return output;
    }

    private Map<String, Object> dataset(TableName name, Map<String, Object> facets) {
        Map<String, Object> dataset = new LinkedHashMap<>();
        dataset.put("namespace", context.namespace());
        dataset.put("name", name.toString());
        dataset.put("facets", facets);
        return dataset;
    }

    private Map<String, Object> ofStep(
            RunId number, Step step, String type, Instant at, Map<String, Object> facets) {
        Map<String, Object> all = new LinkedHashMap<>(facets);
        all.put("parent", Facets.parent(runId(number, ""), context.namespace(), context.job()));
        String name = step.dataset().toString();
        return event(type, at, runId(number, name), all, context.job() + "." + name);
    }

    private Map<String, Object> event(
            String type, Instant at, String runId, Map<String, Object> facets, String job) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("eventType", type);
        event.put("eventTime", at.toString());
        event.put("producer", Facets.PRODUCER);
        event.put("schemaURL", SCHEMA);
        event.put("run", Map.of("runId", runId, "facets", facets));
        event.put("job", Map.of("namespace", context.namespace(), "name", job, "facets", Map.of()));
        return event;
    }

    /// One id a run and dataset; two lakes may number their runs alike, but not at the same time.
    private String runId(RunId number, String dataset) {
        String name =
                String.join(
                        "|", context.namespace(), startedAt.toString(), number.toString(), dataset);
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
