package dev.ade.cli.console;

import dev.ade.model.Wording;
import dev.ade.run.Plan;
import dev.ade.run.RunListener;
import dev.ade.run.Step;
import dev.ade.run.StepResult;
import dev.ade.spi.Checker;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A run as it goes, on a terminal: a line for each running step, drawn over again ten times a second;
/// lines of ended steps scroll up and stay. Closing it gives the terminal back as it was.
public final class LiveProgress implements RunListener, AutoCloseable {
    private static final long PERIOD_MILLIS = 100;
    private static final int LINES_MAX = 12;
    private static final int BAR_WIDTH = 12;
    private static final String SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";

    // Lines that are too long end at the edge rather than wrap, so that counting lines stays true
    // when the window
    // is made smaller; the cursor is hidden; a frame is shown whole.
    private static final String BEGIN = "\u001b[?25l\u001b[?7l";

    /// Gives a terminal back its wrapping and its cursor.
    public static final String RESTORE = "\u001b[?7h\u001b[?25h";

    private static final String FRAME = "\u001b[?2026h";
    private static final String FRAME_END = "\u001b[?2026l";
    private static final String CLEAR_BELOW = "\u001b[J";

    private final PrintStream out;
    private final Screen screen;
    private final StepLines lines;
    private final Map<Step, Running> running = new LinkedHashMap<>();
    private final List<String> ended = new ArrayList<>();
    private final long started = System.nanoTime();
    private final Thread painter;
    private final Thread rescue;
    private int drawn;
    private int steps;
    private int done;
    private int frame;
    private Phase phase = Phase.PLANNING;
    private boolean closed;

    public LiveProgress(PrintStream out, Screen screen) {
        this.out = out;
        this.screen = screen;
        this.lines = new StepLines(screen);
        this.painter = Thread.ofPlatform().daemon().name("progress").unstarted(this::paint);
        this.rescue = Thread.ofPlatform().unstarted(this::restore);
        Runtime.getRuntime().addShutdownHook(rescue);
        out.print(BEGIN);
        painter.start();
    }

    private enum Phase {
        PLANNING,
        RUNNING,
        PUBLISHING,
        CANCELLING
    }

    private record Running(long started, String phase, double share, long rows) {}

    @Override
    public synchronized void planned(Plan plan) {
        plan.warnings().forEach(it -> ended.add(screen.yellow("warning: ") + Words.oneLine(it)));
        steps = plan.steps().size();
        phase = Phase.RUNNING;
        done = 0;
        running.clear();
        if (!plan.isEmpty()) {
            PlanWords.decisions(plan).forEach(it -> ended.add(screen.yellow(it)));
            ended.add(screen.dim(PlanWords.opening(plan)));
        }
    }

    @Override
    public synchronized void started(Step step) {
        running.put(step, new Running(System.nanoTime(), "", -1, -1));
    }

    @Override
    public synchronized void progressed(Step step, String phase, double share, long rows) {
        running.computeIfPresent(step, (_, was) -> new Running(was.started(), phase, share, rows));
    }

    @Override
    public synchronized void finished(StepResult result) {
        running.remove(result.step());
        done++;
        ended.addAll(lines.of(result));
    }

    @Override
    public synchronized void judged(StepResult result, List<Checker.Result> late) {
        ended.addAll(lines.late(result, late));
    }

    @Override
    public synchronized void said(String text) {
        ended.addAll(Words.lines(text));
    }

    @Override
    public synchronized void publishing() {
        phase = Phase.PUBLISHING;
    }

    /// Somebody asked the run to stop.
    public synchronized void cancelling() {
        phase = Phase.CANCELLING;
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            running.clear();
            draw();
            restore();
        }
        painter.interrupt();
        forgetRescue();
    }

    /// A program that is ended from outside leaves a terminal that can be used too.
    private void restore() {
        out.print(RESTORE);
        out.flush();
    }

    private void forgetRescue() {
        try {
            Runtime.getRuntime().removeShutdownHook(rescue);
        } catch (IllegalStateException e) {
            // The program is ending: the rescue is on its way.
        }
    }

    private void paint() {
        try {
            while (true) {
                synchronized (this) {
                    if (closed) {
                        return;
                    }
                    draw();
                }
                Thread.sleep(PERIOD_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    synchronized void draw() {
        StringBuilder picture = new StringBuilder(FRAME);
        if (drawn > 0) {
            picture.append("\u001b[").append(drawn).append('A');
        }
        picture.append('\r').append(CLEAR_BELOW);
        ended.forEach(line -> picture.append(line).append('\n'));
        ended.clear();
        List<String> live = live();
        live.forEach(line -> picture.append(line).append('\n'));
        drawn = live.size();
        frame++;
        out.print(picture.append(FRAME_END));
        out.flush();
    }

    private List<String> live() {
        List<String> live = new ArrayList<>();
        if (closed) {
            return live;
        }
        running.entrySet().stream()
                .limit(LINES_MAX)
                .forEach(entry -> live.add(line(entry.getKey(), entry.getValue())));
        if (running.size() > LINES_MAX) {
            live.add(screen.dim("  and %d more".formatted(running.size() - LINES_MAX)));
        }
        String what =
                switch (phase) {
                    case PLANNING -> "planning";
                    case RUNNING -> "%d of %d steps".formatted(done, steps);
                    case PUBLISHING -> "publishing";
                    case CANCELLING -> "cancelling; Ctrl-C again ends at once";
                };
        live.add(screen.dim("  %s, %s".formatted(what, elapsed(started))));
        return live;
    }

    private String line(Step step, Running now) {
        StringBuilder line = new StringBuilder();
        line.append(screen.cyan(String.valueOf(SPINNER.charAt(frame % SPINNER.length()))));
        line.append(' ').append(lines.name(step)).append(' ');
        if (now.share() >= 0) {
            line.append(bar(now.share())).append(' ');
        }
        line.append(now.phase().isEmpty() ? StepWords.extent(step) : Words.oneLine(now.phase()));
        if (now.rows() >= 0) {
            line.append(", ").append(Wording.count(now.rows(), "row"));
        }
        return line.append(' ').append(screen.dim(elapsed(now.started()))).toString();
    }

    private String bar(double share) {
        int full = (int) Math.round(Math.clamp(share, 0, 1) * BAR_WIDTH);
        return screen.cyan("█".repeat(full))
                + screen.dim("░".repeat(BAR_WIDTH - full))
                + String.format(java.util.Locale.ROOT, " %3d%%", Math.round(share * 100));
    }

    private static String elapsed(long since) {
        return Words.duration(Duration.ofNanos(System.nanoTime() - since));
    }
}
