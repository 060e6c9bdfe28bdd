package dev.ade.app;

import dev.ade.model.AdeException;
import dev.ade.model.EnvironmentName;
import dev.ade.model.Project;
import dev.ade.model.RunId;
import dev.ade.model.TableName;
import dev.ade.project.YamlArguments;
import dev.ade.run.Decisions;
import dev.ade.run.Plan;
import dev.ade.run.PlanReview;
import dev.ade.run.RunListener;
import dev.ade.run.RunReport;
import dev.ade.run.RunRequest;
import dev.ade.run.SourceAges;
import dev.ade.run.Waiting;
import dev.ade.run.environment.Dropper;
import dev.ade.run.forget.Archiver;
import dev.ade.run.forget.ForgetRequest;
import dev.ade.run.forget.Forgotten;
import dev.ade.run.forget.Retained;
import dev.ade.run.lineage.ProjectLineage;
import dev.ade.run.vault.VaultRoom;
import dev.ade.run.verify.Verdict;
import dev.ade.spi.Connector;
import dev.ade.spi.Cursor;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Lake;
import dev.ade.spi.Loader;
import dev.ade.spi.Maintenance;
import dev.ade.spi.Profile;
import dev.ade.spi.Resource;
import dev.ade.spi.Session;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// A project, ready to be asked: what every door (command line, server) calls. Parts are made when they are
/// first needed, so that asking little costs little. Thread-safe.
public interface Ade extends AutoCloseable {
    /// @param root the project's folder
    /// @param environment whose datasets are meant; the project's default one where none is named
    /// @param vars from the command line
    record Options(Path root, Optional<EnvironmentName> environment, Map<String, Object> vars) {
        public Options {
            vars = Map.copyOf(vars);
        }

        public Options(Path root, EnvironmentName environment, Map<String, Object> vars) {
            this(root, Optional.of(environment), vars);
        }

        /// True for what dbt would take as a mapping: `{a: 1}` or `a: 1`.
        public static boolean isYaml(String text) {
            return text.strip().startsWith("{") || text.matches("(?s)[^={]*?:\\s.*");
        }

        /// @param option where a mapping in YAML was given, for messages
        /// @throws dev.ade.model.AdeException USER where it is none
        public static Map<String, Object> yaml(String option, String text) {
            return YamlArguments.read(option, text);
        }
    }

    /// The project in a folder of this machine. Cheap: nothing is read yet.
    static Ade open(Options options) {
        return open(options, Clock.systemUTC());
    }

    /// The same at another time: what "yesterday" is follows from `clock`.
    static Ade open(Options options, Clock clock) {
        return new LocalAde(options, new Wiring(options, clock), clock);
    }

    Project project();

    /// The environment whose datasets are meant.
    EnvironmentName environment();

    /// All environments of the project, and what moves between them.
    AdeEnvironments environments();

    Plan plan(RunRequest request);

    /// Plans, and finds out everything that can be told about it before it is done: what changed, what it would
    /// read, how long it would take. Publishes nothing.
    PlanReview review(RunRequest request);

    /// Plans and does it. Another run that published the same things meanwhile makes it plan again, at
    /// most three times.
    RunReport run(RunRequest request, RunListener listener);

    /// Asks a running `run`, and queries that are being answered, to stop soon: a run then abandons what it
    /// made, a query or a comparison throws (CANCELLED). Any thread.
    void cancel();

    /// Runs one user query on what is published, locked down, within the limits of the settings.
    Cursor sql(String select, ReadPoint at);

    /// The same, into one file; gives the rows written.
    long export(
            String select,
            ReadPoint at,
            Path file,
            Session.ExportFormat format,
            Map<String, String> options);

    /// Datasets and their columns, for `status`, completion and `profile`.
    List<DatasetState> datasets(ReadPoint at);

    List<Lake.RunRecord> runs(int limit);

    /// The run that says whether the environment is in order; empty where nothing has run in it.
    Optional<Lake.RunRecord> lastRun();

    /// Exposures that something reaches which failed or was withheld when it last ran.
    List<Waiting> waiting();

