package dev.ade.store;

import dev.ade.spi.WrittenFile;
import dev.ade.spi.WrittenFile.ColumnStats;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.expressions.Literal;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.util.UnicodeUtil;
import org.jspecify.annotations.Nullable;

/// Written files as Iceberg's data files, with metrics that scans prune by.
final class DataFileMaker {
    private static final int TEXT_MAX = 32;

    private final Schema schema;
    private final PartitionSpec spec;

    DataFileMaker(Schema schema, PartitionSpec spec) {
        this.schema = schema;
        this.spec = spec;
    }

    DataFile make(WrittenFile file) {
        DataFiles.Builder builder =
                DataFiles.builder(spec)
                        .withPath(file.path())
                        .withFormat(FileFormat.PARQUET)
                        .withFileSizeInBytes(file.bytes())
                        .withMetrics(metrics(file));
        return spec.isPartitioned()
                ? builder.withPartition(partition(file.partition())).build()
                : builder.build();
    }

    private StructLike partition(List<@Nullable Object> values) {
        @Nullable Object[] internal = new Object[values.size()];
        for (int i = 0; i < internal.length; i++) {
            Type type = spec.partitionType().fields().get(i).type();
            internal[i] = internal(values.get(i), type);
        }
        return new Values(internal);
    }

    private Metrics metrics(WrittenFile file) {
        Map<Integer, Long> sizes = new HashMap<>();
        Map<Integer, Long> counts = new HashMap<>();
        Map<Integer, Long> nulls = new HashMap<>();
        Map<Integer, ByteBuffer> lower = new HashMap<>();
        Map<Integer, ByteBuffer> upper = new HashMap<>();
        file.columns()
                .forEach((id, stats) -> {
                    Type type = schema.findType(id);
                    if (type != null && type.isPrimitiveType()) {
                        sizes.put(id, stats.bytes());
                        counts.put(id, stats.values());
                        nulls.put(id, stats.nulls());
                        bounds(id, type, stats, lower, upper);
                    }
                });
        return new Metrics(file.rows(), sizes, counts, nulls, Map.of(), lower, upper);
    }

    private static void bounds(
            int id,
            Type type,
            ColumnStats stats,
            Map<Integer, ByteBuffer> lower,
            Map<Integer, ByteBuffer> upper) {
        Object min = internal(stats.min(), type);
        Object max = internal(stats.max(), type);
        if (min instanceof String text) {
            min = UnicodeUtil.truncateStringMin(Literal.of(text), TEXT_MAX).value();
        }
        if (max instanceof String text) {
            Literal<CharSequence> cut =
                    UnicodeUtil.truncateStringMax(Literal.of((CharSequence) text), TEXT_MAX);
            max = cut == null ? null : cut.value();
        }
        if (min != null) {
            lower.put(id, Conversions.toByteBuffer(type, min));
        }
        if (max != null) {
            upper.put(id, Conversions.toByteBuffer(type, max));
        }
    }

    /// A value as Iceberg holds it: dates as days, times as microseconds.
    static @Nullable Object internal(@Nullable Object value, Type type) {
        return switch (value) {
            case null -> null;
            case LocalDate date ->
                    type.typeId() == Type.TypeID.DATE
                            ? (Object) (int) date.toEpochDay()
                            : (Object) micros(date.atStartOfDay().toInstant(ZoneOffset.UTC));
            case LocalTime time -> time.toNanoOfDay() / 1_000;
            case LocalDateTime time -> micros(time.toInstant(ZoneOffset.UTC));
            case Instant instant -> micros(instant);
            case BigDecimal decimal
                    when type instanceof org.apache.iceberg.types.Types.DecimalType target ->
                    decimal.setScale(target.scale(), RoundingMode.UNNECESSARY);
            case Integer number when type.typeId() == Type.TypeID.LONG -> number.longValue();
            case Long number when type.typeId() == Type.TypeID.INTEGER -> Math.toIntExact(number);
            default -> value;
        };
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    /// Partition values in order.
    @SuppressWarnings("ArrayRecordComponent") // written once, never compared
    private record Values(@Nullable Object[] values) implements StructLike {
        @Override
        public int size() {
            return values.length;
        }

        @Override
        public <T> @Nullable T get(int position, Class<T> type) {
            return type.cast(values[position]);
        }

        @Override
        public <T> void set(int position, T value) {
            throw new UnsupportedOperationException("read-only");
        }
    }
}
