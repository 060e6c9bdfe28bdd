package dev.ade.cli.console;

import dev.ade.model.TableName;
import dev.ade.model.Wording;
import dev.ade.run.RunReport;
import dev.ade.run.StepResult;
import java.util.ArrayList;
import java.util.List;

/// A run in one sentence.
public final class Summary {
    private static final int NAMES_MAX = 5;

    private final Screen screen;

    public Summary(Screen screen) {
        this.screen = screen;
    }

    /// How the run ended, and under it what is worth a word besides.
    public String sentence(RunReport report) {
        StringBuilder text = new StringBuilder(ending(report));
        report.notes()
                .forEach(note -> text.append('\n').append(screen.yellow("note: ")).append(note));
        return text.toString();
    }

    private String ending(RunReport report) {
        String run = report.run().map(id -> "Run " + id + " ").orElse("");
        String tail = " " + screen.dim("(" + Words.duration(report.took()) + ")");
        return switch (report.state()) {
            case PUBLISHED -> screen.green(run + published(report) + ".") + tail;
            case NOTHING_TO_DO -> screen.green(capital(report.message()) + ".") + tail;
            case PARTLY_PUBLISHED ->
                    screen.yellow(
                                    run
                                            + published(report)
                                            + " and withheld "
                                            + names(report.withheld())
                                            + ".")
                            + tail;
            case CANCELLED -> screen.yellow(run + "was cancelled; nothing was published.") + tail;
            case FAILED, CRASHED, RUNNING -> screen.red(run + failed(report)) + tail;
        };
    }

    private static String published(RunReport report) {
        long rows =
                report.results().stream()
                        .mapToLong(result -> Math.max(0, result.rowsWritten()))
                        .sum();
        long published = report.published().size() - count(report, StepResult.State.UNCHANGED);
        if (published <= 0 && rows == 0) {
            return "found nothing new";
        }
        return "published %s, wrote %s"
                .formatted(Wording.count(published, "dataset"), Wording.count(rows, "row"));
    }

    private static String failed(RunReport report) {
        long failed = count(report, StepResult.State.FAILED);
        long withheld = count(report, StepResult.State.WITHHELD);
        if (failed + withheld == 0) {
            return "failed: %s.".formatted(stripped(report.message()));
        }
        List<String> what = new ArrayList<>();
        if (failed > 0) {
            what.add(Wording.count(failed, "step") + " failed");
        }
        if (withheld > 0) {
            what.add(Wording.count(withheld, "dataset") + " withheld");
        }
        return "failed: %s, nothing was published.".formatted(String.join(", ", what));
    }

    private static long count(RunReport report, StepResult.State state) {
        return report.results().stream().filter(result -> result.state() == state).count();
    }

    private static String stripped(String message) {
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }

    private static String capital(String text) {
        return text.isEmpty()
                ? text
                : Character.toUpperCase(text.charAt(0)) + stripped(text.substring(1));
    }

    static String names(List<TableName> names) {
        String listed =
                String.join(
                        ", ", names.stream().limit(NAMES_MAX).map(TableName::toString).toList());
        int more = names.size() - NAMES_MAX;
        return more > 0 ? listed + " and " + Words.number(more) + " more" : listed;
    }
}
