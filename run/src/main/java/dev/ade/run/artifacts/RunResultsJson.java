package dev.ade.run.artifacts;

import dev.ade.model.AdeException;
import dev.ade.model.CheckSpec;
import dev.ade.model.CheckSpec.FailureStorage;
import dev.ade.model.Model;
import dev.ade.model.SourceTable;
import dev.ade.model.TableName;
import dev.ade.run.Discreet;
import dev.ade.run.Plan;
import dev.ade.run.RunReport;
import dev.ade.run.Step;
import dev.ade.run.StepResult;
import dev.ade.spi.Checker;
import dev.ade.spi.Compiler.CompiledProject;
import dev.ade.spi.Compiler.Situation;
import dev.ade.spi.Manifest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The `results` of `run_results.json`: one a model, seed, snapshot and test that a run had to do with.
final class RunResultsJson {
    private static final String SUCCESS = "success";
    private static final String SKIPPED = "skipped";

    private final CompiledProject compiled;
    private final Manifest manifest;
    private final Function<TableName, Optional<TimedListener.Window>> times;
    private final Map<String, TableName> failures = new HashMap<>();

    /// @param times when a dataset's step ran
    RunResultsJson(
            CompiledProject compiled,
            Manifest manifest,
            Function<TableName, Optional<TimedListener.Window>> times) {
        this.compiled = compiled;
        this.manifest = manifest;
        this.times = times;
    }

    List<Map<String, @Nullable Object>> of(RunReport report) {
        List<Map<String, @Nullable Object>> results = new ArrayList<>();
        for (StepResult result : report.results()) {
            dataset(result).ifPresent(results::add);
            tests(result).forEach(results::add);
        }
        report.plan().current().forEach(current -> current(current).ifPresent(results::add));
        return results;
    }

    /// A dataset that is only checked is not made, and dbt knows of no result of a source.
    private Optional<Map<String, @Nullable Object>> dataset(StepResult result) {
        TableName name = result.step().dataset();
        if (result.step() instanceof Step.Check || isSource(name)) {
            return Optional.empty();
        }
        return manifest.id(name)
                .map(id -> {
                    String status = status(result);
                    boolean isTried = !status.equals(SKIPPED);
                    Map<String, @Nullable Object> json =
                            result(
                                    id,
                                    status,
                                    result.took(),
                                    isTried ? window(name) : Optional.empty());
                    json.put("message", message(result, status));
                    json.put("adapter_response", response(result));
                    json.put("relation_name", name.quoted());
                    Optional<String> code = isTried ? code(result.step()) : Optional.empty();
                    json.put("compiled", code.isPresent() ? Boolean.TRUE : null);
                    json.put("compiled_code", code.orElse(null));
                    return json;
                });
    }

    private boolean isSource(TableName name) {
        SourceTable source = compiled.project().sources().get(name);
        return source != null && source.origin() == SourceTable.Origin.SOURCE;
    }

    /// What is made and kept back because of a test is a success of its own, as with dbt.
    private String status(StepResult result) {
        return switch (result.state()) {
            case DONE, UNCHANGED -> SUCCESS;
            case FAILED -> "error";
            case SKIPPED, CANCELLED -> SKIPPED;
            case WITHHELD -> {
                boolean isMade = result.rows() >= 0 || result.rowsWritten() > 0;
                boolean isOthers =
                        result.checks().stream()
                                .filter(RunResultsJson::isBad)
                                .anyMatch(it -> manifest.id(it.check()).isEmpty());
                yield isOthers ? "error" : isMade || isView(result.step()) ? SUCCESS : SKIPPED;
            }
        };
    }

    private static boolean isView(Step step) {
        return step instanceof Step.Build build
                && build.model().kind() instanceof dev.ade.model.Kind.View;
    }

    private static boolean isBad(Checker.Result result) {
        return switch (result.outcome()) {
            case FAIL, ERROR -> true;
            case PASS, WARN, SKIPPED -> false;
        };
    }

    private static String message(StepResult result, String status) {
        if (!result.message().isEmpty()) {
            boolean isKept = status.equals(SUCCESS);
            return (isKept ? "made and kept back: " : "") + Discreet.message(result.message());
        }
        return switch (result.state()) {
            case DONE -> "OK";
            case UNCHANGED -> "nothing to do: what it reads came out as it was";
            case WITHHELD, FAILED, SKIPPED, CANCELLED -> "not published";
        };
    }

    private static Map<String, Object> response(StepResult result) {
        Map<String, Object> response = new LinkedHashMap<>();
        if (result.state() == StepResult.State.DONE) {
            response.put("_message", "OK");
            response.put("rows_affected", result.rowsWritten());
        }
        return response;
    }

    private Optional<String> code(Step step) {
        if (!(step instanceof Step.Build build) || compiled.asks(build.model())) {
            return Optional.empty();
        }
        Model model = build.model();
        try {
            Situation situation = Situation.canonical(model.kind()).getFirst();
            return Optional.of(compiled.compile(model, situation));
        } catch (AdeException _) {
            return Optional.empty();
        }
    }

