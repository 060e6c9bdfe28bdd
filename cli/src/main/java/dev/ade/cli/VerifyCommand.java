package dev.ade.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ade.app.Ade;
import dev.ade.cli.console.Json;
import dev.ade.cli.console.Words;
import dev.ade.model.Wording;
import dev.ade.run.Discreet;
import dev.ade.run.RunRequest;
import dev.ade.run.verify.Verdict;
import dev.ade.spi.Loader;
import dev.ade.spi.Verified;
import dev.ade.spi.Verified.Difference;
import dev.ade.spi.Verified.InColumn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "verify",
        description = {
            "Compares what is published of sources with what is there now, row by row.",
            "Reads the sources as a load does, with the same treatment of personal columns; publishes nothing."
        },
        footer = {
            "",
            "Examples:",
            "  ade source verify                  every source",
            "  ade source verify shop.orders --json",
            "  ade source verify shop.orders --checksums",
            "",
            "What came to the source since the last load differs too, unless a cursor or the files tell it apart:"
                    + " ade run first.",
            "",
            "Exit status: 0 all are equal, 1 one differs, or could not be compared."
        })
final class VerifyCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin private ProjectOptions project = new ProjectOptions();

    @Mixin private SelectionOptions selection = new SelectionOptions();

    @Option(
            names = "--checksums",
            description = {
                "Have databases make checksums of ranges of keys, and read only ranges that differ: much less comes over the"
                        + " network. Columns that are treated are compared only there. Of tables of PostgreSQL, MariaDB and"
                        + " MySQL that are read by jdbc: or followed by cdc:, with a whole number as key, or as cursor where"
                        + " there is no key; all others are read whole."
            })
    private boolean checksums;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    VerifyCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        List<Verdict> all = new ArrayList<>();
        try (Ade ade = shell.opener().apply(project.options())) {
            RunRequest request = selection.request(RunRequest.Refresh.CHANGED, shell.command());
            new Watched(shell, ade::cancel)
                    .run(() -> {
                        ade.verify(request, depth(), verdict -> tell(all, verdict));
                        return all;
                    });
        }
        if (json) {
            Json.print(shell.out(), out -> write(out, all));
        } else {
            hint(all);
        }
        return all.stream().allMatch(it -> it.status() == Verdict.Status.EQUAL) ? 0 : 1;
    }

    private Loader.Depth depth() {
        return checksums ? Loader.Depth.CHECKSUMS : Loader.Depth.ROWS;
    }

    private void tell(List<Verdict> all, Verdict verdict) {
        all.add(verdict);
        if (!json) {
            print(verdict);
        }
    }

    private void print(Verdict verdict) {
        shell.out()
                .println(
                        "%s %s: %s  %s"
                                .formatted(
                                        mark(verdict.status()),
                                        verdict.table(),
                                        headline(verdict),
                                        shell.screen().dim(Words.duration(verdict.took()))));
        List<String> lines =
                verdict.found()
                        .map(VerifyCommand::lines)
                        .orElseGet(() ->
                                verdict.message().lines().skip(1).map(String::strip).toList());
        lines.forEach(line -> shell.out().println("    " + Words.oneLine(line)));
        shell.out().flush();
    }

    private void hint(List<Verdict> all) {
        all.stream()
                .filter(it -> it.status() == Verdict.Status.DIFFERENT)
                .findFirst()
                .ifPresent(first ->
                        shell.out()
                                .println(
                                        shell.screen()
                                                .dim(
                                                        "Load all of it again: ade run --full-refresh %s (without it, only what is new)"
                                                                .formatted(first.table()))));
    }

    private String mark(Verdict.Status status) {
        return switch (status) {
            case EQUAL -> shell.screen().green("✓");
            case DIFFERENT, UNKNOWN -> shell.screen().red("✗");
        };
    }

    private static String headline(Verdict verdict) {
        if (verdict.found().isEmpty()) {
            return Words.oneLine(verdict.message().lines().findFirst().orElse(""));
        }
        Verified.Counts counts = verdict.found().get().counts();
        return switch (verdict.status()) {
            case EQUAL ->
                    counts.published() == 0 && counts.source() == 0
                            ? "nothing to compare"
                            : "equal, " + Wording.count(counts.published(), "row");
            case DIFFERENT, UNKNOWN ->
                    "differs now, %s published, %s at the source"
                            .formatted(
                                    Wording.count(counts.published(), "row"),
                                    Words.number(counts.source()));
        };
    }

    private static List<String> lines(Verified found) {
        List<String> lines = new ArrayList<>();
        found.differences().forEach(one -> lines.add(line(one)));
        found.drift().forEach(line -> lines.add("columns: " + line));
        if (found.counts().newer() > 0) {
            lines.add(
                    "%s at the source came or changed after the last load: not compared"
                            .formatted(Wording.count(found.counts().newer(), "row")));
        }
        if (found.counts().rejected() > 0) {
            lines.add(
                    "%s at the source rejected, as a load does: not compared"
                            .formatted(Wording.count(found.counts().rejected(), "row")));
        }
        if (found.key().isEmpty() && !found.differences().isEmpty()) {
            lines.add("no key tells rows apart: one that changed is missing and left over");
        }
        lines.addAll(found.notes());
        return lines;
    }

    private static String line(Difference one) {
        String keys = one.keys().isEmpty() ? "" : ": " + String.join("; ", one.keys());
        String more = one.keys().size() < one.rows() && !one.keys().isEmpty() ? "; …" : "";
        return words(one) + Words.oneLine(keys) + more;
    }

    private static String words(Difference one) {
        String rows = Wording.count(one.rows(), "row");
        return switch (one.kind()) {
            case MISSING -> rows + " at the source, not published";
            case GONE -> rows + " published, not at the source";
            case CHANGED ->
                    rows
                            + " with other values (%s)"
                                    .formatted(
                                            one.columns().stream()
                                                    .map(VerifyCommand::words)
                                                    .collect(Collectors.joining(", ")));
        };
    }

    private static String words(InColumn column) {
        return "%s in %s".formatted(column.column(), Words.number(column.rows()));
    }

    private static void write(JsonGenerator out, List<Verdict> verdicts) throws IOException {
        out.writeStartObject();
        out.writeArrayFieldStart("sources");
        for (Verdict verdict : verdicts) {
            out.writeStartObject();
            out.writeStringField("source", verdict.table().toString());
            out.writeStringField("status", Wording.of(verdict.status()));
            if (verdict.found().isPresent()) {
                write(out, verdict.found().get());
            } else {
                out.writeStringField("message", Discreet.message(verdict.message()));
            }
            out.writeNumberField("millis", verdict.took().toMillis());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, Verified found) throws IOException {
        out.writeNumberField("rows_published", found.counts().published());
        out.writeNumberField("rows_at_source", found.counts().source());
        out.writeNumberField("rows_rejected", found.counts().rejected());
        out.writeNumberField("rows_newer", found.counts().newer());
        Json.texts(out, "key", found.key());
        out.writeArrayFieldStart("differences");
        for (Difference one : found.differences()) {
            out.writeStartObject();
            out.writeStringField("kind", Wording.of(one.kind()));
            out.writeNumberField("rows", one.rows());
            out.writeObjectFieldStart("columns");
            for (InColumn column : one.columns()) {
                out.writeNumberField(column.column(), column.rows());
            }
            out.writeEndObject();
            Json.texts(out, "keys", one.keys());
            out.writeEndObject();
        }
        out.writeEndArray();
        Json.texts(out, "drift", found.drift());
        Json.texts(out, "notes", Discreet.messages(found.notes()));
    }
}
