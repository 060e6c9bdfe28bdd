package dev.ade.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.FileIO;
import org.jspecify.annotations.Nullable;

/// Who reads and writes the manifests of a table. Iceberg gives them to a pool, and looks every 10 ms whether it is done:
/// as long as that takes longer than the work, whoever asks does it.
final class Manifests {
    /// About what one thread reads in 10 ms.
    private static final long OWN_BYTES_MAX = 1 << 18;

    private static final ExecutorService ASKING_THREAD = new AskingThread();

    private Manifests() {}

    static <U extends SnapshotUpdate<U>> U update(BaseTable table, U update) {
        return isSmall(table.currentSnapshot(), table.io())
                ? update.scanManifestsWith(ASKING_THREAD).writeManifestsWith(ASKING_THREAD, 1)
                : update;
    }

    static List<FileScanTask> files(TableScan scan) {
        List<FileScanTask> tasks = new ArrayList<>();
        boolean isSmall = isSmall(scan.snapshot(), scan.table().io());
        try (CloseableIterable<FileScanTask> planned =
                (isSmall ? scan.planWith(ASKING_THREAD) : scan).planFiles()) {
            planned.forEach(tasks::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return tasks;
    }

    private static boolean isSmall(@Nullable Snapshot snapshot, FileIO io) {
        return snapshot == null
                || snapshot.allManifests(io).stream().mapToLong(ManifestFile::length).sum()
                        <= OWN_BYTES_MAX;
    }

    private static final class AskingThread extends AbstractExecutorService {
        @Override
        public void execute(Runnable work) {
            work.run();
        }

        @Override
        public void shutdown() {
            throw new UnsupportedOperationException("it is everybody's");
        }

        @Override
        public List<Runnable> shutdownNow() {
            throw new UnsupportedOperationException("it is everybody's");
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return false;
        }
    }
}
