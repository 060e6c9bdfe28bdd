package dev.ade.run;

import dev.ade.model.AdeException;
import dev.ade.model.Freshness;
import dev.ade.model.LoadedColumns;
import dev.ade.model.SourceTable;
import dev.ade.model.Sql;
import dev.ade.spi.Cursor;
import dev.ade.spi.Engine;
import dev.ade.spi.LakeView;
import dev.ade.spi.Session;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// How old the newest rows of sources are, now: dbt's source freshness.
public final class SourceAges {
    private final LakeView published;
    private final Engine engine;
    private final Instant now;

    public SourceAges(LakeView published, Engine engine, Instant now) {
        this.published = published;
        this.engine = engine;
        this.now = now;
    }

    public enum Status {
        PASS,
        WARN,
        ERROR,
        /// It could not be found out.
        UNKNOWN
    }

    /// @param newest when the newest row was loaded; empty where there is none
    /// @param message why the status is `UNKNOWN`
    public record Age(SourceTable source, Optional<Instant> newest, Status status, String message) {
        /// @param now when it is asked
        public Optional<Duration> age(Instant now) {
            return newest.map(at -> Duration.between(at, now));
        }
    }

    /// @param source one that declares freshness
    public Age of(SourceTable source) {
        Freshness freshness = source.freshness().orElseThrow();
        if (published.state(source.name()).isEmpty()) {
            return new Age(
                    source,
                    Optional.empty(),
                    Status.UNKNOWN,
                    "it is not loaded yet: ade run " + source.name());
        }
        try {
            Optional<Instant> newest = newest(source, freshness);
            return new Age(
                    source,
                    newest,
                    status(newest, freshness),
                    newest.isEmpty() ? "it has no rows" : "");
        } catch (AdeException e) {
            if (e.kind() == AdeException.Kind.CANCELLED) {
                throw e;
            }
            return new Age(
                    source, Optional.empty(), Status.UNKNOWN, String.valueOf(e.getMessage()));
        }
    }

    private Status status(Optional<Instant> newest, Freshness freshness) {
        if (newest.isEmpty()) {
            return Status.ERROR;
        }
        Duration age = Duration.between(newest.get(), now);
        if (freshness.errorAfter().filter(limit -> age.compareTo(limit) > 0).isPresent()) {
            return Status.ERROR;
        }
        return freshness.warnAfter().filter(limit -> age.compareTo(limit) > 0).isPresent()
                ? Status.WARN
                : Status.PASS;
    }

    private Optional<Instant> newest(SourceTable source, Freshness freshness) {
        // Where no column is named that tells, it is when a load brought a row.
        String column = freshness.loadedAtField().orElse(Sql.quote(LoadedColumns.LOADED_AT));
        String sql =
                "select epoch_us(max(%s)) from %s%s"
                        .formatted(
                                column,
                                source.name().quoted(),
                                freshness.filter().map(it -> " where " + it).orElse(""));
        try (Session session = engine.open(published);
                Cursor cursor = session.query(sql)) {
            return cursor.all(1).getFirst().getFirst() instanceof Number micros
                    ? Optional.of(Instant.EPOCH.plus(micros.longValue(), ChronoUnit.MICROS))
                    : Optional.empty();
        }
    }
}
