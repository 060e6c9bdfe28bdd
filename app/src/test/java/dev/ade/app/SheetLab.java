package dev.ade.app;

import static dev.ade.model.EnvironmentName.PROD;

import dev.ade.model.EnvironmentName;
import dev.ade.model.TableName;
import dev.ade.run.RunListener;
import dev.ade.run.RunReport;
import dev.ade.run.RunRequest;
import dev.ade.run.rejected.RejectedExport.Asked;
import dev.ade.run.rejected.RejectedExport.Exported;
import dev.ade.store.Faults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// A project that loads people from files, some of them rejected, and the sheet in which rejected rows are taken out and
/// corrected.
final class SheetLab {
    static final TableName PEOPLE = TableName.of("shop", "people");

    final Lab lab;
    final Path sheet;

    SheetLab(Path root) {
        this.lab = new Lab(root.resolve("p"), "2126-01-01T00:00:00Z");
        this.sheet = root.resolve("fix.csv");
        project("landing/*.csv", "");
    }

    /// @param more of `load:`
    void project(String files, String more) {
        lab.file(
                "shop/sources.yml",
                """
                sources:
                  - name: shop
                    tables:
                      - name: people
                        load: {files: "%s", reject_limit: 90%%%s}
                        columns:
                          - {name: id, data_type: bigint, not_null: true}
                          - {name: qty, data_type: integer}
                          - {name: email, data_type: varchar, privacy: {class: email, treat: pseudonym}}
                """
                        .formatted(files, more));
    }

    Exported export(String reason) {
        return lab.with(
                ade -> ade.rejected().export(new Asked(PEOPLE, sheet, reason, PROD, "test")));
    }

    /// What is open now, in place of the sheet of before.
    String export() {
        try {
            Files.deleteIfExists(sheet);
            export("why");
            return Files.readString(sheet);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(String text) {
        try {
            Files.writeString(sheet, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RunRequest request(Ade ade) {
        return ade.rejected().correcting(PEOPLE, sheet, "test");
    }

    RunReport correct(EnvironmentName environment, String text) {
        write(text);
        return lab.with(environment, Faults.NONE, ade -> ade.run(request(ade), RunListener.NONE));
    }

    RunReport correct(String text) {
        return correct(PROD, text);
    }

    RunReport correct(UnaryOperator<String> edit) {
        return correct(edit.apply(export()));
    }

    RunReport refresh() {
        return lab.with(ade ->
                ade.run(
                        new RunRequest(
                                List.of(),
                                List.of(),
                                RunRequest.Refresh.FULL,
                                Optional.empty(),
                                "test"),
                        RunListener.NONE));
    }

    List<String> open() {
        return lab.with(ade -> ade.rejected().list(Optional.of(PEOPLE))).stream()
                .filter(group -> group.status().isLeft())
                .map(group ->
                        "%s:%d %s %s"
                                .formatted(
                                        group.origin(),
                                        group.firstLine(),
                                        group.column().orElse(""),
                                        group.reason()))
                .toList();
    }

    List<String> people(EnvironmentName environment) {
        return lab.sql(environment, "select id, qty from shop.people order by all");
    }

    List<String> people() {
        return people(PROD);
    }

    static List<String> notes(RunReport report) {
        return report.results().stream().flatMap(it -> it.notes().stream()).toList();
    }

    /// Files of the project's state with a text.
    List<Path> holding(String text) throws IOException {
        try (Stream<Path> files = Files.walk(lab.root.resolve(".ade"))) {
            return files.filter(Files::isRegularFile).filter(file -> has(file, text)).toList();
        }
    }

    private static boolean has(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
