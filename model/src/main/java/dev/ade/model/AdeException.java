package dev.ade.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What ADE cannot do, said to the person who asked: "Cannot <verb> <thing>: <reason>, was <value>",
/// where it is, and what to do next. Never holds a secret or a personal value.
public final class AdeException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int FRAMES_SHOWN_MAX = 20;

    /// Whose turn it is, and so the exit status of a command.
    public enum Kind {
        /// The project, the command line or a setting is wrong. Exit status 2.
        USER(2),
        /// The data broke a contract or a check. Exit status 1.
        DATA(1),
        /// Somebody else changed the same thing meanwhile; trying again may help. Exit status 3.
        CONFLICT(3),
        /// Disk, memory, time, permission or another system. Exit status 4.
        RESOURCE(4),
        /// The outcome is not known: nothing was cleaned up. Exit status 5.
        UNKNOWN(5),
        /// The caller asked to stop. Exit status 130.
        CANCELLED(130),
        /// ADE itself is wrong. Exit status 70.
        INTERNAL(70);

        private final int exitStatus;

        Kind(int exitStatus) {
            this.exitStatus = exitStatus;
        }

        public int exitStatus() {
            return exitStatus;
        }
    }

    private final Kind kind;
    private final @Nullable Location location;
    private final String nextStep;
    private final transient List<Frame> frames;

    /// What the user's own code was in when it went wrong.
    ///
    /// @param what `macro pivot`
    /// @param from where it was called, or null where that is not known
    public record Frame(String what, @Nullable Location from) {
        @Override
        public String toString() {
            return from == null ? "in " + what : "in " + what + ", called at " + from;
        }
    }

    private AdeException(
            Kind kind,
            String message,
            @Nullable Location location,
            String nextStep,
            @Nullable Throwable cause) {
        this(kind, message, location, nextStep, cause, List.of());
    }

    private AdeException(
            Kind kind,
            String message,
            @Nullable Location location,
            String nextStep,
            @Nullable Throwable cause,
            List<Frame> frames) {
        super(message, cause);
        this.kind = kind;
        this.location = location;
        this.nextStep = nextStep;
        this.frames = frames;
    }

    private AdeException with(
            @Nullable Location place, @Nullable Throwable cause, List<Frame> all) {
        return new AdeException(kind, String.valueOf(getMessage()), place, nextStep, cause, all);
    }

    public static AdeException user(String message, String nextStep) {
        return new AdeException(Kind.USER, message, null, nextStep, null);
    }

    public static AdeException data(String message, String nextStep) {
        return new AdeException(Kind.DATA, message, null, nextStep, null);
    }

    public static AdeException conflict(String message, String nextStep) {
        return new AdeException(Kind.CONFLICT, message, null, nextStep, null);
    }

    public static AdeException resource(String message, String nextStep) {
        return new AdeException(Kind.RESOURCE, message, null, nextStep, null);
    }

    public static AdeException unknown(String message, String nextStep) {
        return new AdeException(Kind.UNKNOWN, message, null, nextStep, null);
    }

    public static AdeException cancelled(String message) {
        return new AdeException(Kind.CANCELLED, message, null, "", null);
    }

    public static AdeException internal(String message, Throwable cause) {
        return new AdeException(
                Kind.INTERNAL, message, null, "This is a defect of ADE: please report it", cause);
    }

    /// The same, with the place in the user's files that is to blame.
    public AdeException at(Location place) {
        return with(place, getCause(), frames);
    }

    /// The same, with what led to it.
    public AdeException causedBy(Throwable cause) {
        return with(location, cause, frames);
    }

    /// The same, thrown within something of the user's that others call, such as a macro.
    public AdeException within(String what) {
        List<Frame> all = new ArrayList<>(frames);
        all.add(new Frame(what, null));
        return with(location, getCause(), List.copyOf(all));
    }

    /// The same, with the place that called what it was last said to be within.
    public AdeException calledAt(Location place) {
        if (frames.isEmpty() || frames.getLast().from() != null) {
            return this;
        }
        List<Frame> all = new ArrayList<>(frames);
        all.set(all.size() - 1, new Frame(all.getLast().what(), place));
        return with(location, getCause(), List.copyOf(all));
    }

    /// What it was within, innermost first.
    public List<Frame> frames() {
        return frames;
    }

    public Kind kind() {
        return kind;
    }

    /// The place in the user's files, or null where there is none.
    public @Nullable Location location() {
        return location;
    }

    /// What the person can do now; empty where there is nothing.
    public String nextStep() {
        return nextStep;
    }

    /// Message and place.
    public String said() {
        return location == null
                ? String.valueOf(getMessage())
                : getMessage() + " (" + location + ")";
    }

    /// Message, place and next step as a terminal shows them.
    public String explain() {
        String[] lines = String.valueOf(getMessage()).split("\n", 2);
        StringBuilder text = new StringBuilder(lines[0]);
        if (location != null) {
            text.append(" (").append(location).append(')');
        }
        if (lines.length > 1) {
            text.append('\n').append(lines[1]);
        }
        frames.stream().limit(FRAMES_SHOWN_MAX).forEach(frame -> text.append("\n  ").append(frame));
        if (!nextStep.isEmpty()) {
            text.append("\n  ").append(nextStep);
        }
        return text.toString();
    }
}
