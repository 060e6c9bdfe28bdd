package dev.ade.run;

import dev.ade.model.RunId;
import dev.ade.spi.Checker;
import java.util.List;

/// Passes everything on; who only wants to hear some of it overrides that.
public abstract class PassingListener implements RunListener {
    private final RunListener next;

    protected PassingListener(RunListener next) {
        this.next = next;
    }

    @Override
    public void planned(Plan plan) {
        next.planned(plan);
    }

    @Override
    public void begun(RunId run) {
        next.begun(run);
    }

    @Override
    public void started(Step step) {
        next.started(step);
    }

    @Override
    public void progressed(Step step, String phase, double share, long rows) {
        next.progressed(step, phase, share, rows);
    }

    @Override
    public void finished(StepResult result) {
        next.finished(result);
    }

    @Override
    public void judged(StepResult result, List<Checker.Result> late) {
        next.judged(result, late);
    }

    @Override
    public void said(String text) {
        next.said(text);
    }

    @Override
    public void publishing() {
        next.publishing();
    }

    @Override
    public void ended(RunReport report) {
        next.ended(report);
    }
}
