package dev.ade.app;

import dev.ade.model.TableName;
import dev.ade.run.RunRequest;
import dev.ade.run.rejected.CorrectionRoom;
import dev.ade.run.rejected.KeptRows;
import dev.ade.run.rejected.RejectedExport;
import dev.ade.run.rejected.RejectedGroup;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Rows that loads kept out. Thread-safe.
public interface AdeRejected {
    /// Those of one dataset or of all, and where they are now.
    List<RejectedGroup> list(Optional<TableName> dataset);

    /// Writes open rejected rows of a source of files, as they stand there, into one file to be corrected.
    ///
    /// @throws dev.ade.model.AdeException USER where they cannot be had again, or the file is there
    RejectedExport.Exported export(RejectedExport.Asked asked);

    /// The run that loads the files of a source's open rejected rows again; empty where none is open.
    ///
    /// @throws dev.ade.model.AdeException USER where they cannot be had again
    Optional<RunRequest> replaying(TableName dataset, String command);

    /// The run that loads files again with corrected rows in the place of what stands there.
    ///
    /// @param sheet what an export wrote, corrected
    /// @throws dev.ade.model.AdeException USER where something in it is wrong
    RunRequest correcting(TableName dataset, Path sheet, String command);

    /// What people corrected in files of one dataset or of all, in all environments; never what it says.
    List<KeptRows> corrections(Optional<TableName> dataset);

    /// Takes corrections back; the next run loads their files as they stand.
    ///
    /// @throws dev.ade.model.AdeException USER where none are kept of the file that is named; CONFLICT where keys are still
    ///     in the catalog's log: they are gone there, too, when it is done again
    List<KeptRows> withdraw(CorrectionRoom.Withdrawal asked);
}
