package dev.ade.ingest;

import dev.ade.model.AdeException;
import io.airlift.compress.MalformedInputException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipException;

/// Says what is wrong with a file that cannot be read, in words that hold nothing of its content. The
/// engine's own message may quote the line, so it is never passed on.
final class Broken {
    /// What an engine's or library's message holds, and what that means.
    private record Sign(String text, Problem problem) {}

    private enum Problem {
        TRUNCATED("it ends in the middle of its compressed data", "Copy or download it again"),
        NOT_PACKED("it is not what its name says it is packed with", "Rename it, or pack it again"),
        ENCODING(
                "its text is not in the encoding it is read with",
                "Add load: {options: {encoding: latin-1}} (or windows-1252, utf-16), or convert it with iconv -t utf-8"),
        PARQUET("it is no Parquet file or its footer is damaged", "Write or copy it again"),
        LINE(
                "a line is longer than max_line_size",
                "Check that the quotes match, or raise max_line_size in load: options"),
        LINE_ENDS(
                "its lines end in different ways, or text follows a closing quote",
                "Convert it with dos2unix, or add load: {options: {strict_mode: false}}"),
        NAMES(
                "objects in it have members whose names differ in nothing but their case",
                "Give them names of their own, or leave them out"),
        ROWS(
                "it has rows that are no JSON objects",
                "Give an array of objects, or one object a line"),
        JSON(
                "it is no well-formed JSON",
                "Check it with a JSON tool; of NDJSON only the broken lines are rejected, so say format: ndjson if it is that"),
        OBJECT(
                "a JSON value is larger than maximum_object_size",
                "Raise maximum_object_size in load: options"),
        /// Disk or memory: the engine's words say it, and hold no data.
        MACHINE("", ""),
        ADE("", ""),
        DENIED("permission is denied", "Give the user that runs ade read access"),
        OTHER(
                "it cannot be read",
                "Look at it with ade source inspect, and describe it in load: options");

        private final String reason;
        private final String nextStep;

        Problem(String reason, String nextStep) {
            this.reason = reason;
            this.nextStep = nextStep;
        }
    }

    private static final List<Sign> SIGNS =
            List.of(
                    new Sign("duplicate name", Problem.NAMES),
                    new Sign("duplicate keys", Problem.NAMES),
                    new Sign("expected records", Problem.ROWS),
                    new Sign("expected object, but got", Problem.ROWS),
                    new Sign("binder error", Problem.ADE),
                    new Sign("parser error", Problem.ADE),
                    new Sign("catalog error", Problem.ADE),
                    new Sign("memory limit", Problem.MACHINE),
                    new Sign("disk is full", Problem.MACHINE),
                    new Sign("cannot make the folder", Problem.MACHINE),
                    new Sign("permission denied", Problem.DENIED),
                    new Sign("end of gzip", Problem.TRUNCATED),
                    new Sign("end of zlib", Problem.TRUNCATED),
                    new Sign("not enough input bytes", Problem.TRUNCATED),
                    new Sign("unknown frame descriptor", Problem.NOT_PACKED),
                    new Sign("not in gzip format", Problem.NOT_PACKED),
                    new Sign("input is not a gzip", Problem.NOT_PACKED),
                    new Sign("not utf-8 encoded", Problem.ENCODING),
                    new Sign("invalid unicode", Problem.ENCODING),
                    new Sign("not encoded in", Problem.ENCODING),
                    new Sign("magic bytes", Problem.PARQUET),
                    new Sign("too small to be a parquet", Problem.PARQUET),
                    new Sign("footer", Problem.PARQUET),
                    new Sign("thrift", Problem.PARQUET),
                    new Sign("parquet", Problem.PARQUET),
                    new Sign("state machine reached an invalid state", Problem.LINE_ENDS),
                    new Sign("maximum line size", Problem.LINE),
                    new Sign("maximum_object_size", Problem.OBJECT),
                    new Sign("malformed json", Problem.JSON),
                    new Sign("json", Problem.JSON));

    private Broken() {}

    /// The error for `origin`, unless `e` is one already or no fault of the file.
    static AdeException file(String origin, Exception e) {
        if (e instanceof AdeException known && (isOurs(known) || !isEngineError(known))) {
            return known;
        }
        Problem problem = problem(e);
        if (problem == Problem.ADE) {
            return AdeException.internal(
                    "Cannot load %s: its statement is wrong".formatted(origin), e);
        }
        if (problem == Problem.MACHINE && e instanceof AdeException known) {
            return known;
        }
        String message = "Cannot load %s: %s".formatted(origin, problem.reason);
        return problem == Problem.DENIED
                ? AdeException.resource(message, problem.nextStep)
                : AdeException.data(message, problem.nextStep);
    }

    /// True where reading less strictly would not help.
    static boolean isFinal(AdeException e) {
        Problem problem = problem(e);
        return problem == Problem.TRUNCATED
                || problem == Problem.NOT_PACKED
                || problem == Problem.ENCODING
                || problem == Problem.NAMES
                || problem == Problem.MACHINE
                || problem == Problem.ADE
                || !isEngineError(e);
    }

    static boolean isMalformedJson(AdeException e) {
        Problem problem = problem(e);
        return problem == Problem.JSON || problem == Problem.ROWS;
    }

    private static boolean isOurs(AdeException e) {
        return String.valueOf(e.getMessage()).startsWith("Cannot load ");
    }

    private static boolean isEngineError(AdeException e) {
        return switch (e.kind()) {
            case USER, DATA, RESOURCE, INTERNAL -> true;
            case CONFLICT, UNKNOWN, CANCELLED -> false;
        };
    }

    private static Problem problem(Exception e) {
        return switch (e) {
            case EOFException _, MalformedInputException _ -> Problem.TRUNCATED;
            case CharacterCodingException _ -> Problem.ENCODING;
            case ZipException _ -> Problem.NOT_PACKED;
            case AccessDeniedException _ -> Problem.DENIED;
            default -> bySign(e);
        };
    }

    private static Problem bySign(Throwable e) {
        String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        for (Sign sign : SIGNS) {
            if (text.contains(sign.text())) {
                return sign.problem();
            }
        }
        Throwable cause = e.getCause();
        return cause == null ? Problem.OTHER : bySign(cause);
    }

    /// For files that change or vanish while they are read.
    static AdeException changing(String origin) {
        return AdeException.resource(
                "Cannot load %s: it changed while it was read".formatted(origin),
                "Let its writer finish first: write under a name that ends in .part, then rename");
    }

    static AdeException leftBehind(Path folder, IOException e) {
        return AdeException.resource(
                        "Cannot remove the temporary folder %s: %s"
                                .formatted(folder, e.getMessage()),
                        "Remove it: it holds files as they were before privacy")
                .causedBy(e);
    }
}
