package dev.ade.project;

import dev.ade.model.AdeException;
import dev.ade.model.TableName;
import dev.ade.spi.Compiler.Database;
import dev.ade.spi.Compiler.Workbench;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Why a template is rendered, and what is noted meanwhile of it and of the ephemeral models within it. Used by one
/// thread.
final class Occasion {
    private final Phase phase;
    private final Optional<Database> database;
    private final Set<TableName> reads = new TreeSet<>();
    private final Set<TableName> whole = new TreeSet<>();
    private final Trace trace;
    private final Optional<Scratch> scratch;
    private boolean asked;

    private enum Phase {
        /// To learn what it says of itself: nobody is asked, and `execute` is false.
        READING,
        /// To learn its definition: as if it were compiled, up to where it asks somebody.
        DEFINING,
        /// For its step.
        COMPILING
    }

    private Occasion(Phase phase, Optional<Database> database, Trace trace) {
        this(phase, database, trace, Optional.empty());
    }

    private Occasion(
            Phase phase, Optional<Database> database, Trace trace, Optional<Scratch> scratch) {
        this.scratch = scratch;
        this.phase = phase;
        this.database = database;
        this.trace = trace;
    }

    static Occasion reading() {
        return reading(new Trace());
    }

    static Occasion reading(Trace trace) {
        return new Occasion(Phase.READING, Optional.empty(), trace);
    }

    static Occasion defining() {
        return defining(new Trace());
    }

    static Occasion defining(Trace trace) {
        return new Occasion(Phase.DEFINING, Optional.empty(), trace);
    }

    static Occasion compiling(Optional<Database> database) {
        return new Occasion(Phase.COMPILING, database, new Trace());
    }

    /// A macro makes a model.
    static Occasion making(Workbench bench) {
        return new Occasion(
                Phase.COMPILING,
                Optional.of(bench),
                new Trace(),
                Optional.of(new Scratch(bench.session())));
    }

    /// Where tables may be made and changed; empty where a template only asks.
    Optional<Scratch> scratch() {
        return scratch;
    }

    /// What was wanted to be known of the project.
    Trace trace() {
        return trace;
    }

    /// What templates call `execute`.
    boolean isExecuting() {
        return phase != Phase.READING;
    }

    /// Whether it is the one time that the template may speak to people.
    boolean isHeard() {
        return phase == Phase.COMPILING;
    }

    void reads(TableName dataset) {
        reads.add(dataset);
    }

    /// Datasets that `ref` and `source` led to.
    Set<TableName> reads() {
        return reads;
    }

    void seesWhole(TableName dataset) {
        whole.add(dataset);
    }

    /// Datasets that it wants whole, whatever the interval: `ref('x').render()`, as in dbt.
    Set<TableName> whole() {
        return whole;
    }

    /// True once something was wanted that is only known where a step runs.
    boolean hasAsked() {
        return asked;
    }

    /// The database; empty while it is only read.
    ///
    /// @param what wants to know, for the message
    Optional<Database> ask(String what) {
        if (phase == Phase.READING) {
            return Optional.empty();
        }
        waitForStep(what);
        if (database.isEmpty()) {
            throw AdeException.user(
                    "Cannot %s: there is no run whose data could be asked".formatted(what),
                    "Build it: ade run");
        }
        return database;
    }

    /// Ends a rendering that would learn something here which only a step knows.
    void waitForStep(String what) {
        if (phase == Phase.DEFINING) {
            asked = true;
            throw AdeException.user(
                    "Cannot %s before its step".formatted(what), "This is caught: report it");
        }
    }
}
