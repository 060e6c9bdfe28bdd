package dev.ade.jinja;

import dev.ade.model.Location;
import java.util.List;
import java.util.Optional;

/// A macro or a block of the dialect that a template defines. Immutable.
public final class Definition {
    private final String file;
    private final Node.Block block;
    private final List<Node> sets;

    Definition(String file, Node.Block block, List<Node> sets) {
        this.file = file;
        this.block = block;
        this.sets = sets;
    }

    /// `macro`, `test`, …
    public String tag() {
        return block.tag();
    }

    public String name() {
        return block.macro().name();
    }

    /// Where its name is.
    public Location location() {
        return block.macro().at();
    }

    /// The names of its parameters.
    public List<String> parameters() {
        return block.macro().parameters().stream().map(Node.Parameter::name).toList();
    }

    /// What follows the name after commas, as written: `default`, `adapter='duckdb'`.
    public List<String> extras() {
        return block.extras();
    }

    /// The body of a block whose text is not parsed.
    public Optional<String> rawText() {
        return block.rawText();
    }

    /// What calls it. Its body sees its arguments, then what its file sets outside of macros, then
    /// the globals; its result is its text, or what it gave to [Return#RETURN]. Called from within
    /// a rendering it uses that rendering's limits instead of these.
    public Callable bind(Globals globals, Limits limits) {
        return new Bound(globals, limits);
    }

    /// A callable that templates can also ask for its name, as of a macro of their own.
    private final class Bound implements Callable, Attributes {
        private final Globals globals;
        private final Limits limits;

        Bound(Globals globals, Limits limits) {
            this.globals = globals;
            this.limits = limits;
        }

        @Override
        public Object call(Arguments arguments) {
            return Budget.within(limits, file, budget -> macro(budget).call(arguments));
        }

        private Macro macro(Budget budget) {
            Evaluator evaluator = new Evaluator(file, globals, budget);
            return new Macro(block.macro(), evaluator, evaluator.module(sets));
        }

        @Override
        public Object attribute(String name) {
            return Macro.attribute(block.macro(), name);
        }

        @Override
        public String toString() {
            return "<Macro '" + name() + "'>";
        }
    }
}
