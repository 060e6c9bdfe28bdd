package dev.ade.ingest.cdc;

import dev.ade.ingest.cdc.sink.Tuple;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads messages of pgoutput.
final class Messages {
    private static final long UNSIGNED = 0xFFFF_FFFFL;

    private Messages() {}

    static Message read(ByteBuffer in) throws SQLException {
        byte kind = in.get();
        return switch (kind) {
            case 'B' -> new Message.Begin(in.getLong(), in.getLong());
            case 'C' -> commit(in);
            case 'R' -> relation(in);
            case 'I' -> new Message.Insert(id(in), tuple(in, in.get()));
            case 'U' -> update(in);
            case 'D' -> new Message.Delete(id(in), tuple(in, in.get()));
            case 'T' -> truncate(in);
            case 'M' -> note(in);
            case 'O', 'Y' -> new Message.Other();
            default ->
                    throw new SQLException(
                            "the log has a message of an unknown kind, " + kind, "08P01");
        };
    }

    private static Message commit(ByteBuffer in) {
        in.get();
        in.getLong();
        return new Message.Commit(in.getLong());
    }

    private static Message relation(ByteBuffer in) {
        long id = id(in);
        string(in);
        string(in);
        boolean isFull = in.get() == 'f';
        int count = in.getShort();
        List<Message.Field> fields = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            boolean isKey = (in.get() & 1) != 0;
            fields.add(new Message.Field(string(in), isKey, id(in), in.getInt()));
        }
        return new Message.Relation(id, isFull, fields);
    }

    private static Message update(ByteBuffer in) throws SQLException {
        long id = id(in);
        byte kind = in.get();
        if (kind == 'N') {
            return new Message.Update(id, Optional.empty(), tuple(in, kind));
        }
        Tuple before = tuple(in, kind);
        return new Message.Update(id, Optional.of(before), tuple(in, in.get()));
    }

    private static Message truncate(ByteBuffer in) {
        int count = in.getInt();
        in.get();
        List<Long> relations = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            relations.add(id(in));
        }
        return new Message.Truncate(relations);
    }

    private static Message note(ByteBuffer in) {
        in.get();
        in.getLong();
        String prefix = string(in);
        return new Message.Note(prefix, string(in, in.getInt()));
    }

    /// @param kind N for a new row, K for a key, O for an old row
    private static Tuple tuple(ByteBuffer in, byte kind) throws SQLException {
        if (kind != 'N' && kind != 'K' && kind != 'O') {
            throw new SQLException("the log has a row of an unknown kind, " + kind, "08P01");
        }
        @Nullable Object[] texts = new @Nullable Object[in.getShort()];
        for (int i = 0; i < texts.length; i++) {
            byte how = in.get();
            texts[i] =
                    switch (how) {
                        case 'n' -> null;
                        case 'u' -> Tuple.unsaid();
                        case 't' -> string(in, in.getInt());
                        default ->
                                throw new SQLException(
                                        "the log has a value of an unknown kind, " + how, "08P01");
                    };
        }
        return kind == 'K' ? Tuple.ofKey(texts) : Tuple.of(texts);
    }

    private static long id(ByteBuffer in) {
        return in.getInt() & UNSIGNED;
    }

    /// Up to a zero.
    private static String string(ByteBuffer in) {
        int end = in.position();
        while (in.get(end) != 0) {
            end++;
        }
        String text = string(in, end - in.position());
        in.get();
        return text;
    }

    private static String string(ByteBuffer in, int length) {
        String text;
        if (in.hasArray()) {
            text =
                    new String(
                            in.array(),
                            in.arrayOffset() + in.position(),
                            length,
                            StandardCharsets.UTF_8);
            in.position(in.position() + length);
        } else {
            byte[] bytes = new byte[length];
            in.get(bytes);
            text = new String(bytes, StandardCharsets.UTF_8);
        }
        return text;
    }
}
