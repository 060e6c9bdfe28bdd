package dev.ade.quality.sketch;

import dev.ade.model.Type;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// The smallest and the largest value as text that SQL can cast back, in years 1 to 9999; texts are cut at 64
/// characters.
public record Bounds(Optional<String> min, Optional<String> max) {
    public static final Bounds NONE = new Bounds(Optional.empty(), Optional.empty());

    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder()
                    .appendPattern("yyyy-MM-dd HH:mm:ss")
                    .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
                    .toFormatter(Locale.ROOT);

    private static final DateTimeFormatter CLOCK =
            new DateTimeFormatterBuilder()
                    .appendPattern("HH:mm:ss")
                    .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
                    .toFormatter(Locale.ROOT);

    private static final String UTC = "+00";

    /// A value of a file's statistics or of a query as text.
    public static String text(Object value) {
        return switch (value) {
            case BigDecimal number -> number.toPlainString();
            case Double number -> new BigDecimal(number.toString()).toPlainString();
            case Float number -> new BigDecimal(number.toString()).toPlainString();
            case LocalDateTime time -> TIME.format(time);
            case LocalTime time -> CLOCK.format(time);
            case Instant instant ->
                    TIME.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC)) + UTC;
            case String text -> cut(text);
            default -> value.toString();
        };
    }

    private static String cut(String text) {
        return text.codePointCount(0, text.length()) <= Frequents.CHARACTERS_MAX
                ? text
                : text.substring(0, text.offsetByCodePoints(0, Frequents.CHARACTERS_MAX));
    }

    public static Bounds of(Object min, Object max) {
        return new Bounds(Optional.of(text(min)), Optional.of(text(max)));
    }

    /// The bound as a number: numbers as they are, temporals in seconds since 1970.
    public static OptionalDouble number(Optional<String> bound, Type type) {
        if (bound.isEmpty()) {
            return OptionalDouble.empty();
        }
        if (type.isNumeric()) {
            return OptionalDouble.of(Double.parseDouble(bound.get()));
        }
        return type.isTemporal() ? seconds(bound.get()) : OptionalDouble.empty();
    }

    private static OptionalDouble seconds(String bound) {
        if (!bound.contains(" ")) {
            return OptionalDouble.of(LocalDate.parse(bound).toEpochDay() * 86_400.0);
        }
        String local =
                bound.endsWith(UTC) ? bound.substring(0, bound.length() - UTC.length()) : bound;
        Instant instant = LocalDateTime.parse(local, TIME).toInstant(ZoneOffset.UTC);
        return OptionalDouble.of(instant.getEpochSecond() + instant.getNano() / 1e9);
    }

    public Bounds merge(Bounds other, Type type) {
        return new Bounds(least(min, other.min, type), least(other.max, max, type, -1));
    }

    private static Optional<String> least(Optional<String> a, Optional<String> b, Type type) {
        return least(a, b, type, 1);
    }

    private static Optional<String> least(
            Optional<String> a, Optional<String> b, Type type, int sign) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.isEmpty() ? b : a;
        }
        return sign * compare(a.get(), b.get(), type) <= 0 ? a : b;
    }

    /// As the engine orders values; times are written so that their text has the same order.
    private static int compare(String a, String b, Type type) {
        if (type.isNumeric()) {
            return new BigDecimal(a).compareTo(new BigDecimal(b));
        }
        return Arrays.compareUnsigned(
                a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }

    void write(DataOutputStream out) throws IOException {
        out.writeBoolean(min.isPresent());
        out.writeUTF(min.orElse(""));
        out.writeBoolean(max.isPresent());
        out.writeUTF(max.orElse(""));
    }

    static Bounds read(DataInputStream in) throws IOException {
        return new Bounds(bound(in), bound(in));
    }

    private static Optional<String> bound(DataInputStream in) throws IOException {
        boolean isThere = in.readBoolean();
        String text = in.readUTF();
        return isThere ? Optional.of(text) : Optional.empty();
    }
}
