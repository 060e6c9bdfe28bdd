package dev.ade.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.app.Ade;
import dev.ade.app.Ade.ReadPoint;
import dev.ade.model.EnvironmentName;
import dev.ade.run.RunListener;
import dev.ade.run.RunReport;
import dev.ade.run.RunRequest;
import dev.ade.run.StepResult;
import dev.ade.run.verify.Verdict;
import dev.ade.spi.Cursor;
import dev.ade.spi.Lake;
import dev.ade.spi.Loader;
import dev.ade.spi.Verified;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A project folder of a test's own.
final class Estate {
    private final Path root;

    Estate(Path root) {
        this.root = root;
        file("ade.yml", "name: estate\nengine: {memory: 512MB, threads: 2}\n");
    }

    Path root() {
        return root;
    }

    Estate file(String path, String text) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Estate delete(String path) {
        try {
            Files.delete(root.resolve(path));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Ade open() {
        return Ade.open(options());
    }

    Ade.Options options() {
        return new Ade.Options(root, EnvironmentName.PROD, Map.of());
    }

    RunReport run(String... select) {
        try (Ade ade = open()) {
            return ade.run(request(select), RunListener.NONE);
        }
    }

    /// A run of everything, in which nothing fails and all is published.
    RunReport published() {
        RunReport report = run();
        assertThat(report.results()).extracting(StepResult::message).containsOnly("");
        assertThat(report.state()).isEqualTo(Lake.RunState.PUBLISHED);
        return report;
    }

    static RunRequest request(String... select) {
        RunRequest all = RunRequest.everything("ade run");
        return new RunRequest(
                List.of(select), List.of(), all.refresh(), all.restate(), all.command());
    }

    /// How the one source compares: `EQUAL 2`, `DIFFERENT 2 MISSING 1 GONE 1`.
    String verified() {
        List<Verdict> verdicts = new ArrayList<>();
        try (Ade ade = open()) {
            ade.verify(request(), Loader.Depth.ROWS, verdicts::add);
        }
        Verdict verdict = verdicts.getFirst();
        Verified found = verdict.found().orElseThrow(() -> new AssertionError(verdict.message()));
        StringBuilder text = new StringBuilder();
        text.append(verdict.status()).append(' ').append(found.counts().published());
        found.differences()
                .forEach(one -> text.append(' ').append(one.kind()).append(' ').append(one.rows()));
        return text.toString();
    }

    /// Rows of a query, each as its values joined by `|`.
    List<String> sql(String select) {
        return sql(select, new ReadPoint.Now());
    }

    List<String> sql(String select, ReadPoint at) {
        try (Ade ade = open()) {
            return sql(ade, select, at);
        }
    }

    static List<String> sql(Ade ade, String select, ReadPoint at) {
        List<String> rows = new ArrayList<>();
        try (Cursor cursor = ade.sql(select, at)) {
            for (List<@Nullable Object> row = cursor.next(); row != null; row = cursor.next()) {
                rows.add(String.join("|", row.stream().map(String::valueOf).toList()));
            }
        }
        return rows;
    }

    /// The bytes of every file under the state folder, for what must not be in any of them.
    boolean stateContains(String text) {
        byte[] wanted = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        try (Stream<Path> files = Files.walk(root.resolve(".ade"))) {
            return files.filter(Files::isRegularFile).anyMatch(file -> contains(file, wanted));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean contains(Path file, byte[] wanted) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            for (int i = 0; i + wanted.length <= bytes.length; i++) {
                if (java.util.Arrays.equals(
                        bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
