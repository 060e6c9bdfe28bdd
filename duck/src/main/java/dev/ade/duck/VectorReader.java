package dev.ade.duck;

import dev.ade.model.Type;
import dev.ade.model.Type.Simple;
import dev.ade.spi.ColumnValues;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.duckdb.DuckDBReadableVector;
import org.jspecify.annotations.Nullable;

/// Takes the values of one column out of vectors. What does not depend on a single value is done for whole arrays: such
/// loops are fast before they are compiled well.
final class VectorReader implements ColumnValues {
    private final Lies lies;
    private long[] words = new long[0];
    private long[] wide = new long[0];
    private int[] numbers = new int[0];
    private int[] characters = new int[0];
    private final Known known;
    private int count;
    private boolean isSame;

    VectorReader(Type type) {
        this.lies = Lies.of(type);
        this.known = new Known(lies == Lies.TEXT ? Known.SLOTS : 0);
    }

    /// How values lie in a vector.
    private enum Lies {
        BYTE,
        SHORT,
        INT,
        LONG,
        FLOAT,
        DOUBLE,
        WIDE,
        TEXT,
        /// Not worth taking out.
        NOT;

        static Lies of(Type type) {
            return switch (type) {
                case Type.Decimal decimal -> of(decimal.precision());
                case Type.ListOf _, Type.Struct _, Type.MapOf _ -> NOT;
                case Simple simple ->
                        switch (simple) {
                            case BOOLEAN -> BYTE;
                            case INTEGER, DATE -> INT;
                            case BIGINT, TIME, TIMESTAMP, TIMESTAMPTZ, BLOB -> LONG;
                            case FLOAT -> FLOAT;
                            case DOUBLE -> DOUBLE;
                            case UUID -> WIDE;
                            case VARCHAR -> TEXT;
                        };
            };
        }

        private static Lies of(int digits) {
            return digits <= 4
                    ? SHORT
                    : digits <= 9 ? INT : digits <= ONE_WORD_DIGITS ? LONG : WIDE;
        }
    }

    void read(DuckDBReadableVector vector, int rows) {
        if (words.length < rows) {
            words = new long[rows];
            numbers = new int[lies == Lies.INT || lies == Lies.FLOAT ? rows : 0];
            characters = new int[lies == Lies.TEXT ? rows : 0];
            wide = new long[lies == Lies.TEXT || lies == Lies.WIDE ? 2 * rows : 0];
        }
        ByteBuffer values = RawVectors.values(vector);
        @Nullable ByteBuffer there = RawVectors.there(vector);
        switch (lies) {
            case BYTE -> bytes(values, rows);
            case SHORT -> shorts(values, rows);
            case INT -> ints(values, rows);
            case LONG -> values.asLongBuffer().get(words, 0, rows);
            case FLOAT -> floats(values, rows);
            case DOUBLE -> doubles(values, rows);
            case WIDE, TEXT -> values.asLongBuffer().get(wide, 0, 2 * rows);
            case NOT -> {}
        }
        count = there == null ? rows : onlyThere(there, rows);
        isSame = areSame();
        if (lies == Lies.TEXT) {
            texts(isSame ? 1 : count);
        }
    }

    private void bytes(ByteBuffer values, int rows) {
        for (int i = 0; i < rows; i++) {
            words[i] = values.get(i);
        }
    }

    private void shorts(ByteBuffer values, int rows) {
        for (int i = 0; i < rows; i++) {
            words[i] = values.getShort(i * Short.BYTES);
        }
    }

    private void ints(ByteBuffer values, int rows) {
        values.asIntBuffer().get(numbers, 0, rows);
        for (int i = 0; i < rows; i++) {
            words[i] = numbers[i];
        }
    }

    private void floats(ByteBuffer values, int rows) {
        values.asIntBuffer().get(numbers, 0, rows);
        for (int i = 0; i < rows; i++) {
            words[i] = bits(Float.intBitsToFloat(numbers[i]));
        }
    }

    private void doubles(ByteBuffer values, int rows) {
        values.asLongBuffer().get(words, 0, rows);
        for (int i = 0; i < rows; i++) {
            words[i] = bits(Double.longBitsToDouble(words[i]));
        }
    }

    /// Minus zero is zero.
    private static long bits(double number) {
        return Double.doubleToRawLongBits(number + 0.0);
    }

    /// Moves values to the front, over the NULLs among them.
    private int onlyThere(ByteBuffer there, int rows) {
        long all = -1;
        for (int row = 0; row < rows && all == -1; row += Long.SIZE) {
            long here = there.getLong(row / Long.SIZE * Long.BYTES);
            all = rows - row < Long.SIZE ? here | (-1L << (rows - row)) : here;
        }
        if (all == -1) {
            return rows;
        }
        int kept = 0;
        for (int row = 0; row < rows; row++) {
            long here = there.getLong(row / Long.SIZE * Long.BYTES);
            if (((here >>> row) & 1) != 0) {
                move(row, kept++);
            }
        }
        return kept;
    }

    private void move(int from, int to) {
        if (wide.length > 0) {
            wide[2 * to] = wide[2 * from];
            wide[2 * to + 1] = wide[2 * from + 1];
        } else {
            words[to] = words[from];
        }
    }

    /// What a batch or a source is called is the same in thousands of rows: finding that costs less than one look at each.
    private boolean areSame() {
        long[] all = wide.length > 0 ? wide : words;
        int each = wide.length > 0 ? 2 : 1;
        return count > 0
                && Arrays.mismatch(all, 0, (count - 1) * each, all, each, count * each) < 0;
    }

    private void texts(int looked) {
        for (int i = 0; i < looked; i++) {
            long first = wide[2 * i];
            long second = wide[2 * i + 1];
            int slot = known.find(first, second);
            if (slot < 0) {
                words[i] = RawVectors.hash(first, second);
                characters[i] = RawVectors.characters(first, second);
                known.put(first, second, words[i], characters[i]);
            } else {
                words[i] = known.hashes[slot];
                characters[i] = known.lengths[slot];
            }
        }
    }

    /// Short texts that came lately: few of them make up most columns.
    private static final class Known {
        private static final int BITS = 9;
        static final int SLOTS = 1 << BITS;

        private final long[] firsts;
        private final long[] seconds;
        private final long[] hashes;
        private final int[] lengths;

        Known(int slots) {
            this.firsts = new long[slots];
            this.seconds = new long[slots];
            this.hashes = new long[slots];
            this.lengths = new int[slots];
        }

        private static int slot(long first, long second) {
            return (int) (((first ^ (second * 31)) * RawVectors.FACTOR) >>> (Long.SIZE - BITS));
        }

        /// @return its slot, below 0 where it is not known
        int find(long first, long second) {
            int slot = slot(first, second);
            return firsts[slot] == first && seconds[slot] == second && first != 0 ? slot : -1;
        }

        /// A long text is only an address here, where soon another may lie.
        void put(long first, long second, long hash, int length) {
            if (RawVectors.isWhole(first)) {
                int slot = slot(first, second);
                firsts[slot] = first;
                seconds[slot] = second;
                hashes[slot] = hash;
                lengths[slot] = length;
            }
        }
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public boolean isSame() {
        return isSame;
    }

    @Override
    public long[] words() {
        return lies == Lies.WIDE ? wide : words;
    }

    @Override
    public int[] characters() {
        return characters;
    }

    @Override
    public byte[] bytes(int value, int most) {
        return RawVectors.bytes(wide[2 * value], wide[2 * value + 1], most);
    }
}
