package dev.ade.spi;

import dev.ade.model.Fingerprint;
import dev.ade.model.Intervals;
import dev.ade.model.SourceTable;
import dev.ade.model.TableName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Brings outside data in, through the door where privacy stands.
public interface Loader {
    /// The property of a loaded dataset that keeps its columns with their types before they were treated, as the SQL of
    /// a struct.
    String RAW_COLUMNS = "load.columns";

    /// The property of a loaded dataset that says in words what the system outside keeps for it until it is told not to, and
    /// how to tell it.
    String KEPT_OUTSIDE = "load.kept_outside";

    /// What there is to load. Cheap: lists and compares, reads no data (a changed time of change may cost a hash).
    ///
    Inbox look(SourceTable source, Known known);

    /// What is published of a dataset.
    ///
    /// @param batches that it holds
    /// @param corrected versions of what people corrected in files, by batch
    record Known(
            List<Batch> batches,
            Optional<DatasetState> state,
            Map<Fingerprint, Fingerprint> corrected) {
        public static final Known NOTHING = new Known(List.of(), Optional.empty(), Map.of());

        public Known {
            batches = List.copyOf(batches);
            corrected = Map.copyOf(corrected);
        }

        public static Known of(LakeView view, TableName source) {
            return of(view, source, List.of());
        }

        /// @param corrections of its files, on top of those that were made before
        public static Known of(LakeView view, TableName source, List<CorrectedFile> corrections) {
            List<CorrectedFile> all =
                    Stream.concat(view.corrected(source).stream(), corrections.stream()).toList();
            return new Known(view.batches(source), view.state(source), CorrectedFile.versions(all));
        }
    }

    /// How columns outside differ from what is published, as loading `inbox` would find, in words: as far as a look at its
    /// newest files, or what a system says of a table, tells. Reads samples only and writes nothing. Of what is not
    /// published yet nothing differs, but a load of it may fail.
    ///
    /// @throws dev.ade.model.AdeException DATA or USER where the load would fail because of its columns
    default List<String> drift(SourceTable source, Known known, Inbox inbox, Glance glance) {
        return List.of();
    }

    /// What a look works with.
    ///
    /// @param readers of the source's columns
    record Glance(Engine engine, ColumnReaders readers, Corrections corrections) {}

    /// Loads what `inbox` found into the draft: reads, types, obfuscates, validates, writes, commits, and
    /// records batches. Rejected rows go to `ade.rejected`.
    ///
    /// @throws dev.ade.model.AdeException DATA where too many rows are rejected, the contract is frozen and the source has
    ///     drifted, or rows cannot be accounted for
    Loaded load(SourceTable source, Inbox inbox, Context context);

    /// Reads what is at the source now, through the door as a load does, and compares it with what is published. Writes
    /// nothing that stays.
    ///
    /// @throws dev.ade.model.AdeException USER where they cannot be compared; RESOURCE where the source cannot be read
    default Verified verify(SourceTable source, Known known, Sight sight) {
        throw new IllegalArgumentException(source.name() + " cannot be compared");
    }

    /// Rows of files as they stand there, of those files that still have the content they were loaded with.
    ///
    /// @param lines that rows begin on, by batch
    /// @throws dev.ade.model.AdeException USER where rows of such a file cannot be taken out; RESOURCE where it cannot be
    ///     read
    default List<RawFile> rows(
            SourceTable source,
            Known known,
            Map<Fingerprint, ? extends Set<Long>> lines,
            Glance glance) {
        throw new IllegalArgumentException(source.name() + " has no files");
    }

    /// Reads a sample and proposes a declaration.
    Inspection inspect(SourceTable proposal, Engine engine);

    /// What can be declared of a system like that of a source.
    default List<Connector.Listed> list(SourceTable proposal) {
        throw new IllegalArgumentException(proposal.name() + " is no table of another system");
    }

