package dev.ade.quality.profile;

import dev.ade.model.Field;
import dev.ade.spi.ColumnValues;
import dev.ade.spi.Watcher;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/// Watches rows for their profile. Each thread that shows some gets a collector for itself; in the end all that there are
/// become one.
final class Watch implements Watcher {
    /// Values of a column that are sampled at most.
    static final int SAMPLED = 16_384;

    /// Of all columns together; wide tables have smaller samples.
    private static final int SAMPLED_TOTAL = 1_638_400;

    private static final int SAMPLED_LEAST = 4_096;

    private final Queue<Collector> free = new ConcurrentLinkedQueue<>();
    private final AtomicLong rows = new AtomicLong();
    private volatile boolean isMixed;

    /// What one thread at a time sees.
    private record Collector(List<Field> fields, List<Seen> columns) {
        static Collector of(List<Field> fields) {
            int most =
                    Math.clamp(SAMPLED_TOTAL / Math.max(1, fields.size()), SAMPLED_LEAST, SAMPLED);
            return new Collector(
                    fields,
                    fields.stream().map(field -> Seen.of(field.type(), most / 2 * 2)).toList());
        }

        void see(List<ColumnValues> values) {
            for (int i = 0; i < columns.size(); i++) {
                columns.get(i).see(values.get(i));
            }
        }

        boolean has(List<Field> wanted) {
            return wanted.stream()
                    .allMatch(it -> fields.stream().anyMatch(field -> isSame(field, it)));
        }

        List<Seen> columns(List<Field> wanted) {
            return wanted.stream().map(this::column).toList();
        }

        private Seen column(Field wanted) {
            int place = 0;
            while (!isSame(fields.get(place), wanted)) {
                place++;
            }
            return columns.get(place);
        }

        private static boolean isSame(Field one, Field other) {
            return one.id() == other.id() && one.type().equals(other.type());
        }

        void merge(Collector other) {
            for (int i = 0; i < columns.size(); i++) {
                columns.get(i).merge(other.columns.get(i));
            }
        }
    }

    @Override
    public void see(List<Field> fields, int count, List<ColumnValues> columns) {
        Collector collector = free.poll();
        if (collector == null) {
            collector = Collector.of(fields);
        }
        if (collector.fields().equals(fields)) {
            collector.see(columns);
        } else {
            isMixed = true;
        }
        free.add(collector);
        rows.addAndGet(count);
    }

    /// Whether so many rows were seen, all with the same columns, these among them.
    boolean saw(List<Field> fields, long expected) {
        Collector any = free.peek();
        return rows.get() == expected && !isMixed && (any == null || any.has(fields));
    }

    /// What was seen of columns. Nothing more may be seen after that.
    List<Seen> columns(List<Field> fields) {
        Collector first = free.poll();
        if (first == null) {
            return Collector.of(fields).columns();
        }
        for (Collector other = free.poll(); other != null; other = free.poll()) {
            first.merge(other);
        }
        free.add(first);
        return first.columns(fields);
    }
}
