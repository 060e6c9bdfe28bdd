package dev.ade.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ade.app.AdeEnvironments.Outcome;
import dev.ade.cli.console.Grid;
import dev.ade.cli.console.Json;
import dev.ade.cli.console.Words;
import dev.ade.model.TableName;
import dev.ade.model.Wording;
import dev.ade.run.environment.Move;
import dev.ade.run.environment.Mover.Effect;
import dev.ade.run.environment.Transfer;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Lake;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// What moved into an environment, or would.
record MoveReport(Shell shell, Outcome outcome, Effect effect) {
    private static final int LISTED_MAX = 20;

    void print(MoveOptions.Said said) {
        Transfer transfer = outcome.moved().transfer();
        if (transfer.isEmpty()) {
            shell.out().println(said.idle());
        } else {
            grid(transfer);
        }
        if (!transfer.others().isEmpty()) {
            note("%s: %s.".formatted(said.others(), listed(transfer.others())));
        }
        warn(transfer);
        outcome.moved()
                .run()
                .ifPresent(run ->
                        shell.out()
                                .printf(
                                        "Run %s published %s in %s; nothing was computed.%n",
                                        run,
                                        Wording.count(transfer.moves().size(), "dataset"),
                                        transfer.into()));
    }

    private void grid(Transfer transfer) {
        Grid grid =
                new Grid(
                                shell.screen(),
                                List.of("dataset", "change", "rows", "", "made by run", "note"))
                        .right(2)
                        .right(3)
                        .right(4);
        for (Move move : transfer.moves()) {
            boolean isConflict = transfer.conflicts().contains(move.dataset());
            grid.row(
                    List.of(
                            move.dataset().toString(),
                            painted(move.what()),
                            rows(move.before()),
                            "→ " + rows(move.after()),
                            move.after().map(state -> state.run().toString()).orElse(""),
                            isConflict
                                    ? shell.screen()
                                            .red("%s changed it too".formatted(transfer.into()))
                                    : ""));
        }
        grid.print(shell.out());
        shell.out().println();
    }

    private void warn(Transfer transfer) {
        if (effect == Effect.PLAN) {
            outcome.unfinished()
                    .ifPresent(run ->
                            note(
                                    "The last run, %s, was left unfinished: %s (%s)."
                                            .formatted(run.run(), word(run), run.message())));
            if (!transfer.isEmpty()) {
                note(
                        "This was a plan: %s would move into %s, nothing would be computed."
                                .formatted(
                                        Wording.count(transfer.moves().size(), "dataset"),
                                        transfer.into()));
            }
        }
    }

    private static String listed(List<TableName> tables) {
        int more = tables.size() - LISTED_MAX;
        String some =
                String.join(", ", names(tables.subList(0, Math.min(LISTED_MAX, tables.size()))));
        return more > 0 ? "%s and %s more".formatted(some, Words.number(more)) : some;
    }

    private void note(String text) {
        shell.out().println(text);
    }

    private String painted(Move.What what) {
        return switch (what) {
            case ADD -> shell.screen().green("new");
            case REPLACE -> shell.screen().yellow("replaced");
            case RESTATE -> "same data, other checks or words";
            case REMOVE -> shell.screen().red("removed");
        };
    }

    private static String rows(Optional<DatasetState> state) {
        return state.map(it -> it.rows() < 0 ? "view" : Words.number(it.rows())).orElse("–");
    }

    private static String word(Lake.RunRecord run) {
        return Wording.of(run.state()).replace('_', ' ');
    }

    void write() {
        Json.print(shell.out(), this::write);
    }

    private void write(JsonGenerator out) throws IOException {
        Transfer transfer = outcome.moved().transfer();
        out.writeStartObject();
        out.writeStringField("into", transfer.into().toString());
        Json.figure(out, "run_id", outcome.moved().run().map(it -> it.number()).orElse(-1L));
        out.writeBooleanField("plan", effect == Effect.PLAN);
        out.writeArrayFieldStart("datasets");
        for (Move move : transfer.moves()) {
            out.writeStartObject();
            out.writeStringField("dataset", move.dataset().toString());
            out.writeStringField("change", Wording.of(move.what()));
            state(out, "before", move.before());
            state(out, "after", move.after());
            out.writeEndObject();
        }
        out.writeEndArray();
        Json.texts(out, "conflicts", names(transfer.conflicts()));
        Json.texts(out, "left_alone", names(transfer.others()));
        Json.figure(
                out,
                "unfinished_run_id",
                outcome.unfinished().map(it -> it.run().number()).orElse(-1L));
        out.writeEndObject();
    }

    private static List<String> names(List<TableName> tables) {
        return tables.stream().map(TableName::toString).toList();
    }

    private static void state(JsonGenerator out, String field, Optional<DatasetState> state)
            throws IOException {
        if (state.isEmpty()) {
            out.writeNullField(field);
            return;
        }
        out.writeObjectFieldStart(field);
        out.writeStringField("version", state.get().version().toString());
        Json.figure(out, "rows", state.get().rows());
        out.writeNumberField("run_id", state.get().run().number());
        out.writeEndObject();
    }
}
