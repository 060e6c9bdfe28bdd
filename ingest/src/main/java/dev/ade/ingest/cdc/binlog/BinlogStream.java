package dev.ade.ingest.cdc.binlog;

import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import com.github.shyiko.mysql.binlog.network.Authenticator;
import com.github.shyiko.mysql.binlog.network.protocol.ErrorPacket;
import com.github.shyiko.mysql.binlog.network.protocol.GreetingPacket;
import com.github.shyiko.mysql.binlog.network.protocol.PacketChannel;
import com.github.shyiko.mysql.binlog.network.protocol.command.Command;
import com.github.shyiko.mysql.binlog.network.protocol.command.QueryCommand;
import com.github.shyiko.mysql.binlog.network.protocol.command.SSLRequestCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;

/// A connection over which a server sends its log, as it does to its replicas.
final class BinlogStream implements AutoCloseable {
    private static final int CONNECT_MILLIS = (int) TimeUnit.SECONDS.toMillis(10);

    /// What was asked for is there, so the server is never silent for long.
    private static final int SILENCE_MILLIS = (int) TimeUnit.SECONDS.toMillis(60);

    /// The server has to hear that its sums are known. MariaDB sends the heads of transactions to those that know them.
    private static final List<String> SETTINGS =
            List.of(
                    "set @master_binlog_checksum = 'NONE'",
                    "set @source_binlog_checksum = 'NONE'",
                    "set @mariadb_slave_capability = 4",
                    "set net_write_timeout = 3600");

    private static final int PACKET_MAX = 0xFF_FFFF;
    private static final int HAS_TLS = 1 << 11;
    private static final int ERROR = 0xFF;
    private static final int END = 0xFE;

    /// The log before the place is gone, or it is no place.
    private static final int NO_LOG = 1236;

    private static final int SUM_BYTES = 4;

    private final PacketChannel channel;
    private boolean isSummed;

    private BinlogStream(PacketChannel channel) {
        this.channel = channel;
    }

    static BinlogStream open(ServerAddress address) throws SQLException {
        try {
            Socket socket = new Socket();
            socket.setSoTimeout(SILENCE_MILLIS);
            socket.setKeepAlive(true);
            socket.connect(new InetSocketAddress(address.host(), address.port()), CONNECT_MILLIS);
            BinlogStream stream = new BinlogStream(new PacketChannel(socket));
            try {
                stream.logIn(address);
                return stream;
            } catch (SQLException | IOException | RuntimeException e) {
                stream.close();
                throw e;
            }
        } catch (IOException e) {
            throw lost(e);
        }
    }

    private void logIn(ServerAddress address) throws IOException, SQLException {
        byte[] first = channel.read();
        requireFine(first);
        GreetingPacket greeting = new GreetingPacket(first);
        if (address.tls() != ServerAddress.Tls.DISABLE) {
            upgrade(greeting, new Encryption(address.host(), address.tls(), address.certificate()));
        }
        new Authenticator(greeting, channel, "", address.user(), address.password()).authenticate();
        channel.authenticationComplete();
        for (String setting : SETTINGS) {
            channel.write(new QueryCommand(setting));
            requireFine(channel.read());
        }
    }

    private void upgrade(GreetingPacket greeting, Encryption encryption)
            throws IOException, SQLException {
        if ((greeting.getServerCapabilities() & HAS_TLS) == 0) {
            throw new SQLException(
                    "the server has no TLS; where the network is trusted: properties: {sslMode: disable}",
                    "08001");
        }
        SSLRequestCommand request = new SSLRequestCommand();
        request.setCollation(greeting.getServerCollation());
        channel.write(request);
        channel.upgradeToSSL(encryption, null);
    }

    /// Asks for what is in the log from a place on, and no more than is there now.
    ///
    /// @param number by which the server tells its readers apart
    void ask(Place from, long number) throws SQLException {
        byte[] file = from.file().getBytes(StandardCharsets.UTF_8);
        ByteBuffer dump = ByteBuffer.allocate(11 + file.length).order(ByteOrder.LITTLE_ENDIAN);
        dump.put((byte) 0x12).putInt((int) from.at()).putShort((short) 1).putInt((int) number);
        dump.put(file);
        Command command = dump::array;
        try {
            channel.write(command);
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /// The next event; empty at the end of the log.
    Optional<Event> next() throws SQLException {
        try {
            byte[] packet = packet();
            int head = packet.length == 0 ? END : packet[0] & ERROR;
            if (head == END) {
                return Optional.empty();
            }
            requireFine(packet);
            return Optional.of(event(packet));
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /// The head of a file says whether a sum ends its events.
    private Event event(byte[] packet) {
        int end = isSummed ? summed(packet) : packet.length;
        Event event = Event.of(Arrays.copyOfRange(packet, 1, end));
        if (event.type() == Event.FORMAT) {
            isSummed = packet[packet.length - SUM_BYTES - 1] != 0;
        }
        return event;
    }

    private static int summed(byte[] packet) {
        int end = packet.length - SUM_BYTES;
        if (end < 1) {
            throw new Bytes.NoLog("an event of the log has no sum");
        }
        CRC32 sum = new CRC32();
        sum.update(packet, 1, end - 1);
        if (sum.getValue() != new Bytes(packet, end, packet.length).number(SUM_BYTES)) {
            throw new Bytes.NoLog("an event of the log has another sum than its bytes");
        }
        return end;
    }

    /// What is too long for one packet comes in several.
    private byte[] packet() throws IOException {
        ByteArrayInputStream in = channel.getInputStream();
        int length = in.readInteger(3);
        in.readInteger(1);
        byte[] first = in.read(length);
        if (length < PACKET_MAX) {
            return first;
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream(2 * PACKET_MAX);
        all.write(first);
        while (length == PACKET_MAX) {
            length = in.readInteger(3);
            in.readInteger(1);
            all.write(in.read(length));
        }
        return all.toByteArray();
    }

    private static void requireFine(byte[] packet) throws IOException, SQLException {
        if (packet.length > 0 && (packet[0] & ERROR) == ERROR) {
            ErrorPacket error = new ErrorPacket(Arrays.copyOfRange(packet, 1, packet.length));
            throw new SQLException(
                    error.getErrorMessage(), state(error.getSqlState()), error.getErrorCode());
        }
    }

    private static String state(String said) {
        return said == null ? "HY000" : said;
    }

    /// Whether a server says so where it has no such log.
    static boolean isNoLog(SQLException e) {
        return e.getErrorCode() == NO_LOG;
    }

    private static SQLException lost(IOException e) {
        return e instanceof com.github.shyiko.mysql.binlog.network.ServerException server
                ? new SQLException(
                        server.getMessage(), state(server.getSqlState()), server.getErrorCode())
                : new SQLException(
                        String.valueOf(e.getMessage() == null ? e : e.getMessage()), "08006", e);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException _) {
            // What was received is published or comes again.
        }
    }
}
