package dev.ade.project;

import dev.ade.model.Location;
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

/// A tree of YAML as bytes and back, which is much quicker than to parse the text again.
final class YamlBytes {
    private static final byte NOTHING = 0;
    private static final byte TEXT = 1;
    private static final byte WHOLE = 2;
    private static final byte NUMBER = 3;
    private static final byte TRUE = 4;
    private static final byte FALSE = 5;
    private static final byte ITEMS = 6;
    private static final byte ENTRIES = 7;

    /// No text at all: a file that says nothing.
    private static final byte EMPTY = 8;

    private YamlBytes() {}

    static byte[] of(Optional<Yaml> tree) {
        Writer writer = new Writer();
        try {
            if (tree.isPresent()) {
                writer.write(tree.get());
            } else {
                writer.nodes.writeByte(EMPTY);
            }
            return writer.bytes();
        } catch (IOException e) {
            throw new UncheckedIOException("memory is always writable", e);
        }
    }

    /// @param file for locations
    /// @throws IllegalArgumentException where these are not bytes of a tree
    static Optional<Yaml> read(String file, byte[] bytes) {
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            Reader reader = new Reader(file, in, Reader.texts(in));
            return in.get(in.position()) == EMPTY ? Optional.empty() : Optional.of(reader.read(0));
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("it ends too early", e);
        }
    }

    /// Texts come first, each once: keys are the same all over a file.
    private static final class Writer {
        private final Map<String, Integer> texts = new LinkedHashMap<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final DataOutputStream nodes = new DataOutputStream(bytes);

        void write(Yaml yaml) throws IOException {
            switch (yaml) {
                case Yaml.Scalar(var value, var text, var at) -> {
                    nodes.writeByte(kind(value));
                    place(at);
                    text(text);
                    value(value);
                }
                case Yaml.Items(var items, var at) -> {
                    nodes.writeByte(ITEMS);
                    place(at);
                    nodes.writeInt(items.size());
                    for (Yaml item : items) {
                        write(item);
                    }
                }
                case Yaml.Entries(var entries, var at) -> {
                    nodes.writeByte(ENTRIES);
                    place(at);
                    nodes.writeInt(entries.size());
                    for (Map.Entry<String, Yaml> entry : entries.entrySet()) {
                        text(entry.getKey());
                        write(entry.getValue());
                    }
                }
            }
        }

        private static byte kind(@Nullable Object value) {
            return switch (value) {
                case null -> NOTHING;
                case Long _ -> WHOLE;
                case Double _ -> NUMBER;
                case Boolean truth -> truth ? TRUE : FALSE;
                default -> TEXT;
            };
        }

        /// What its kind and text do not say.
        private void value(@Nullable Object value) throws IOException {
            if (value instanceof Long whole) {
                nodes.writeLong(whole);
            } else if (value instanceof Double number) {
                nodes.writeDouble(number);
            }
        }

        private void place(Location at) throws IOException {
            nodes.writeInt(at.line());
            nodes.writeInt(at.column());
        }

        private void text(String text) throws IOException {
            Integer known = texts.putIfAbsent(text, texts.size());
            nodes.writeInt(known == null ? texts.size() - 1 : known);
        }

        byte[] bytes() throws IOException {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            try (DataOutputStream out = new DataOutputStream(all)) {
                out.writeInt(texts.size());
                for (String text : texts.keySet()) {
                    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
                    out.writeInt(utf8.length);
                    out.write(utf8);
                }
                bytes.writeTo(out);
            }
            return all.toByteArray();
        }
    }

    private record Reader(String file, ByteBuffer in, List<String> texts) {
        static List<String> texts(ByteBuffer in) {
            int size = size(in);
            List<String> texts = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                int bytes = size(in);
                int at = in.arrayOffset() + in.position();
                texts.add(new String(in.array(), at, bytes, StandardCharsets.UTF_8));
                in.position(in.position() + bytes);
            }
            return texts;
        }

        /// Everything takes a byte at least, so what is left bounds what may be promised.
        private static int size(ByteBuffer in) {
            int size = in.getInt();
            if (size < 0 || size > in.remaining()) {
                throw new IllegalArgumentException("it ends too early");
            }
            return size;
        }

        Yaml read(int depth) {
            if (depth > Yaml.DEPTH_MAX + 1) {
                throw new IllegalArgumentException("it is too deep");
            }
            byte kind = in.get();
            Location at = new Location(file, in.getInt(), in.getInt());
            return switch (kind) {
                case ITEMS -> new Yaml.Items(items(depth), at);
                case ENTRIES -> new Yaml.Entries(entries(depth), at);
                default -> scalar(kind, at);
            };
        }

        private Yaml scalar(byte kind, Location at) {
            String text = texts.get(in.getInt());
            Object value =
                    switch (kind) {
                        case NOTHING -> null;
                        case TEXT -> text;
                        case WHOLE -> in.getLong();
                        case NUMBER -> in.getDouble();
                        case TRUE -> true;
                        case FALSE -> false;
                        default -> throw new IllegalArgumentException("there is no such kind");
                    };
            return new Yaml.Scalar(value, text, at);
        }

        private List<Yaml> items(int depth) {
            int size = size(in);
            List<Yaml> items = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                items.add(read(depth + 1));
            }
            return items;
        }

        private Map<String, Yaml> entries(int depth) {
            int size = size(in);
            Map<String, Yaml> entries = LinkedHashMap.newLinkedHashMap(size);
            for (int i = 0; i < size; i++) {
                entries.put(texts.get(in.getInt()), read(depth + 1));
            }
            return entries;
        }
    }
}
