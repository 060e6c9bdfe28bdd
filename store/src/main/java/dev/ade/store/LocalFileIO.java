package dev.ade.store;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.exceptions.RuntimeIOException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;
import org.apache.iceberg.io.SeekableInputStream;

/// Iceberg's files on the local file system. Locations are plain paths and opaque: nothing is decoded.
/// What is closed is forced to the disk later, by `force`: a commit makes several files, and forced side by side they take
/// little longer than one of them.
public final class LocalFileIO implements FileIO {
    private static final long serialVersionUID = 1L;

    private final Set<String> unforced = ConcurrentHashMap.newKeySet();

    /// Makes sure that everything closed so far is on the disk, whoever wrote it.
    synchronized void force() {
        List<String> files = List.copyOf(unforced);
        Disk.sync(files.stream().filter(file -> Files.exists(Path.of(file))).toList());
        files.forEach(unforced::remove);
    }

    @Override
    public InputFile newInputFile(String path) {
        return new LocalInputFile(path);
    }

    @Override
    public OutputFile newOutputFile(String path) {
        return new LocalOutputFile(path, unforced);
    }

    @Override
    public void deleteFile(String path) {
        try {
            Files.deleteIfExists(Path.of(path));
        } catch (IOException e) {
            throw new RuntimeIOException(e, "Cannot delete %s", path);
        }
    }

    @Override
    public Map<String, String> properties() {
        return Map.of();
    }

    private record LocalInputFile(String location) implements InputFile {
        @Override
        public long getLength() {
            try {
                return Files.size(Path.of(location));
            } catch (IOException e) {
                throw new NotFoundException(e, "Cannot find %s", location);
            }
        }

        @Override
        public SeekableInputStream newStream() {
            try {
                return new Input(FileChannel.open(Path.of(location), StandardOpenOption.READ));
            } catch (IOException e) {
                throw new NotFoundException(e, "Cannot open %s", location);
            }
        }

        @Override
        public boolean exists() {
            return Files.exists(Path.of(location));
        }
    }

    /// @param closed takes what is complete
    private record LocalOutputFile(String location, Set<String> closed) implements OutputFile {
        @Override
        public PositionOutputStream create() {
            return open(StandardOpenOption.CREATE_NEW);
        }

        @Override
        public PositionOutputStream createOrOverwrite() {
            return open(StandardOpenOption.CREATE);
        }

        private PositionOutputStream open(StandardOpenOption option) {
            Path path = Path.of(location);
            try {
                Files.createDirectories(path.getParent());
                FileChannel channel =
                        FileChannel.open(
                                path,
                                StandardOpenOption.WRITE,
                                StandardOpenOption.TRUNCATE_EXISTING,
                                option);
                return new Output(channel, () -> closed.add(location));
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot write " + location, e);
            }
        }

        @Override
        public InputFile toInputFile() {
            return new LocalInputFile(location);
        }
    }

    private static final class Input extends SeekableInputStream {
        private static final int BUFFER_BYTES = 1 << 16;

        private final FileChannel channel;
        private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).flip();

        Input(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public long getPos() throws IOException {
            return channel.position() - buffer.remaining();
        }

        @Override
        public void seek(long position) throws IOException {
            channel.position(position);
            buffer.clear().flip();
        }

        @Override
        public int read() throws IOException {
            return fill() ? buffer.get() & 0xff : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int count = Math.min(length, buffer.remaining());
            buffer.get(bytes, offset, count);
            return count;
        }

        private boolean fill() throws IOException {
            if (!buffer.hasRemaining()) {
                buffer.clear();
                int read = channel.read(buffer);
                buffer.flip();
                return read > 0;
            }
            return true;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private static final class Output extends PositionOutputStream {
        private final FileChannel channel;
        private final BufferedOutputStream stream;
        private final Runnable closed;
        private long position;

        /// @param closed told when it is complete
        Output(FileChannel channel, Runnable closed) {
            this.channel = channel;
            this.closed = closed;
            this.stream =
                    new BufferedOutputStream(java.nio.channels.Channels.newOutputStream(channel));
        }

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public void write(int b) throws IOException {
            stream.write(b);
            position++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            stream.write(bytes, offset, length);
            position += length;
        }

        @Override
        public void flush() throws IOException {
            stream.flush();
        }

        @Override
        public void close() throws IOException {
            if (channel.isOpen()) {
                stream.close();
                closed.run();
            }
        }
    }
}
