package dev.ade.app;

import dev.ade.model.TableName;
import dev.ade.run.RunRequest;
import dev.ade.run.rejected.Correcting;
import dev.ade.run.rejected.CorrectionRoom;
import dev.ade.run.rejected.KeptRows;
import dev.ade.run.rejected.RejectedExport;
import dev.ade.run.rejected.RejectedGroup;
import dev.ade.run.rejected.RejectedRows;
import dev.ade.run.rejected.Replay;
import dev.ade.spi.LakeView;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// Rejected rows of a project of this machine.
record Rejecteds(Wiring wiring, Clock clock) implements AdeRejected {
    private LakeView published() {
        return wiring.lake().read(wiring.existingEnvironment());
    }

    @Override
    public List<RejectedGroup> list(Optional<TableName> dataset) {
        return new RejectedRows(published(), wiring.engine()).of(dataset);
    }

    @Override
    public RejectedExport.Exported export(RejectedExport.Asked asked) {
        return new RejectedExport(
                        new RejectedExport.Parts(
                                wiring.compiled().project(),
                                wiring.loader(),
                                published(),
                                wiring.engine(),
                                wiring.vault(),
                                wiring.readLog()))
                .export(asked);
    }

    @Override
    public Optional<RunRequest> replaying(TableName dataset, String command) {
        LakeView published = published();
        List<RejectedGroup> rows =
                new RejectedRows(published, wiring.engine()).of(Optional.of(dataset));
        return new Replay(
                        wiring.compiled().project(),
                        wiring.loader(),
                        published,
                        wiring.lake().vault().list())
                .request(dataset, rows, command);
    }

    @Override
    public RunRequest correcting(TableName dataset, Path sheet, String command) {
        return new Correcting(
                        new Correcting.Parts(
                                wiring.compiled().project(),
                                wiring.loader(),
                                published(),
                                wiring.engine(),
                                wiring.vault(),
                                clock,
                                System.getProperty("user.name", "")))
                .request(dataset, sheet, command);
    }

    private CorrectionRoom room() {
        return new CorrectionRoom(wiring.vaultParts(), published());
    }

    @Override
    public List<KeptRows> corrections(Optional<TableName> dataset) {
        return room().list(dataset);
    }

    @Override
    public List<KeptRows> withdraw(CorrectionRoom.Withdrawal asked) {
        return room().withdraw(asked);
    }
}