    private List<Map<String, @Nullable Object>> tests(StepResult result) {
        List<Map<String, @Nullable Object>> tests = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Checker.Result check : result.checks()) {
            seen.add(check.check().name());
            manifest.id(check.check()).ifPresent(id -> tests.add(test(id, check, result)));
        }
        switch (result.state()) {
            case DONE, UNCHANGED -> {}
            case WITHHELD, FAILED, SKIPPED, CANCELLED -> skipped(result.step(), seen, tests);
        }
        return tests;
    }

    /// Tests of what was not made, and those that had to wait for it.
    private void skipped(Step step, Set<String> seen, List<Map<String, @Nullable Object>> tests) {
        TableName dataset = step.dataset();
        List<CheckSpec> all =
                step instanceof Step.Check check ? check.checks() : compiled.project().checks();
        all.stream()
                .filter(check -> check.dataset().equals(dataset) && !seen.contains(check.name()))
                .flatMap(check -> manifest.id(check).stream())
                .forEach(id -> tests.add(skipped(id, dataset)));
        if (!(step instanceof Step.Check)) {
            compiled.project().unitTests(dataset).stream()
                    .filter(test -> !seen.contains(test.name()))
                    .flatMap(test -> manifest.id(test).stream())
                    .forEach(id -> tests.add(skipped(id, dataset)));
        }
    }

    private static Map<String, @Nullable Object> skipped(String id, TableName dataset) {
        Map<String, @Nullable Object> json = result(id, SKIPPED, Duration.ZERO, Optional.empty());
        json.put("message", "%s was not published".formatted(dataset));
        return json;
    }

    private Map<String, @Nullable Object> test(String id, Checker.Result check, StepResult result) {
        Map<String, @Nullable Object> json =
                result(
                        id,
                        status(check.outcome()),
                        Duration.ZERO,
                        window(result.step().dataset())
                                .map(it ->
                                        new TimedListener.Window(
                                                it.endedAt(), it.endedAt(), it.thread())));
        json.put(
                "message",
                check.outcome() == Checker.Outcome.PASS ? null : Discreet.message(check.message()));
        json.put("failures", check.outcome() == Checker.Outcome.ERROR ? null : check.failures());
        json.put("compiled", check.sql().isEmpty() ? null : Boolean.TRUE);
        json.put("compiled_code", check.sql().isEmpty() ? null : check.sql());
        json.put("relation_name", stored(check.check()).map(TableName::quoted).orElse(null));
        return json;
    }

    /// Where the failing rows of a check are, if it keeps them.
    private Optional<TableName> stored(CheckSpec check) {
        if (check.options().failureStorage() != FailureStorage.STORED) {
            return Optional.empty();
        }
        if (failures.isEmpty()) {
            compiled.failureTables().forEach((name, one) -> failures.put(one.name(), name));
        }
        return Optional.ofNullable(failures.get(check.name()));
    }

    private static String status(Checker.Outcome outcome) {
        return switch (outcome) {
            case PASS -> "pass";
            case WARN -> "warn";
            case FAIL -> "fail";
            case ERROR -> "error";
            case SKIPPED -> SKIPPED;
        };
    }

    /// What is as it should be is a success, so that who asks for what failed does not find it.
    private Optional<Map<String, @Nullable Object>> current(Plan.Current current) {
        if (isSource(current.dataset())) {
            return Optional.empty();
        }
        return manifest.id(current.dataset())
                .map(id -> {
                    Map<String, @Nullable Object> json =
                            result(id, SUCCESS, Duration.ZERO, Optional.empty());
                    json.put("message", "nothing to do: " + current.reason());
                    json.put("relation_name", current.dataset().quoted());
                    return json;
                });
    }

    private Optional<TimedListener.Window> window(TableName dataset) {
        return times.apply(dataset);
    }

    private static Map<String, @Nullable Object> result(
            String id, String status, Duration took, Optional<TimedListener.Window> window) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("status", status);
        json.put("timing", window.map(RunResultsJson::timing).orElse(List.of()));
        json.put("thread_id", window.map(TimedListener.Window::thread).orElse("main"));
        json.put("execution_time", took.toNanos() / 1e9);
        json.put("adapter_response", Map.of());
        json.put("message", null);
        json.put("failures", null);
        json.put("unique_id", id);
        json.put("compiled", null);
        json.put("compiled_code", null);
        json.put("relation_name", null);
        return json;
    }

    /// A template is compiled for its step within it, in a time that nobody measures.
    private static List<Object> timing(TimedListener.Window window) {
        return List.of(
                part("compile", window.startedAt(), window.startedAt()),
                part("execute", window.startedAt(), window.endedAt()));
    }

    private static Map<String, Object> part(String name, Instant from, Instant to) {
        Map<String, Object> part = new LinkedHashMap<>();
        part.put("name", name);
        part.put("started_at", Artifacts.text(from));
        part.put("completed_at", Artifacts.text(to));
        return part;
    }
}
