package dev.ade.cli;

import dev.ade.app.Ade.ReadPoint;
import dev.ade.model.AdeException;
import dev.ade.model.TableName;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// Reads times as people type them.
final class Moments {
    private static final int DATE_LENGTH = 10;

    private Moments() {}

    /// `2026-11-20`, `2026-11-20 08:30`, `2026-11-20T08:30:00Z`; what has no zone is in `zone`.
    static Instant parse(String text, ZoneId zone) {
        String iso = text.strip().replace(' ', 'T');
        try {
            if (iso.length() == DATE_LENGTH) {
                return LocalDate.parse(iso).atStartOfDay(zone).toInstant();
            }
            boolean offset =
                    iso.endsWith("Z")
                            || iso.lastIndexOf('+') > 0
                            || iso.lastIndexOf('-') > DATE_LENGTH;
            return offset
                    ? OffsetDateTime.parse(iso).toInstant()
                    : LocalDateTime.parse(iso).atZone(zone).toInstant();
        } catch (DateTimeException e) {
            throw AdeException.user(
                            "Cannot read the time '%s'".formatted(text),
                            "Write it as 2026-11-20, '2026-11-20 08:30' or 2026-11-20T08:30:00Z")
                    .causedBy(e);
        }
    }

    /// Event time without a zone is UTC.
    static Instant eventTime(String text) {
        return parse(text, ZoneOffset.UTC);
    }

    /// A time, or `domain.dataset@snapshot`.
    static ReadPoint readPoint(String text, ZoneId zone) {
        int at = text.indexOf('@');
        if (at < 0) {
            return new ReadPoint.AsOf(parse(text, zone));
        }
        try {
            return new ReadPoint.OfSnapshot(
                    TableName.parse(text.substring(0, at)), Long.parseLong(text.substring(at + 1)));
        } catch (NumberFormatException e) {
            throw AdeException.user(
                            "Cannot read the snapshot '%s': its id is not a number".formatted(text),
                            "Write it as shop.orders@4382174; ade status --json lists snapshots")
                    .causedBy(e);
        }
    }
}
