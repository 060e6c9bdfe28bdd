package dev.ade.code.run;

import dev.ade.model.AdeException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/// Batches that threads make while they are read. Threads wait where nobody reads; the reader waits where nothing is
/// made yet.
final class Flow extends ArrowReader {
    /// Batches that lie ready for each thread.
    private static final int READY_MAX = 4;

    private static final long POLL_MILLIS = 50;
    private static final long JOIN_MILLIS = 10_000;

    private final Schema schema;
    private final Work work;
    private final int workers;
    private final BlockingQueue<ArrowRecordBatch> ready;
    private final AtomicInteger busy;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean isStopped;
    private volatile @Nullable AdeException failure;

    /// What threads do.
    interface Work extends AutoCloseable {
        /// Makes batches until there are no more. Called by each thread once.
        ///
        /// @throws AdeException where it fails
        void run(Flow flow);

        /// Ends what is read. Called by one thread, after the others have ended.
        @Override
        void close();
    }

    Flow(BufferAllocator allocator, Schema schema, Work work, int workers) {
        super(allocator);
        this.schema = schema;
        this.work = work;
        this.workers = workers;
        this.ready = new ArrayBlockingQueue<>(READY_MAX * workers);
        this.busy = new AtomicInteger(workers);
    }

    /// @param name of the threads
    Flow start(String name) {
        for (int i = 0; i < workers; i++) {
            threads.add(Thread.ofPlatform().daemon().name(name + "-", i).start(this::work));
        }
        return this;
    }

    private void work() {
        try {
            work.run(this);
        } catch (AdeException e) {
            fail(e);
        } catch (Stopped e) {
            // Nobody reads any more.
        } catch (RuntimeException | Error e) {
            fail(AdeException.internal("Cannot run a Java model: " + e, e));
        } finally {
            busy.decrementAndGet();
        }
    }

    private synchronized void fail(AdeException e) {
        if (failure == null) {
            failure = e;
        }
        isStopped = true;
    }

    /// That nobody reads any more.
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stopped() {
            super("nobody reads any more", null, false, false);
        }
    }

    boolean isStopped() {
        return isStopped;
    }

    /// Hands a batch to the reader, when it has room.
    void put(ArrowRecordBatch batch) {
        try {
            while (!isStopped) {
                if (ready.offer(batch, POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            isStopped = true;
        }
        batch.close();
        throw new Stopped();
    }

    @Override
    public boolean loadNextBatch() throws IOException {
        prepareLoadNextBatch();
        ArrowRecordBatch next = take();
        if (next == null) {
            return false;
        }
        loadRecordBatch(next);
        return true;
    }

    private @Nullable ArrowRecordBatch take() {
        try {
            while (true) {
                boolean areDone = busy.get() == 0;
                ArrowRecordBatch next =
                        ready.poll(areDone ? 0 : POLL_MILLIS, TimeUnit.MILLISECONDS);
                AdeException why = failure;
                if (why != null) {
                    if (next != null) {
                        next.close();
                    }
                    throw why;
                }
                if (next != null || areDone) {
                    return next;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AdeException.cancelled("Cancelled");
        }
    }

    @Override
    public long bytesRead() {
        return 0;
    }

    @Override
    protected void closeReadSource() {
        isStopped = true;
        threads.forEach(Thread::interrupt);
        try {
            for (Thread thread : threads) {
                thread.join(JOIN_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (ArrowRecordBatch left = ready.poll(); left != null; left = ready.poll()) {
            left.close();
        }
        work.close();
    }

    @Override
    protected Schema readSchema() {
        return schema;
    }
}