    /// The newest profile of a dataset, if it has one.
    Optional<Profile> profile(TableName dataset);

    /// Checks what is published, now; nothing is published or withheld.
    RunReport check(RunRequest request, RunListener listener);

    /// Reads what sources say of the systems that they are loaded from, and asks none of these.
    ///
    /// @throws dev.ade.model.AdeException USER where one of them is wrong
    void checkLoads();

    /// What is selected, of any type, with the checks that belong to it.
    List<Resource> list(RunRequest request);

    /// What templates become.
    ///
    /// @param says told each text that `print`, and `log` with `info=true`, write
    AdeTemplates templates(Consumer<String> says);

    /// What documents it.
    AdeDocs docs();

    /// How old the newest rows are of the selected sources that declare it.
    SourceFreshness freshness(RunRequest request);

    /// Compares the selected sources with what is published of them; tells each verdict once it is there. `cancel` stops
    /// it.
    ///
    /// @throws dev.ade.model.AdeException USER where no source is selected
    void verify(RunRequest request, Loader.Depth depth, Consumer<Verdict> verdicts);

    /// The tables of a connection of `ade.yml`; empty where it has none of that name.
    Optional<List<Connector.Listed>> tables(String connection);

    /// Reads a sample of files, or of a table as `connection:table`, and proposes a declaration.
    Loader.Inspection inspect(String pattern, TableName name, Map<String, Object> options);

    /// Rows that loads kept out.
    AdeRejected rejected();

    /// Every column of every loaded source: its class, treatment and evidence; and every column of a model that
    /// holds something of a personal one, with the ground `derived` and the way it came as evidence.
    Map<TableName, List<Decisions.Landed>> privacyReport();

    /// What the columns of all datasets follow from, with what is published in this environment as their inputs.
    ProjectLineage lineage();

    /// The value behind a token; the audit file beside the keys says who asked, when and why.
    String reveal(String realm, String token, String reason);

    /// New tokens get a new key from now on; pseudonyms stay, so that joins do. Gives the new version.
    int rotateKeys();

    /// Encrypts the keyset and the keys of the vault with another master key, which is to be named from then on.
    ///
    /// @param to the file that holds it; made, with a new one, where it is not there
    /// @return how many keys the vault has
    /// @throws AdeException CONFLICT while a run of any environment is going on
    int changeMasterKey(Path to);

    /// Originals that are kept, encrypted, apart from the lake.
    VaultRoom vault();

    /// Removes people from every environment, its history and its files, or only says where they are.
    Forgotten forget(ForgetRequest request);

    /// Rows that are older than their datasets keep.
    Retained expired();

    /// Removes them, and everything that held them.
    Retained retain();

    /// Why datasets keep rows that their retention, or their archive, would take: nothing says how old they are.
    List<AdeException> undated();

    /// Moves files whose rows are old enough to the archive, or says which would be moved.
    List<Archiver.Moved> archive(Maintenance.Effect effect);

    /// Takes datasets that the project no longer has out of this environment, or says which would go.
    Dropper.Dropped drop(Set<TableName> names, Maintenance.Effect effect);

    Maintenance.Report maintain(Maintenance.Effect effect);

    /// What works and what does not on this machine and in this project.
    List<Finding> doctor();

    @Override
    void close();

    /// @param at when it was asked
    record SourceFreshness(Instant at, List<SourceAges.Age> ages) {
        public SourceFreshness {
            ages = List.copyOf(ages);
        }
    }

    /// Which version of the data a reader sees.
    sealed interface ReadPoint {
        record Now() implements ReadPoint {}

        record AsOf(Instant instant) implements ReadPoint {}

        /// One snapshot of one dataset; others as they are now.
        record OfSnapshot(TableName dataset, long snapshotId) implements ReadPoint {}

        /// What an unpublished run made.
        record OfRun(RunId run) implements ReadPoint {}
    }

    /// @param name what was looked at
    /// @param level how good it is
    /// @param text what was found, and what to do about it
    record Finding(String name, Level level, String text) {}

    enum Level {
        OK,
        WARNING,
        PROBLEM
    }
}
