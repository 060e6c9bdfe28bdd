package dev.ade.spi;

import dev.ade.model.Fingerprint;
import dev.ade.model.LoadSpec;
import dev.ade.model.Schema;
import dev.ade.model.SourceTable;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Reads one kind of outside system, such as databases. Rows go into a stage, from where they pass the door as those of
/// files do: typed, obfuscated, validated, counted. Knows nothing of privacy and nothing of tables. Thread-safe.
public interface Connector {
    /// What decides beside the settings which rows it reads, such as code of the user's: where it changes, everything is
    /// read again.
    ///
    /// @throws dev.ade.model.AdeException USER where it is wrong
    default Fingerprint definition(LoadSpec.Outside load) {
        return Fingerprint.of("settings alone");
    }

    /// Whether there may be something to read since `Request.position`. Asks the system little or nothing.
    ///
    /// @throws dev.ade.model.AdeException USER for settings that are wrong
    Offer look(Request request);

    /// Reads what there is. Stages at least one part, without rows where there are none, so that its columns are known;
    /// nothing where a position was given and nothing came since.
    ///
    /// @throws dev.ade.model.AdeException RESOURCE where the system cannot be reached, with the next step; never with a
    ///     secret in it
    Outcome read(Request request, Stage stage);

    /// @param settings of the source's load, environment variables put in; holds secrets
    /// @param position where the last reading that was published ended; empty to read everything
    /// @param now the instant the run is for
    record Request(
            SourceTable source,
            LoadSpec.Outside load,
            Map<String, Object> settings,
            Optional<String> position,
            Instant now) {
        /// Without the settings, which hold secrets.
        @Override
        public String toString() {
            return "Request[" + source.name() + "]";
        }
    }

    /// @param news what may have come, in words; empty for nothing
    record Offer(Optional<String> news) {
        public static final Offer NOTHING = new Offer(Optional.empty());

        public static Offer of(String news) {
            return new Offer(Optional.of(news));
        }
    }

    /// @param position where the next reading begins; published with the rows. Empty where each reading is everything
    /// @param rows as the system itself counted them, to be compared with what was staged; empty where it cannot
    record Outcome(Optional<String> position, OptionalLong rows) {}

    /// Where rows wait until they pass the door: files in a folder that only this user can read, removed when the load
    /// ends however it ends. Thread-safe; parts may be filled side by side.
    interface Stage {
        /// A part of typed rows. Parts of one load may differ in columns.
        ///
        /// @param name of the part, for messages and `_source`: unique in the load, without secrets
        Rows rows(String name, Schema schema);

        /// A part that the connector writes itself: a file to be made before `read` returns.
        ///
        /// @param format NDJSON, CSV or PARQUET
        Path file(String name, LoadSpec.Format format);

        /// A folder for files of the connector's own that are not loaded, such as what it tells a program: only this user
        /// can read it, and it is removed with the stage.
        Path folder();

        Progress progress();
    }

    /// Rows of one part, for one thread. Closed, it is complete.
    interface Rows extends AutoCloseable {
        /// @param values by the schema's order, as a `Session` takes them
        void add(List<? extends @Nullable Object> values);

        /// Counts a row that no type holds, so that it is shown in `ade.rejected` and not lost. Does nothing else with
        /// the value than say what kind it is.
        ///
        /// @param reason why, without the value
        void reject(String column, String value, String reason);

        @Override
        void close();
    }
}
