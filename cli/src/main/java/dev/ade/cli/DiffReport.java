package dev.ade.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ade.app.AdeEnvironments.Comparison;
import dev.ade.cli.console.Grid;
import dev.ade.cli.console.Json;
import dev.ade.cli.console.Screen;
import dev.ade.cli.console.Words;
import dev.ade.model.Type;
import dev.ade.model.Wording;
import dev.ade.run.environment.DatasetDiff;
import dev.ade.run.environment.DatasetDiff.ColumnDiff;
import dev.ade.run.environment.DatasetDiff.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How two environments differ, for people or as JSON.
record DiffReport(Shell shell, Comparison comparison) {
    void print() {
        List<DatasetDiff> different =
                comparison.datasets().stream().filter(DatasetDiff::isDifferent).toList();
        if (!different.isEmpty()) {
            Grid grid =
                    new Grid(
                                    shell.screen(),
                                    List.of(
                                            "dataset",
                                            comparison.right().name(),
                                            comparison.left().name(),
                                            "added",
                                            "lost",
                                            "changed",
                                            "matched by",
                                            "columns"))
                            .right(1)
                            .right(2)
                            .right(3)
                            .right(4)
                            .right(5)
                            .openEnd();
            different.forEach(it -> grid.row(cells(it)));
            grid.print(shell.out());
            shell.out().println();
        }
        shell.out().println(summary(different.size()));
    }

    private String summary(int different) {
        long versions = count(Outcome.SAME_VERSION);
        long data = count(Outcome.SAME_DATA);
        String same =
                data == 0
                        ? "under the same version"
                        : "%s under the same version, %s by their rows"
                                .formatted(Words.number(versions), Words.number(data));
        String sample =
                comparison.share() < 1
                        ? " Rows were compared in a sample of %s %%."
                                .formatted(Words.number(Math.round(100 * comparison.share())))
                        : "";
        return "%s %s between %s and %s, %s the same (%s).%s"
                .formatted(
                        Wording.count(different, "dataset"),
                        different == 1 ? "differs" : "differ",
                        comparison.left(),
                        comparison.right(),
                        Words.number(versions + data) + (versions + data == 1 ? " is" : " are"),
                        same,
                        sample);
    }

    private long count(Outcome outcome) {
        return comparison.datasets().stream().filter(it -> it.outcome() == outcome).count();
    }

    private List<String> cells(DatasetDiff diff) {
        if (diff.rows().isEmpty()) {
            String where =
                    diff.outcome() == Outcome.ONLY_LEFT
                            ? "only in " + comparison.left()
                            : "only in " + comparison.right();
            return List.of(diff.dataset().toString(), "", "", "", "", "", "", where);
        }
        Screen screen = shell.screen();
        DatasetDiff.Rows rows = diff.rows().get();
        return List.of(
                diff.dataset().toString(),
                Words.number(rows.right()),
                Words.number(rows.left()),
                rows.added() == 0 ? "0" : screen.green(Words.number(rows.added())),
                rows.lost() == 0 ? "0" : screen.red(Words.number(rows.lost())),
                rows.key().isEmpty()
                        ? "–"
                        : rows.changed() == 0 ? "0" : screen.yellow(Words.number(rows.changed())),
                rows.key().isEmpty() ? "whole rows" : String.join(", ", rows.key()),
                columns(diff, rows));
    }

    private String columns(DatasetDiff diff, DatasetDiff.Rows rows) {
        List<String> parts = new ArrayList<>();
        diff.columns().forEach(it -> parts.add(words(it)));
        rows.byColumn()
                .forEach((column, count) ->
                        parts.add("%s (%s)".formatted(column, Words.number(count))));
        return String.join(", ", parts);
    }

    private static String words(ColumnDiff column) {
        if (column.left().isEmpty()) {
            return "-" + column.column();
        }
        return column.right()
                .map(type ->
                        "%s %s → %s"
                                .formatted(column.column(), type.sql(), column.left().get().sql()))
                .orElseGet(() -> "+%s %s".formatted(column.column(), column.left().get().sql()));
    }

    void write() {
        Json.print(shell.out(), this::write);
    }

    private void write(JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("left", comparison.left().name());
        out.writeStringField("right", comparison.right().name());
        out.writeNumberField("share", comparison.share());
        out.writeNumberField("same_version", count(Outcome.SAME_VERSION));
        out.writeNumberField("same_data", count(Outcome.SAME_DATA));
        out.writeArrayFieldStart("different");
        for (DatasetDiff diff : comparison.datasets()) {
            if (diff.isDifferent()) {
                write(out, diff);
            }
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, DatasetDiff diff) throws IOException {
        out.writeStartObject();
        out.writeStringField("dataset", diff.dataset().toString());
        out.writeStringField("outcome", Wording.of(diff.outcome()));
        out.writeArrayFieldStart("columns");
        for (ColumnDiff column : diff.columns()) {
            out.writeStartObject();
            out.writeStringField("column", column.column());
            type(out, "left", column.left());
            type(out, "right", column.right());
            out.writeEndObject();
        }
        out.writeEndArray();
        if (diff.rows().isPresent()) {
            write(out, diff.rows().get());
        } else {
            out.writeNullField("rows");
        }
        out.writeEndObject();
    }

    private static void type(JsonGenerator out, String field, Optional<Type> type)
            throws IOException {
        out.writeStringField(field, type.map(Type::sql).orElse(null));
    }

    private static void write(JsonGenerator out, DatasetDiff.Rows rows) throws IOException {
        out.writeObjectFieldStart("rows");
        out.writeNumberField("left", rows.left());
        out.writeNumberField("right", rows.right());
        out.writeNumberField("added", rows.added());
        out.writeNumberField("lost", rows.lost());
        out.writeNumberField("changed", rows.changed());
        Json.texts(out, "matched_by", rows.key());
        out.writeObjectFieldStart("changed_by_column");
        for (Map.Entry<String, Long> entry : rows.byColumn().entrySet()) {
            out.writeNumberField(entry.getKey(), entry.getValue());
        }
        out.writeEndObject();
        out.writeEndObject();
    }
}
