package dev.ade.run.openlineage;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// Events on their way, sent in order by a thread of its own. Nothing waits for it but `close`, and that not for long.
final class Outbox {
    private static final int WAITING_MAX = 10_000;
    private static final long POLL_MILLIS = 50;

    /// After so many failures in a row the rest is not tried: the other side is not there.
    private static final int FAILURES_MAX = 3;

    private final Sender sender;
    private final BlockingQueue<Supplier<List<String>>> waiting =
            new ArrayBlockingQueue<>(WAITING_MAX);
    private final AtomicBoolean isClosing = new AtomicBoolean();
    private final AtomicLong lost = new AtomicLong();
    private final AtomicReference<String> reason = new AtomicReference<>("");
    private final Thread thread;
    private int failuresInARow;

    Outbox(Sender sender) {
        this.sender = sender;
        this.thread = Thread.ofVirtual().name("openlineage").start(this::work);
    }

    /// @param events made on the outbox's thread
    void add(Supplier<List<String>> events) {
        if (!waiting.offer(events)) {
            lose("more than %,d events were waiting".formatted(WAITING_MAX));
        }
    }

    /// Waits for what is on its way, and gives up what is not there in time.
    ///
    /// @return what went wrong; empty where all was delivered
    Optional<String> close(Duration patience) {
        isClosing.set(true);
        try {
            if (!thread.join(patience)) {
                thread.interrupt();
                lose("the endpoint did not answer within " + patience.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sender.close();
        return lost.get() == 0
                ? Optional.empty()
                : Optional.of(
                        "%,d OpenLineage %s not delivered: %s"
                                .formatted(
                                        lost.get(),
                                        lost.get() == 1 ? "event was" : "events were",
                                        reason.get()));
    }

    private void work() {
        try {
            while (true) {
                Supplier<List<String>> next = waiting.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (next != null) {
                    next.get().forEach(this::send);
                } else if (isClosing.get()) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            lose(String.valueOf(e.getMessage()));
        }
    }

    private void send(String event) {
        if (failuresInARow >= FAILURES_MAX) {
            lost.incrementAndGet();
            return;
        }
        try {
            sender.send(event);
            failuresInARow = 0;
        } catch (IOException e) {
            failuresInARow++;
            String message = e.getMessage();
            String kind = e.getClass().getSimpleName();
            lose(message == null ? kind : kind + ": " + message);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            lose("interrupted");
        }
    }

    private void lose(String why) {
        lost.incrementAndGet();
        reason.compareAndSet("", why);
    }
}
