package dev.ade.code.run;

import dev.ade.code.library.LibraryHint;
import dev.ade.model.AdeException;
import dev.ade.model.Location;
import java.lang.reflect.InvocationTargetException;

/// What code of a model throws, said with the line of the model that it came from.
///
/// @param type the model's class
/// @param file path relative to the project
public record Failures(Class<?> type, String file) {
    /// Code of a user's.
    interface Code {
        void run() throws Exception;
    }

    /// Runs code of the model, which may throw anything.
    ///
    /// @throws AdeException for whatever it throws, but for being stopped
    void guard(Code code) {
        try {
            code.run();
        } catch (Flow.Stopped stopped) {
            throw stopped;
        } catch (Exception
                | LinkageError
                | AssertionError
                | StackOverflowError
                | OutOfMemoryError e) {
            throw of(e);
        }
    }

    AdeException of(Throwable thrown) {
        Throwable cause =
                thrown instanceof InvocationTargetException it && it.getCause() != null
                        ? it.getCause()
                        : thrown;
        if (cause instanceof AdeException known) {
            return known.location() == null ? known.at(place(known)) : known;
        }
        if (cause instanceof OutOfMemoryError) {
            return AdeException.resource(
                            "Cannot run %s: it needs more memory than there is"
                                    .formatted(type.getSimpleName()),
                            "Keep less of the rows, or give the JVM more: ADE_OPTS=-Xmx4g")
                    .at(place(cause))
                    .causedBy(cause);
        }
        String message = cause.getMessage() == null ? "" : ": " + cause.getMessage();
        return AdeException.user(
                        "Cannot run %s: %s%s"
                                .formatted(
                                        type.getSimpleName(),
                                        cause.getClass().getSimpleName(),
                                        message),
                        LibraryHint.of(cause).orElse(""))
                .at(place(cause))
                .causedBy(cause);
    }

    /// The line of the class that it came from, else the file.
    public Location place(Throwable cause) {
        for (StackTraceElement frame : cause.getStackTrace()) {
            String name = frame.getClassName();
            boolean isOwn = name.equals(type.getName()) || name.startsWith(type.getName() + "$");
            if (isOwn && frame.getLineNumber() > 0) {
                return new Location(file, frame.getLineNumber(), 0);
            }
        }
        return Location.of(file);
    }
}
