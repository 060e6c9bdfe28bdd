package dev.ade.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// Stands between a client and a server, and cuts connections that have brought a number of bytes.
final class CuttingProxy implements AutoCloseable {
    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger cuts = new AtomicInteger();
    private final int server;
    private volatile long bytesMax = Long.MAX_VALUE;
    private final AtomicInteger cutsLeft = new AtomicInteger();
    private volatile Runnable atCut = () -> {};

    /// @param server its port here
    CuttingProxy(int server) throws IOException {
        this.server = server;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /// @param bytes that a connection brings before it is cut
    /// @param times after which none is cut any more
    /// @param first what happens just before
    void cut(long bytes, int times, Runnable first) {
        cutsLeft.set(times);
        atCut = first;
        bytesMax = bytes;
        cuts.set(0);
    }

    int cuts() {
        return cuts.get();
    }

    private void accept() {
        try {
            while (!door.isClosed()) {
                Socket client = door.accept();
                Socket behind = new Socket(InetAddress.getLoopbackAddress(), server);
                open.addAll(List.of(client, behind));
                Thread.ofVirtual().start(() -> pass(client, behind, false));
                Thread.ofVirtual().start(() -> pass(behind, client, true));
            }
        } catch (IOException e) {
            // It is closed.
        }
    }

    private void pass(Socket from, Socket to, boolean isCounted) {
        byte[] bytes = new byte[8192];
        long passed = 0;
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                if (isCounted) {
                    passed += n;
                    if (passed > bytesMax && cutsLeft.getAndDecrement() > 0) {
                        cuts.incrementAndGet();
                        atCut.run();
                        return;
                    }
                }
                out.write(bytes, 0, n);
            }
        } catch (IOException e) {
            // The other direction has closed it.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
