package dev.ade.app;

import static dev.ade.model.EnvironmentName.PROD;

import dev.ade.app.Ade.ReadPoint;
import dev.ade.model.EnvironmentName;
import dev.ade.run.RunListener;
import dev.ade.run.RunReport;
import dev.ade.run.RunRequest;
import dev.ade.spi.Cursor;
import dev.ade.store.Faults;
import dev.ade.testkit.SettableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A project called shop in a folder, and a clock of its own, by which a second goes by before anything is done. Each thing
/// that is done opens the project anew, as a command does.
final class Lab {
    final Path root;
    final SettableClock clock;

    Lab(Path root, String now) {
        this.root = root;
        this.clock = SettableClock.at(now);
        file("ade.yml", "name: shop\nengine: {memory: 256MB, threads: 2}\n");
    }

    void file(String name, String text) {
        try {
            Path file = root.resolve(name);
            Files.createDirectories(file.resolve("..").normalize());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Ade open(EnvironmentName environment, Faults faults) {
        return new LocalAde(options(environment), wiring(environment, faults), clock);
    }

    Wiring wiring(EnvironmentName environment, Faults faults) {
        return new Wiring(options(environment), clock, faults);
    }

    private Ade.Options options(EnvironmentName environment) {
        return new Ade.Options(root, environment, Map.of());
    }

    <T> T with(EnvironmentName environment, Faults faults, Function<Ade, T> work) {
        clock.advance(Duration.ofSeconds(1));
        try (Ade ade = open(environment, faults)) {
            return work.apply(ade);
        }
    }

    <T> T with(Function<Ade, T> work) {
        return with(PROD, Faults.NONE, work);
    }

    RunReport run(EnvironmentName environment) {
        return with(
                environment,
                Faults.NONE,
                ade -> ade.run(RunRequest.everything("test"), RunListener.NONE));
    }

    RunReport run() {
        return run(PROD);
    }

    /// Rows as `a|1|null`.
    static List<String> sql(Ade ade, String select) {
        List<String> rows = new ArrayList<>();
        try (Cursor cursor = ade.sql(select, new ReadPoint.Now())) {
            for (List<@Nullable Object> row = cursor.next(); row != null; row = cursor.next()) {
                rows.add(String.join("|", row.stream().map(String::valueOf).toList()));
            }
        }
        return rows;
    }

    List<String> sql(EnvironmentName environment, String select) {
        try (Ade ade = open(environment, Faults.NONE)) {
            return sql(ade, select);
        }
    }

    List<String> sql(String select) {
        return sql(PROD, select);
    }
}
