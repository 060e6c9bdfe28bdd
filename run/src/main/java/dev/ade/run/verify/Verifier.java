package dev.ade.run.verify;

import dev.ade.model.AdeException;
import dev.ade.model.Project;
import dev.ade.model.Retention;
import dev.ade.model.SourceTable;
import dev.ade.run.forget.Retainer;
import dev.ade.run.vault.SealedCorrections;
import dev.ade.run.verify.Verdict.Status;
import dev.ade.spi.DatasetState;
import dev.ade.spi.Lake;
import dev.ade.spi.LakeView;
import dev.ade.spi.Loader;
import dev.ade.spi.Privacy;
import dev.ade.spi.Progress;
import dev.ade.spi.Session;
import dev.ade.spi.Vault;
import dev.ade.spi.Verified;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Compares sources with what is published of them. Publishes nothing and keeps nothing.
public final class Verifier {
    private final Parts parts;
    private final LakeView published;
    private final Progress progress;

    public record Parts(
            Project project, Lake lake, Loader loader, Privacy privacy, Vault vault, Clock clock) {}

    /// @param published what is compared
    /// @param progress says when to stop
    public Verifier(Parts parts, LakeView published, Progress progress) {
        this.parts = parts;
        this.published = published;
        this.progress = progress;
    }

    /// @param session reads what is published
    /// @throws AdeException CANCELLED; what else goes wrong is in the verdict
    public Verdict of(SourceTable source, Session session, Loader.Depth depth) {
        if (progress.isCancelled()) {
            throw AdeException.cancelled("Cancelled");
        }
        long start = System.nanoTime();
        try {
            Verified found =
                    parts.loader()
                            .verify(
                                    source,
                                    Loader.Known.of(published, source.name()),
                                    sight(source, session, depth));
            Status status = found.isEqual() ? Status.EQUAL : Status.DIFFERENT;
            return new Verdict(source.name(), status, Optional.of(found), "", since(start));
        } catch (AdeException e) {
            if (e.kind() == AdeException.Kind.CANCELLED) {
                throw e;
            }
            return new Verdict(
                    source.name(), Status.UNKNOWN, Optional.empty(), e.explain(), since(start));
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private Loader.Sight sight(SourceTable source, Session session, Loader.Depth depth) {
        return new Loader.Sight(
                session,
                parts.privacy(),
                progress,
                parts.clock().instant(),
                parts.lake().suppressions(source.name()),
                new SealedCorrections(parts.vault(), published.corrected(source.name())),
                cut(source),
                depth);
    }

    /// What retention has removed, and would remove.
    private Optional<Loader.Cut> cut(SourceTable source) {
        Retention retention = parts.project().retentions().get(source.name());
        Optional<String> until =
                published
                        .state(source.name())
                        .map(DatasetState::properties)
                        .map(all -> all.get(Retainer.UNTIL));
        if (retention == null || until.isEmpty()) {
            return Optional.empty();
        }
        return retention
                .by()
                .or(source::eventTime)
                .map(column -> new Loader.Cut(column, Instant.parse(until.get())));
    }
}
