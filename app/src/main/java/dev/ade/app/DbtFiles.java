package dev.ade.app;

import dev.ade.model.AdeException;
import dev.ade.run.RunListener;
import dev.ade.run.RunReport;
import dev.ade.run.RunRequest;
import dev.ade.run.artifacts.Artifacts;
import dev.ade.run.artifacts.TimedListener;
import dev.ade.spi.Compiler.CompiledProject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Writes dbt's files for a project of dbt's. That they cannot be written fails no run: it is a note.
final class DbtFiles {
    private static final ThreadFactory DAEMONS =
            Thread.ofPlatform().daemon().name("ade-manifest").factory();

    private final Wiring wiring;
    private final Clock clock;

    DbtFiles(Wiring wiring, Clock clock) {
        this.wiring = wiring;
        this.clock = clock;
    }

    private Optional<Artifacts> artifacts() {
        return wiring.compiled()
                .manifest()
                .map(manifest -> new Artifacts(wiring.compiled(), manifest, clock));
    }

    /// Does the work, and writes beside and after it what dbt would. The manifest is written meanwhile,
    /// and whole when this ends, also by an error.
    RunReport of(
            RunRequest request,
            Artifacts.Which which,
            RunListener listener,
            Function<RunListener, RunReport> work) {
        Optional<Artifacts> artifacts = artifacts();
        if (artifacts.isEmpty()) {
            return work.apply(listener);
        }
        TimedListener times = new TimedListener(listener, clock);
        try (ExecutorService beside = Executors.newSingleThreadExecutor(DAEMONS)) {
            var manifest =
                    CompletableFuture.supplyAsync(() -> written(artifacts.get()::manifest), beside);
            RunReport report = work.apply(times);
            Optional<String> unwritten =
                    written(() -> {
                        artifacts.get().runResults(report, request, which, times);
                        if (!report.published().isEmpty() || !artifacts.get().hasCatalog()) {
                            artifacts.get().catalog(states());
                        }
                    });
            List<String> notes = new ArrayList<>(report.notes());
            unwritten.or(manifest::join).ifPresent(notes::add);
            return report.withNotes(notes);
        }
    }

    /// What dbt's files would tell of a run so far.
    static List<Map<String, @Nullable Object>> results(RunReport report, CompiledProject compiled) {
        return compiled.documentation()
                .map(manifest -> Artifacts.results(report, compiled, manifest))
                .orElse(List.of());
    }

    /// Writes the manifest where it is another; gives why that could not be done.
    Optional<String> manifest() {
        return artifacts().flatMap(artifacts -> written(artifacts::manifest));
    }

    /// Writes how old sources are.
    ///
    /// @throws AdeException RESOURCE where that cannot be written
    void sources(Ade.SourceFreshness found) {
        artifacts()
                .flatMap(artifacts ->
                        written(() -> {
                            artifacts.manifest();
                            artifacts.sources(found.ages(), found.at());
                        }))
                .ifPresent(reason -> {
                    throw AdeException.resource(
                            reason, "Make the folder writable, or set flags: {write_json: false}");
                });
    }

    private List<dev.ade.spi.DatasetState> states() {
        return wiring.lake().read(wiring.existingEnvironment()).states();
    }

    /// Something that writes files.
    private interface Writing {
        void write() throws IOException;
    }

    /// Why it could not be done, in words.
    private static Optional<String> written(Writing writing) {
        try {
            writing.write();
            return Optional.empty();
        } catch (IOException | UncheckedIOException | AdeException e) {
            return Optional.of(
                    "Cannot write dbt's files into target/: %s"
                            .formatted(
                                    e instanceof IOException io
                                            ? io.getClass().getSimpleName() + " " + io.getMessage()
                                            : e.getMessage()));
        }
    }
}
