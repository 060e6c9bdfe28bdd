package dev.ade.ingest.rest;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/// Reads only what changed: the largest value of a column so far is where the next reading begins.
///
/// @param param of the request that takes it; empty where `{since}` stands somewhere
/// @param column of an item of the page's list
/// @param overlap what is read again, for rows that came late
/// @param first where the first reading begins; empty to read everything
record Since(
        Optional<String> param,
        JsonPath column,
        Duration overlap,
        Optional<String> first,
        Form form) {
    /// Numbers above are milliseconds since 1970, below seconds: the year 5138.
    private static final BigDecimal SECONDS_MAX = BigDecimal.valueOf(100_000_000_000L);

    /// How an instant is written for the API.
    enum Form {
        AS_IT_CAME,
        INSTANT,
        DATE,
        UNIX,
        UNIX_MS
    }

    static Optional<Since> of(Given load) {
        return load.section("since")
                .map(given -> {
                    Since since =
                            new Since(
                                    given.text("param"),
                                    given.needPath("column"),
                                    given.duration("overlap", Duration.ZERO),
                                    given.text("first"),
                                    form(given));
                    given.done();
                    return since;
                });
    }

    private static Form form(Given given) {
        String word = given.text("format").orElse("as_it_came");
        for (Form form : Form.values()) {
            if (form.name().toLowerCase(Locale.ROOT).equals(word)) {
                return form;
            }
        }
        throw given.wrong(
                "format is unknown, was '%s'".formatted(word),
                "Write instant, date, unix or unix_ms");
    }

    /// Whether a value lies at the largest one or above it, or no further below than the overlap.
    boolean isWithin(String value, String largest) {
        if (compare(value, largest) >= 0) {
            return true;
        }
        Optional<Instant> time = instant(value);
        Optional<Instant> end = instant(largest);
        return time.isPresent()
                && end.isPresent()
                && !time.get().isBefore(end.get().minus(overlap));
    }

    /// Where to begin, as the API takes it.
    ///
    /// @param position the largest value so far
    Optional<String> from(Optional<String> position) {
        return position.map(this::from).or(() -> first.map(this::written));
    }

    private String from(String position) {
        Optional<Instant> time = instant(position);
        if (time.isEmpty()) {
            return position;
        }
        Instant from = time.get().minus(overlap);
        return form == Form.AS_IT_CAME ? as(position, from) : written(from);
    }

    /// @param instant of a run, for `{until}`
    String written(Instant instant) {
        return switch (form) {
            case AS_IT_CAME, INSTANT -> instant.truncatedTo(ChronoUnit.MILLIS).toString();
            case DATE -> LocalDate.ofInstant(instant, ZoneOffset.UTC).toString();
            case UNIX -> String.valueOf(instant.getEpochSecond());
            case UNIX_MS -> String.valueOf(instant.toEpochMilli());
        };
    }

    private String written(String first) {
        return form == Form.AS_IT_CAME ? first : instant(first).map(this::written).orElse(first);
    }

    /// Written as the example is.
    private String as(String example, Instant instant) {
        if (overlap.isZero()) {
            return example;
        }
        Optional<BigDecimal> number = number(example);
        if (example.length() == 8 && date(example).isPresent()) {
            return DateTimeFormatter.BASIC_ISO_DATE
                    .format(instant.atOffset(ZoneOffset.UTC))
                    .substring(0, 8);
        }
        if (number.isPresent()) {
            return number.get().compareTo(SECONDS_MAX) > 0
                    ? String.valueOf(instant.toEpochMilli())
                    : String.valueOf(instant.getEpochSecond());
        }
        if (date(example).isPresent()) {
            return LocalDate.ofInstant(instant, ZoneOffset.UTC).toString();
        }
        boolean isLocal = offset(example).isEmpty();
        return isLocal
                ? LocalDateTime.ofInstant(instant, ZoneOffset.UTC).toString()
                : instant.toString();
    }

    /// Instants by time, numbers by size, else text.
    static int compare(String one, String other) {
        Optional<BigDecimal> number = number(one);
        Optional<BigDecimal> otherNumber = number(other);
        if (number.isPresent() && otherNumber.isPresent()) {
            return number.get().compareTo(otherNumber.get());
        }
        Optional<Instant> time = instant(one);
        Optional<Instant> otherTime = instant(other);
        return time.isPresent() && otherTime.isPresent()
                ? time.get().compareTo(otherTime.get())
                : one.compareTo(other);
    }

    private static Optional<BigDecimal> number(String text) {
        try {
            return text.matches("-?\\d{1,18}(\\.\\d{1,12})?")
                    ? Optional.of(new BigDecimal(text))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    static Optional<Instant> instant(String text) {
        return date(text)
                .map(date -> date.atStartOfDay(ZoneOffset.UTC).toInstant())
                .or(() -> number(text).map(Since::instant))
                .or(() -> offset(text))
                .or(() -> local(text));
    }

    private static Instant instant(BigDecimal number) {
        BigDecimal millis =
                number.compareTo(SECONDS_MAX) > 0
                        ? number
                        : number.multiply(BigDecimal.valueOf(1000));
        return Instant.ofEpochMilli(millis.longValue());
    }

    /// `2026-11-21` or `20261121`.
    private static Optional<LocalDate> date(String text) {
        try {
            return switch (text.length()) {
                case 10 -> Optional.of(LocalDate.parse(text));
                case 8 -> Optional.of(LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE));
                default -> Optional.empty();
            };
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> offset(String text) {
        try {
            // 2026-11-21T10:00:00.000+0000, as some write it
            return Optional.of(
                    OffsetDateTime.parse(
                                    text.replaceFirst(" ", "T")
                                            .replaceFirst("([+-]\\d\\d)(\\d\\d)$", "$1:$2"))
                            .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> local(String text) {
        try {
            return Optional.of(
                    LocalDateTime.parse(text.replaceFirst(" ", "T")).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
