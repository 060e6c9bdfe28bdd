package dev.ade.spi;

import dev.ade.model.AdeException;
import dev.ade.model.Column;
import dev.ade.model.Fingerprint;
import dev.ade.model.LoadSpec;
import dev.ade.model.RunId;
import dev.ade.model.Schema;
import dev.ade.model.SourceTable;
import dev.ade.model.Type;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
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

    /// Keys of its settings that say how it reads, not what: how fast, how patiently. Where one of them changes, nothing
    /// is read again.
    default Set<String> manners() {
        return Set.of();
    }

    /// Reads the settings, as far as they are not for code of the user's, and asks nobody.
    ///
    /// @throws dev.ade.model.AdeException USER where they are wrong
    default void check(Request request) {}

    /// Whether there may be something to read since `Request.position`. Asks the system little or nothing.
    ///
    /// @throws dev.ade.model.AdeException USER for settings that are wrong
    Offer look(Request request);

    /// The columns that `read` would give now. Asks the system little; empty where it does not say.
    default Optional<List<Column>> columns(Request request) {
        return Optional.empty();
    }

    /// Reads what there is. Stages at least one part, without rows where there are none, so that its columns are known;
    /// nothing where a position was given and nothing came since.
    ///
    /// @throws dev.ade.model.AdeException RESOURCE where the system cannot be reached, with the next step; never with a
    ///     secret in it
    /// @throws PositionLost where all has to be read again
    Outcome read(Request request, Stage stage);

    /// Reads all there is now to compare it with what is published. What `read` keeps about its progress, here or at the
    /// system, stays as it is.
    ///
    /// @param request without a position
    /// @throws dev.ade.model.AdeException USER where what was read before cannot be had again
    default Outcome readNow(Request request, Stage stage) {
        return read(request, stage);
    }

    /// What the system keeps for the reading after this position, such as its log, in words and with what ends it there.
    /// Empty where it keeps nothing.
    default Optional<String> keeps(Request request, String position) {
        return Optional.empty();
    }

    /// Columns that identify a row: those that the load declares, or the system's own where it knows them. Asks the system
    /// little.
    ///
    /// @param request without a position
    default List<String> key(Request request) {
        return request.load().key();
    }

    /// Has the system itself count rows and sum up checksums of them by parts of a grid, so that only parts that differ have
    /// to be read. Empty where it cannot do so for this source.
    ///
    /// @param request without a position
    /// @param columns that are wanted in the checksums
    default Optional<KeyGrid.Sums> sums(
            Request request, KeyGrid grid, List<Column> columns, Progress progress) {
        return Optional.empty();
    }

    /// The same as `readNow` of rows with these keys. Only where `sums` gives some.
    default Outcome readNow(Request request, Stage stage, KeyGrid.Ranges ranges) {
        throw new IllegalArgumentException(request.source().name() + " has no sums");
    }

    /// Looks at a source that nobody has declared yet: stages some rows, and says what it knows about all.
    ///
    /// @throws dev.ade.model.AdeException USER where such systems cannot be looked at
    default Found sample(Request request, Stage stage, long rowsMax) {
        throw AdeException.user(
                "Cannot inspect %s: only files and tables of databases can be inspected"
                        .formatted(request.source().name()),
                "Write load: into sources.yml; ade plan says what is wrong with it");
    }

    /// What can be declared, each as one that inspects it would write it.
    ///
    /// @throws dev.ade.model.AdeException USER where such systems cannot be asked
    default List<Listed> list(Request request) {
        throw AdeException.user(
                "Cannot list %s: only databases can be asked".formatted(request.source().name()),
                "Write load: into sources.yml; ade plan says what is wrong with it");
    }

    /// @param key columns that tell rows apart; empty where nothing says so
    /// @param cursor a column that seems to say what is new
    /// @param notes answers to what an engineer asks of a source
    record Found(List<String> key, Optional<String> cursor, List<String> notes) {
        public Found {
            key = List.copyOf(key);
            notes = List.copyOf(notes);
        }
    }

    /// @param rows as far as the system knows
    record Listed(
            String name,
            OptionalLong rows,
            List<String> key,
            Optional<String> cursor,
            List<String> columns) {
        public Listed {
            key = List.copyOf(key);
            columns = List.copyOf(columns);
        }
    }

    /// @param settings of the source's load, environment variables put in; holds secrets
    /// @param position where the last reading that was published ended; empty to read everything
    /// @param published where it ended, also where everything is read: what the system keeps for it is needed until this
    ///     reading is published
    /// @param now the instant the run is for
    /// @param extent whether all that is new has to be read
    /// @param runs whose reading it is
    record Request(
            SourceTable source,
            LoadSpec.Outside load,
            Map<String, Object> settings,
            Optional<String> position,
            Optional<String> published,
            Instant now,
            Extent extent,
            Runs runs) {
        /// Of all that is new.
        public Request(
                SourceTable source,
                LoadSpec.Outside load,
                Map<String, Object> settings,
                Optional<String> position,
                Instant now) {
            this(source, load, settings, position, position, now, Extent.ALL, Runs.NONE);
        }

        /// Of what has to be read of it.
        ///
        /// @param end where the last reading that was published ended
        public Request reading(Extent part, Optional<String> end, Runs ofRuns) {
            return new Request(source, load, settings, position, end, now, part, ofRuns);
        }

        /// @param keys all settings that there are
        /// @param more what is said of them behind their list
        /// @throws AdeException USER for any other
        public void allow(List<String> keys, String more) {
            for (String key : settings.keySet()) {
                if (!keys.contains(key)) {
                    throw wrong(
                            "load has no key " + key,
                            "Its keys are " + String.join(", ", keys) + more);
                }
            }
        }

        /// Says where something stands that cannot be.
        public AdeException wrong(String reason, String next) {
            return AdeException.user("Cannot load %s: %s".formatted(source.name(), reason), next)
                    .at(source.location());
        }

        /// Without the settings, which hold secrets.
        @Override
        public String toString() {
            return "Request[" + source.name() + "]";
        }
    }

    /// The run that a reading is of, and those that may publish what it does not see.
    ///
    /// @param own empty where nothing is published
    /// @param beside others of this machine that were going on when it began
    record Runs(Optional<RunId> own, Set<RunId> beside) {
        public static final Runs NONE = new Runs(Optional.empty(), Set.of());

        public Runs {
            beside = Set.copyOf(beside);
        }

        /// Whether a run had ended when this one began, so that it sees all that was published of it.
        public boolean isOver(RunId other) {
            return own.filter(it -> other.compareTo(it) <= 0).isPresent()
                    && !beside.contains(other);
        }
    }

    /// How much of what is new is read.
    enum Extent {
        ALL,
        /// As much as its settings allow at once; the next reading goes on.
        PART
    }

    /// @param news what may have come, or why that cannot be told, in words; empty for nothing
    /// @param isObstacle whether reading will fail for the reason that `news` says
    record Offer(Optional<String> news, boolean isObstacle) {
        public static final Offer NOTHING = new Offer(Optional.empty(), false);

        public static Offer of(String news) {
            return new Offer(Optional.of(news), false);
        }

        /// What asking the system says. Where it cannot be asked there may be news: reading it fails for the same reason, and
        /// says so where people look for it.
        public static Offer ofAsking(Supplier<Offer> system) {
            try {
                return system.get();
            } catch (AdeException e) {
                return switch (e.kind()) {
                    case USER, RESOURCE -> new Offer(Optional.of(e.said()), true);
                    case DATA, CONFLICT, UNKNOWN, INTERNAL, CANCELLED -> throw e;
                };
            }
        }
    }

    /// @param position where the next reading begins; published with the rows. Empty where each reading is everything
    /// @param rows as the system itself counted them, to be compared with what was staged; empty where it cannot
    /// @param key columns that identify a row, where the system says so; empty where the project does
    /// @param remarks what people should know of this reading
    record Outcome(
            Optional<String> position, OptionalLong rows, List<String> key, List<String> remarks) {
        public Outcome {
            key = List.copyOf(key);
            remarks = List.copyOf(remarks);
        }

        public Outcome(Optional<String> position, OptionalLong rows) {
            this(position, rows, List.of(), List.of());
        }
    }

    /// What came since the position cannot be had any more, or not be made sense of. The system is asked again, without a
    /// position, and what is there is replaced.
    final class PositionLost extends RuntimeException {
        private static final long serialVersionUID = 1;

        /// @param reason for people: "the slot is gone"
        public PositionLost(String reason) {
            super(reason, null, false, false);
        }

        public String reason() {
            return String.valueOf(getMessage());
        }
    }

    /// A part with these columns holds changes instead of rows; the columns do not land themselves.
    final class Changes {
        /// What happens to the row with the key that is given: one of the words below, as text.
        public static final String OP = "__ade_op";

        /// Columns whose value the change does not say, as it stays what it was: a list of names in lower case.
        public static final String SAME = "__ade_same";

        /// The place of a change among all of its part, rising: a bigint.
        public static final String NUMBER = "__ade_number";

        /// The row is as given, whether it was there or not.
        public static final String PUT = "put";

        /// The row is gone; only its key is given. Of one that does not fit, values that it does not say are `SAME`.
        public static final String DELETE = "delete";

        /// All rows are gone; nothing is given.
        public static final String TRUNCATE = "truncate";

        private Changes() {}
    }

    /// What the history of a table has beside the columns of the table: each row is a change.
    final class History {
        /// In this order, behind those of the table.
        public static final List<Column> COLUMNS =
                List.of(
                        new Column("_op", Type.Simple.VARCHAR),
                        new Column("_unsaid", new Type.ListOf(Type.Simple.VARCHAR)),
                        new Column("_committed_at", Type.Simple.TIMESTAMPTZ),
                        new Column("_lsn", Type.Simple.BIGINT),
                        new Column("_number", Type.Simple.BIGINT));

        private History() {}

        /// Those that are in what a load makes; none where it makes no history.
        public static List<Column> of(LoadSpec load) {
            return switch (load) {
                case LoadSpec.Outside outside
                        when outside.system() == LoadSpec.SystemKind.CDC
                                && outside.mode() == LoadSpec.Mode.APPEND ->
                        COLUMNS;
                case LoadSpec.Outside _, LoadSpec.Files _ -> List.of();
            };
        }
    }

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

        /// Where the next row's value of a column goes: for connectors of many rows, which then make no objects of them.
        /// Each column gets one, then the row is ended by `end` or by `reject`. The same cell serves all rows.
        ///
        /// @param column by the schema's order
        Cell cell(int column);

        /// Adds the row whose values were put into the cells.
        void end();

        /// Counts a row that no type holds, so that it is shown in `ade.rejected` and not lost. Does nothing else with
        /// the value than say what kind it is. What was put into cells of the row is forgotten.
        ///
        /// @param reason why, without the value
        void reject(String column, String value, String reason);

        /// Forgets all rows since the beginning: they come again.
        void restart();

        @Override
        void close();
    }
}
