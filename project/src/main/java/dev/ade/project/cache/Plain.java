package dev.ade.project.cache;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Plain Java values (null, texts, whole and other numbers, truth, lists and maps of them) as bytes and back.
public final class Plain {
    private static final int DEPTH_MAX = 64;

    private static final byte NULL = 0;
    private static final byte TEXT = 1;
    private static final byte WHOLE = 2;
    private static final byte NUMBER = 3;
    private static final byte TRUE = 4;
    private static final byte FALSE = 5;
    private static final byte LIST = 6;
    private static final byte MAP = 7;
    private static final byte SMALL = 8;

    private Plain() {}

    /// The same value always gives the same bytes, and other values give others; maps count in their order.
    ///
    /// @return empty for what is not plain
    public static Optional<byte[]> bytes(@Nullable Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            return write(out, value, 0) ? Optional.of(bytes.toByteArray()) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("memory is always writable", e);
        }
    }

    private static boolean write(DataOutputStream out, @Nullable Object value, int depth)
            throws IOException {
        if (depth > DEPTH_MAX) {
            return false;
        }
        switch (value) {
            case null -> out.writeByte(NULL);
            case String text -> {
                out.writeByte(TEXT);
                text(out, text);
            }
            case Integer small -> {
                out.writeByte(SMALL);
                out.writeInt(small);
            }
            case Long whole -> {
                out.writeByte(WHOLE);
                out.writeLong(whole);
            }
            case Double number -> {
                out.writeByte(NUMBER);
                out.writeDouble(number);
            }
            case Boolean truth -> out.writeByte(truth ? TRUE : FALSE);
            case List<?> list -> {
                return list(out, list, depth);
            }
            case Map<?, ?> map -> {
                return map(out, map, depth);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static boolean list(DataOutputStream out, List<?> list, int depth) throws IOException {
        out.writeByte(LIST);
        out.writeInt(list.size());
        for (Object item : list) {
            if (!write(out, item, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    private static boolean map(DataOutputStream out, Map<?, ?> map, int depth) throws IOException {
        out.writeByte(MAP);
        out.writeInt(map.size());
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String key)) {
                return false;
            }
            text(out, key);
            if (!write(out, entry.getValue(), depth + 1)) {
                return false;
            }
        }
        return true;
    }

    /// @throws IOException where these are not bytes that a value gave
    public static @Nullable Object value(byte[] bytes) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            Object value = read(in, 0);
            if (in.hasRemaining()) {
                throw new IOException("there is more than one value");
            }
            return value;
        } catch (BufferUnderflowException e) {
            throw new IOException("it ends too early", e);
        }
    }

    private static @Nullable Object read(ByteBuffer in, int depth) throws IOException {
        if (depth > DEPTH_MAX) {
            throw new IOException("values are too deep inside one another");
        }
        return switch (in.get()) {
            case NULL -> null;
            case TEXT -> text(in);
            case SMALL -> in.getInt();
            case WHOLE -> in.getLong();
            case NUMBER -> in.getDouble();
            case TRUE -> true;
            case FALSE -> false;
            case LIST -> list(in, depth);
            case MAP -> map(in, depth);
            default -> throw new IOException("there is no such kind of value");
        };
    }

    private static String text(ByteBuffer in) throws IOException {
        int size = size(in);
        int at = in.position();
        in.position(at + size);
        return new String(in.array(), in.arrayOffset() + at, size, StandardCharsets.UTF_8);
    }

    private static List<@Nullable Object> list(ByteBuffer in, int depth) throws IOException {
        int size = size(in);
        List<@Nullable Object> list = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            list.add(read(in, depth + 1));
        }
        return list;
    }

    private static Map<String, @Nullable Object> map(ByteBuffer in, int depth) throws IOException {
        int size = size(in);
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            map.put(text(in), read(in, depth + 1));
        }
        return map;
    }

    /// Everything takes a byte at least, so what is left bounds what may be promised.
    private static int size(ByteBuffer in) throws IOException {
        int size = in.getInt();
        if (size < 0 || size > in.remaining()) {
            throw new IOException("it ends too early");
        }
        return size;
    }
}
