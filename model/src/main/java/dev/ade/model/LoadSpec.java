package dev.ade.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Where outside data comes from and how it lands.
public sealed interface LoadSpec {
    /// How new rows meet those already there.
    enum Mode {
        /// Every file is a batch: kept once, replaced when the file changes.
        APPEND,
        /// The dataset is what the files say now.
        REPLACE,
        /// A row replaces the one with the same key; of several, the last in file order wins.
        MERGE
    }

    Mode mode();

    /// Columns that identify a row; empty unless `MERGE`.
    List<String> key();

    /// The same with another key.
    LoadSpec keyedBy(List<String> otherKey);

    /// When too many rows are rejected for the load to be believed.
    RejectLimit rejectLimit();

    /// Files by pattern.
    ///
    /// @param patterns globs or folders, relative to the project or absolute; or all of them on one SFTP server, as
    ///     `sftp://user@host/folder/*.csv`
    /// @param format `AUTO` goes by the name
    /// @param options reader options by their DuckDB names, checked against the list of the loader
    /// @param sftp how the server is reached, by key; `${NAME}` stands for an environment variable as in `Outside`
    record Files(
            List<String> patterns,
            Format format,
            Mode mode,
            List<String> key,
            Map<String, Object> options,
            RejectLimit rejectLimit,
            Map<String, Object> sftp)
            implements LoadSpec {
        private static final String SFTP = "sftp://";

        public Files {
            patterns = List.copyOf(patterns);
            key = List.copyOf(key);
            options = Map.copyOf(options);
            sftp = Map.copyOf(sftp);
            if (patterns.isEmpty()) {
                throw AdeException.user(
                        "Cannot load files: no pattern is given",
                        "Add load: {files: \"data/*.csv\"}");
            }
            if (mode == Mode.MERGE && key.isEmpty()) {
                throw AdeException.user(
                        "Cannot merge files: no key is given", "Add key: [column, …] to load");
            }
            long remote = patterns.stream().filter(Files::isRemote).count();
            if (remote > 0 && remote < patterns.size()) {
                throw AdeException.user(
                        "Cannot load files: some are on an SFTP server, others are not",
                        "Make two sources of them");
            }
            if (remote == 0 && !sftp.isEmpty()) {
                throw AdeException.user(
                        "Cannot load files: 'sftp' is about a server, but the files lie here",
                        "Write files: \"sftp://user@host/folder/*.csv\"");
            }
        }

        /// Files that lie here.
        public Files(
                List<String> patterns,
                Format format,
                Mode mode,
                List<String> key,
                Map<String, Object> options,
                RejectLimit rejectLimit) {
            this(patterns, format, mode, key, options, rejectLimit, Map.of());
        }

        private static boolean isRemote(String pattern) {
            return pattern.startsWith(SFTP);
        }

        /// Whether they lie on a server.
        public boolean isRemote() {
            return isRemote(patterns.getFirst());
        }

        @Override
        public Files keyedBy(List<String> otherKey) {
            return new Files(patterns, format, mode, otherKey, options, rejectLimit, sftp);
        }
    }

    /// Rows that code reads out of another system.
    ///
    /// @param settings what `load:` says to that code, by key; `${NAME}` in a text stands for an environment variable and
    ///     is put in when the system is asked, never before
    record Outside(
            SystemKind system,
            Map<String, Object> settings,
            Mode mode,
            List<String> key,
            RejectLimit rejectLimit)
            implements LoadSpec {
        public Outside {
            settings = Map.copyOf(settings);
            key = List.copyOf(key);
            if (mode == Mode.MERGE && key.isEmpty() && !system.knowsKey()) {
                throw AdeException.user(
                        "Cannot merge rows of %s: no key is given".formatted(system.word()),
                        "Add key: [column, …] to load");
            }
        }

        @Override
        public Outside keyedBy(List<String> otherKey) {
            return new Outside(system, settings, mode, otherKey, rejectLimit);
        }
    }

    /// The systems that code reads, by the key of `load:` that names them.
    enum SystemKind {
        JDBC,
        JAVA,
        SINGER,
        REST,
        /// Another project.
        ADE,
        /// A table of another Iceberg catalog.
        ICEBERG,
        /// The log of changes that a database keeps.
        CDC;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// Whether the system itself says what identifies a row, where the project does not.
        public boolean knowsKey() {
            return this == CDC;
        }

        /// Whether a reading from the beginning has all rows there are. Others may give their last ones only.
        public boolean hasTables() {
            return this == JDBC || this == ADE || this == ICEBERG;
        }

        /// Whether its columns are those of the project's own code, which stay while the code does.
        public boolean isCode() {
            return this == JAVA;
        }

        /// How its rows land where nothing is said.
        public Mode mode() {
            return this == CDC ? Mode.MERGE : Mode.REPLACE;
        }
    }

    enum Format {
        AUTO,
        CSV("csv", "tsv", "tab", "psv", "txt"),
        JSON("json"),
        NDJSON("ndjson", "jsonl"),
        PARQUET("parquet", "pq"),
        XLSX("xlsx", "xlsm"),
        /// Text with columns at fixed places.
        FIXED("fwf"),
        XML("xml"),
        AVRO("avro"),
        ORC("orc");

        private final Set<String> endings;

        Format(String... endings) {
            this.endings = Set.of(endings);
        }

        /// What the ending of a file's name says; empty where it says nothing.
        ///
        /// @param name without the ending of a compression
        public static Optional<Format> ofFile(String name) {
            String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
            return Arrays.stream(values())
                    .filter(format -> format.endings.contains(ending))
                    .findFirst();
        }

        public static Format named(String word) {
            return Arrays.stream(values())
                    .filter(format -> Wording.of(format).equals(word.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() ->
                            AdeException.user(
                                    "Cannot read files of the format '%s'".formatted(word),
                                    "Use one of "
                                            + Arrays.stream(values())
                                                    .map(Wording::of)
                                                    .collect(Collectors.joining(", "))));
        }
    }

    /// A load fails when more rows than `rowsMax`, or a greater share than `shareMax`, are rejected.
    record RejectLimit(long rowsMax, double shareMax) {
        /// One row in ten.
        public static final RejectLimit DEFAULT = new RejectLimit(Long.MAX_VALUE, 0.1);

        /// Rejected rows stop nothing.
        public static final RejectLimit NONE = new RejectLimit(Long.MAX_VALUE, 1);

        public RejectLimit {
            if (rowsMax < 0) {
                throw limit("Cannot limit rejected rows to %d".formatted(rowsMax));
            }
            if (!(shareMax >= 0 && shareMax <= 1)) {
                throw limit("Cannot limit rejected rows to a share of %s".formatted(shareMax));
            }
        }

        private static AdeException limit(String message) {
            return AdeException.user(
                    message, "Use rows 0 or more, and a share from 0 to 1 or from 0% to 100%");
        }

        public boolean isPassed(long rejected, long read) {
            return rejected > rowsMax || rejected > shareMax * read;
        }
    }
}
