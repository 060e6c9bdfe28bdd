package dev.ade.spi;

import dev.ade.model.EnvironmentName;
import dev.ade.model.Fingerprint;
import dev.ade.model.Layout;
import dev.ade.model.RunId;
import dev.ade.model.Schema;
import dev.ade.model.TableName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A run's own overlay on an environment: it reads what the run has made so far, and below it what was
/// published when the run began. Nobody else sees any of it until `publish`. Thread-safe as long as each
/// dataset is written by one thread at a time.
public interface Draft extends LakeView, AutoCloseable {
    RunId run();

    EnvironmentName environment();

    /// Other runs of this machine that were going on when this one began.
    Set<RunId> beside();

    /// What was published when the run began.
    LakeView base();

    /// What readers will see once this draft is published as it is now: of what is withheld, what they see already.
    /// Ledgers are those that are published.
    LakeView outcome();

    /// Makes the table, or evolves it so that it has exactly `schema`, in this order: known columns (by
    /// name) keep their field ids, types widen, columns that `schema` lacks are dropped from the current schema (their
    /// data stays in old snapshots). A change of type that is no widening makes a column of the same name with a new id.
    ///
    /// @return where to write its next files
    FileTarget prepare(TableName name, Schema schema, Layout layout);

    /// Takes a table as it is, to put other files in the place of some of its own; its columns and partitions stay.
    ///
    /// @return where to write these files
    FileTarget reopen(TableName name);

    /// Gives columns of a table other names. They keep their field ids, so that no file is touched and what was written
    /// before is read under the new names; partitions and order follow. To be committed as what was prepared is.
    ///
    /// @param names the new name of each column that gets one, by the old
    void renameColumns(TableName name, Map<String, String> names);

    /// Values that must not land in a source, or in any, whatever the environment.
    List<Suppression> suppressions(TableName source);

    /// Adds to what must not land, from the publication on and for all environments.
    void suppress(Collection<Suppression> values);

    /// Batches of a source whose originals the vault keeps, or kept, whatever the environment.
    Set<Fingerprint> vaulted(TableName source);

    /// Lists an original in the vault once its dataset is published. Where it is not, nobody can read the file.
    void vault(VaultBatch batch);

    /// Keeps what somebody corrected in a file once its dataset is published. Publishing conflicts where somebody else
    /// corrected rows of that file meanwhile.
    ///
    /// @param known what was corrected in the file before, in its order
    void correct(CorrectedFile file, List<CorrectedFile> known);

    /// Keeps what is left of corrections instead of all of them, once their dataset is published. Publishing conflicts where
    /// somebody else did so meanwhile.
    void shorten(CorrectedFile before, CorrectedFile after);

    /// Takes files in. One snapshot. After `prepare` or `reopen` only.
    void commit(TableName name, Change change, Stamp stamp);

    /// Makes or replaces a view.
    void commitView(TableName name, String sql, Schema schema, Stamp stamp);

    /// Adds small facts to those kept with a dataset, without changing its data or version. A dataset that
    /// this draft has not written is taken into the overlay as it is.
    void annotate(TableName name, Map<String, String> properties);

    /// Keeps what the project says about a dataset with it, from its publication on. Nothing happens where the dataset
    /// is not there.
    void declare(TableName name, Declaration declaration);

    /// What the ledger will say about the batches of `name` when it is published.
    void recordBatches(TableName name, Collection<Batch> all);

    /// What the ledger will say about the intervals of `name` when it is published.
    void recordFilled(TableName name, Collection<FilledInterval> all);

    /// Takes a dataset over as another view of the same lake has it, with its ledger: no file is written, what
    /// is published is what `from` reads. Nothing happens where `from` does not have it.
    void adopt(TableName name, LakeView from);

    /// What `branch` follows from once this draft is published: its basis takes these marks, and forgets `gone`.
    void rebase(
            EnvironmentName branch, Map<TableName, Environments.Mark> marks, Set<TableName> gone);

    /// Gives a dataset another name, with all that is kept with it; no file is written. Nothing happens where it is not
    /// there.
    void move(TableName from, TableName to);

    /// Settles that a dataset is published at least as it is drafted now: what is withheld of it is what comes after.
    void keep(TableName name);

    /// Removes a dataset from what readers see.
    void drop(TableName name);

    /// Takes a dataset out of what will be published; it stays in the overlay for inspection. Nothing happens
    /// where this draft has not written it.
    void withhold(TableName name);

    Set<TableName> withheld();

    /// Adds rows to one of ADE's own append-only tables when the run ends, whether it is published or not;
    /// never conflicts. Prepare the table with `prepareLog` first.
    FileTarget prepareLog(TableName name, Schema schema);

    void appendLog(TableName name, List<WrittenFile> files);

    /// Writes files of such a table again. Publishing conflicts where somebody else did so meanwhile, not where they added
    /// some.
    void rewriteLog(TableName name, Change.Rewrite change);

    /// Moves all pointers, the ledger and the run's record in one transaction.
    ///
    /// @throws dev.ade.model.AdeException CONFLICT where somebody published one of these datasets, or one of
    ///     `readVersions`, meanwhile: nothing is published then and the overlay can be abandoned;
    ///     UNKNOWN where the catalog did not answer
    Published publish(RunEnd end, Map<TableName, Fingerprint> readVersions);

    /// Ends the run without publishing; the overlay stays for inspection, the logs are kept.
    void abandon(RunEnd end);

    /// Abandons the run if it is neither published nor abandoned.
    @Override
    void close();

    /// What a commit follows from.
    ///
    /// @param properties small facts kept with the dataset; replace earlier ones
    record Stamp(Fingerprint version, Fingerprint definition, Map<String, String> properties) {}

    record RunEnd(Instant endedAt, Lake.RunState state, String message) {}

    record Published(List<TableName> datasets) {}

    /// How the files of a table change.
    sealed interface Change {
        /// Files come.
        record Append(List<WrittenFile> added) implements Change {}

        /// All files go, these come.
        record ReplaceAll(List<WrittenFile> added) implements Change {}

        /// Files with these paths go, these come. Fails where one of `removed` is not in the table.
        record Rewrite(Set<String> removed, List<WrittenFile> added) implements Change {
            public Rewrite {
                removed = Set.copyOf(removed);
                added = List.copyOf(added);
            }

            /// Both at once.
            public Rewrite and(Rewrite other) {
                Set<String> allRemoved = new HashSet<>(removed);
                allRemoved.addAll(other.removed);
                List<WrittenFile> allAdded = new ArrayList<>(added);
                allAdded.addAll(other.added);
                return new Rewrite(allRemoved, allAdded);
            }
        }

        /// No file changes: only the stamp, or the schema.
        record Nothing() implements Change {}
    }
}
