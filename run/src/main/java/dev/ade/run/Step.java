package dev.ade.run;

import dev.ade.model.CheckSpec;
import dev.ade.model.Fingerprint;
import dev.ade.model.Interval;
import dev.ade.model.Kind;
import dev.ade.model.Model;
import dev.ade.model.SourceTable;
import dev.ade.model.TableName;
import dev.ade.spi.Loader;
import java.util.List;
import java.util.Set;

/// Everything a plan can do.
public sealed interface Step {
    TableName dataset();

    /// Why it has to happen, as the end of a sentence: "2 files are new".
    String reason();

    /// Datasets whose steps must have ended before.
    Set<TableName> after();

    /// Whether it makes a view, which has no rows of its own.
    default boolean isOfView() {
        return this instanceof Build build && build.model().kind() instanceof Kind.View;
    }

    /// Brings outside data in.
    record Load(SourceTable source, Loader.Inbox inbox, String reason) implements Step {
        @Override
        public TableName dataset() {
            return source.name();
        }

        @Override
        public Set<TableName> after() {
            return Set.of();
        }
    }

    /// Derives a dataset.
    ///
    /// @param kept definitions of the model whose rows stay, though its query is another now
    record Build(Model model, Work work, Set<Fingerprint> kept, String reason) implements Step {
        public Build {
            kept = Set.copyOf(kept);
        }

        public Build(Model model, Work work, String reason) {
            this(model, work, Set.of(), reason);
        }

        @Override
        public TableName dataset() {
            return model.name();
        }

        @Override
        public Set<TableName> after() {
            return model.inputs();
        }
    }

    /// Checks a dataset that is already as it should be, because its checks or what they read are new.
    record Check(TableName dataset, List<CheckSpec> checks, String reason) implements Step {
        public Check {
            checks = List.copyOf(checks);
        }

        /// What reads other datasets is checked when all of them are made.
        @Override
        public Set<TableName> after() {
            return Set.of();
        }
    }

    /// How much of a dataset a build makes.
    sealed interface Work {
        /// All of it.
        record Whole() implements Work {}

        /// These intervals; each is replaced whole.
        record Intervals(List<Interval> intervals) implements Work {
            public Intervals {
                intervals = List.copyOf(intervals);
            }
        }

        /// What is needed shows only when its inputs are there: which intervals new rows touch.
        record AfterInputs() implements Work {}
    }
}