    /// @param fresh files not loaded before
    /// @param changed files loaded before that have changed since, or whose contract has
    /// @param unchanged files already there
    /// @param gone origins of batches whose file is no longer there; in mode append their rows stay
    /// @param version the version the dataset will have when all of it is loaded; where that is only known when rows have
    ///     been read, one it never had
    /// @param news why there is something, in words; empty where counts of files say it
    record Inbox(
            List<Item> fresh,
            List<Item> changed,
            List<Item> unchanged,
            List<String> gone,
            Fingerprint contract,
            Fingerprint version,
            Optional<String> news) {
        public boolean isEmpty() {
            return fresh.isEmpty() && changed.isEmpty();
        }

        /// The same with a reason in words.
        public Inbox because(String reason) {
            return new Inbox(
                    fresh, changed, unchanged, gone, contract, version, Optional.of(reason));
        }
    }

    /// @param id of the batch it will be
    record Item(Fingerprint id, String origin, String path, long bytes, Instant modifiedAt) {}

    /// What a load works with.
    ///
    /// @param refresh whether somebody asked for what the source has now, and nothing else
    /// @param readers of the source's columns
    /// @param keeper takes in what is read
    /// @param watcher sees rows that are added while they are written
    record Context(
            Session session,
            Draft draft,
            Privacy privacy,
            Progress progress,
            Instant now,
            Compiler.Refresh refresh,
            ColumnReaders readers,
            Corrections corrections,
            Keeper keeper,
            Watcher watcher) {}

    /// What a comparison works with.
    ///
    /// @param session reads what is published
    /// @param suppressions values that must not land
    /// @param cut what is not kept any more, where there is such
    /// @param depth how thoroughly
    record Sight(
            Session session,
            Privacy privacy,
            Progress progress,
            Instant now,
            List<Suppression> suppressions,
            Corrections corrections,
            Optional<Cut> cut,
            Depth depth) {
        public Sight {
            suppressions = List.copyOf(suppressions);
        }
    }

    enum Depth {
        /// Every row is read.
        ROWS,
        /// Where the source can, it makes checksums of ranges of keys, and only those that differ are read. Columns that are
        /// treated are compared only there.
        CHECKSUMS
    }

    /// Rows that happened before an instant are gone from what is published.
    record Cut(String column, Instant until) {}

    /// Who reads the columns of a source.
    interface ColumnReaders {
        /// Nobody.
        ColumnReaders NONE = _ -> "";

        /// Everybody that a column reaches, in words (`reaches shop.sales.twice; checked by …`); empty where that is nobody.
        String of(String column);
    }

    /// @param changed event time that rows came to or went from
    /// @param written files added, for the profile
    /// @param drift what changed at the outside, in words
    /// @param treatedOtherwise columns, under all their names, whose earlier values were treated otherwise
    record Loaded(
            TableName table,
            long read,
            long landed,
            long rejected,
            Intervals changed,
            List<WrittenFile> written,
            List<Privacy.Decision> decisions,
            List<String> drift,
            Set<String> treatedOtherwise) {
        public Loaded {
            treatedOtherwise = Set.copyOf(treatedOtherwise);
        }

        /// Nothing came: what is there stays, under the version it has.
        public static Loaded nothing(TableName table) {
            return new Loaded(
                    table, 0, 0, 0, Intervals.NONE, List.of(), List.of(), List.of(), Set.of());
        }

        /// The same with more to tell people, first.
        public Loaded remarking(List<String> remarks) {
            List<String> all = new ArrayList<>(remarks);
            all.addAll(drift);
            return new Loaded(
                    table,
                    read,
                    landed,
                    rejected,
                    changed,
                    written,
                    decisions,
                    all,
                    treatedOtherwise);
        }
    }

    /// @param yaml the declaration, ready for sources.yml
    /// @param columns for a table on the terminal: name, type, nulls, distinct values, class, treatment, example (treated)
    /// @param notes answers to what an engineer asks of a source
    record Inspection(
            String yaml, List<InspectedColumn> columns, List<String> notes, long rowsSampled) {}

    record InspectedColumn(
            String name,
            String type,
            double nullShare,
            long distinct,
            String dataClass,
            String treatment,
            String evidence) {}
}
