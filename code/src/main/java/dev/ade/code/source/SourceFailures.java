package dev.ade.code.source;

import dev.ade.code.compile.JavaSources.ReadSource;
import dev.ade.code.library.LibraryHint;
import dev.ade.code.run.Failures;
import dev.ade.model.AdeException;
import dev.ade.model.Location;
import dev.ade.spi.Connector;
import dev.ade.spi.Secrets;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;

/// What code of a source throws, said with the line of the source that it came from, and without the secrets that it was
/// given.
final class SourceFailures {
    private final ReadSource source;
    private final Connector.Request request;
    private final Secrets secrets;

    SourceFailures(ReadSource source, Connector.Request request) {
        this.source = source;
        this.request = request;
        this.secrets = Secrets.of(request);
    }

    AdeException of(Throwable thrown) {
        Throwable cause =
                thrown instanceof InvocationTargetException it && it.getCause() != null
                        ? it.getCause()
                        : thrown;
        Location place = new Failures(source.type(), source.file()).place(cause);
        if (cause instanceof AdeException known) {
            AdeException placed = known.location() == null ? known.at(place) : known;
            return isOpen(known)
                    ? AdeException.user(hidden(known), secrets.hide(known.nextStep())).at(place)
                    : placed;
        }
        AdeException failure = failure(cause, place);
        return isOpen(cause) ? failure : failure.causedBy(cause);
    }

    private AdeException failure(Throwable cause, Location place) {
        String what =
                "Cannot load %s: %s%s"
                        .formatted(
                                request.source().name(),
                                cause.getClass().getSimpleName(),
                                cause.getMessage() == null ? "" : ": " + hidden(cause));
        if (cause instanceof OutOfMemoryError) {
            return AdeException.resource(
                            what,
                            "Add rows as they are read, or give the JVM more: ADE_OPTS=-Xmx4g")
                    .at(place);
        }
        boolean isOutside = cause instanceof IOException;
        return isOutside
                ? AdeException.resource(
                                what, "Nothing was published. Check what it reads, then run again")
                        .at(place)
                : AdeException.user(what, LibraryHint.of(cause).orElse("Nothing was published"))
                        .at(place);
    }

    private String hidden(Throwable thrown) {
        return secrets.hide(String.valueOf(thrown.getMessage()));
    }

    /// True where a secret stands in what was thrown, or in what caused it.
    private boolean isOpen(Throwable thrown) {
        for (Throwable one = thrown; one != null; one = one.getCause()) {
            if (secrets.isIn(String.valueOf(one.getMessage()))) {
                return true;
            }
        }
        return false;
    }
}
