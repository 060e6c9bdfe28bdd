package dev.ade.ingest.mail;

import dev.ade.model.AdeException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.MimeIOException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Event;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeParseEventException;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RawBody;
import org.apache.james.mime4j.stream.RawField;
import org.apache.james.mime4j.stream.RawFieldParser;
import org.apache.james.mime4j.util.MimeParameterMapping;

/// One mail (RFC 5322, MIME), read once from its beginning to its end. Mails in mails are part of it.
public final class Mail {
    private static final int PARTS_MAX = 1_000;
    private static final int DEPTH_MAX = 20;
    private static final long BYTES_MAX = 1L << 30;
    private static final int NAME_MAX = 200;
    private static final byte[] MBOX = "From ".getBytes(StandardCharsets.US_ASCII);

    /// One of them has every mail.
    private static final Set<String> HEADERS =
            Set.of("from", "date", "message-id", "received", "mime-version", "return-path");

    private static final MimeConfig LIMITS =
            MimeConfig.custom()
                    .setMaxHeaderCount(10_000)
                    .setMaxHeaderLen(1 << 20)
                    .setMaxLineLen(16 << 20)
                    .setMaxContentLen(BYTES_MAX)
                    .build();

    /// Refuses mails that are cut short, of which the library would give what there is.
    private static final DecodeMonitor WHOLE =
            new DecodeMonitor() {
                @Override
                public boolean warn(String error, String consequence) {
                    return error.contains(Event.MIME_BODY_PREMATURE_END.toString());
                }

                @Override
                public boolean isListening() {
                    return true;
                }
            };

    private final String origin;
    private final Predicate<String> isWanted;
    private final Sink sink;
    private final Set<String> names = new HashSet<>();
    private Optional<String> disposed = Optional.empty();
    private Optional<String> typed = Optional.empty();
    private boolean isMail;
    private int parts;
    private int depth;

    /// Where attachments go.
    public interface Sink {
        /// @param name of the attachment: unique in its mail, without `/`
        OutputStream open(String name) throws IOException;
    }

    /// @param origin the mail's file, for messages
    /// @param isWanted of names
    public Mail(String origin, Predicate<String> isWanted, Sink sink) {
        this.origin = origin;
        this.isWanted = isWanted;
        this.sink = sink;
    }

    /// @throws AdeException DATA where it is no mail, or passes a limit; its message holds nothing of the mail
    public void read(InputStream file) throws IOException {
        InputStream in = new BufferedInputStream(file, 1 << 16);
        in.mark(MBOX.length);
        if (Arrays.equals(in.readNBytes(MBOX.length), MBOX)) {
            throw broken(
                    "it is a mailbox of several mails (mbox)",
                    "Have one file a mail: deliver into a Maildir, or split it with formail");
        }
        in.reset();
        MimeTokenStream tokens = new MimeTokenStream(LIMITS, WHOLE, null);
        try {
            tokens.parse(in);
            for (EntityState state = tokens.getState();
                    state != EntityState.T_END_OF_STREAM;
                    state = tokens.next()) {
                take(state, tokens);
            }
        } catch (MimeParseEventException e) {
            throw broken(
                    "it ends before its end",
                    "Run again when it has come whole, or have it sent again and take this one out");
        } catch (MimeException | MimeIOException e) {
            throw broken("it passes a limit of mails", "Look at it, and take it out if it is none");
        }
        if (!isMail) {
            throw broken("it is no mail", "Give mails as servers write them, one file each");
        }
    }

    private void take(EntityState state, MimeTokenStream tokens) throws IOException {
        switch (state) {
            case T_START_MESSAGE, T_START_MULTIPART -> {
                depth++;
                if (depth > 2 * DEPTH_MAX) {
                    throw broken(
                            "its parts are more than %d deep".formatted(DEPTH_MAX), "Take it out");
                }
            }
            case T_END_MESSAGE, T_END_MULTIPART -> depth--;
            case T_START_HEADER -> {
                disposed = Optional.empty();
                typed = Optional.empty();
            }
            case T_FIELD -> field(tokens.getField());
            case T_BODY -> body(tokens);
            case T_RAW_ENTITY,
                    T_END_HEADER,
                    T_PREAMBLE,
                    T_EPILOGUE,
                    T_START_BODYPART,
                    T_END_BODYPART,
                    T_END_OF_STREAM -> {}
        }
    }

    private void field(Field field) {
        switch (field.getName().toLowerCase(Locale.ROOT)) {
            case "content-disposition" -> disposed = parameter(field, "filename");
            case "content-type" -> typed = parameter(field, "name");
            case String name -> isMail |= HEADERS.contains(name);
        }
    }

    /// As RFC 2231 writes names that are not ASCII, or as others do.
    private static Optional<String> parameter(Field field, String name) {
        RawField raw =
                field instanceof RawField it ? it : new RawField(field.getName(), field.getBody());
        RawBody body = RawFieldParser.DEFAULT.parseRawBody(raw);
        MimeParameterMapping parameters = new MimeParameterMapping();
        body.getParams().forEach(it -> parameters.addParameter(it.getName(), it.getValue()));
        return Optional.ofNullable(parameters.get(name))
                .map(text -> DecoderUtil.decodeEncodedWords(text, DecodeMonitor.SILENT))
                .filter(text -> !text.isBlank());
    }

    private void body(MimeTokenStream tokens) throws IOException {
        parts++;
        if (parts > PARTS_MAX) {
            throw broken("it has more than %,d parts".formatted(PARTS_MAX), "Take it out");
        }
        Optional<String> name = disposed.or(() -> typed).map(Mail::plain).filter(isWanted);
        if (name.isPresent()) {
            try (InputStream in = tokens.getDecodedInputStream();
                    OutputStream out = sink.open(unique(name.get()))) {
                in.transferTo(out);
            }
        }
    }

    /// Without a folder, and without what would break a line.
    private static String plain(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        String text = last.replaceAll("\\p{Cntrl}", "_");
        return text.substring(Math.max(0, text.length() - NAME_MAX));
    }

    /// Of two attachments of one name the second is `2:orders.csv`.
    private String unique(String name) {
        String free = name;
        for (int n = 2; !names.add(free); n++) {
            free = n + ":" + name;
        }
        return free;
    }

    private AdeException broken(String reason, String next) {
        return AdeException.data("Cannot load %s: %s".formatted(origin, reason), next);
    }
}
