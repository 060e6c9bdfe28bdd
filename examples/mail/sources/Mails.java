import dev.ade.code.Asked;
import dev.ade.code.JavaSource;
import dev.ade.code.Sink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// Reads a folder of mails, those that came since it was read last. A position is the name of the last file.
public class Mails implements JavaSource<Mails.Mail> {
    record Mail(String file, Instant sentAt, String sender, String recipient, String subject, int words) {}

    @Override
    public void read(Asked asked, Sink<Mail> sink) throws IOException {
        String last = asked.position().orElse("");
        try (Stream<Path> files = Files.list(asked.project().resolve(asked.setting("folder")))) {
            for (Path file : files.filter(one -> one.toString().endsWith(".eml")).sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.compareTo(last) > 0) {
                    sink.part(name);
                    sink.add(mail(name, Files.readAllLines(file, StandardCharsets.UTF_8)));
                    sink.next(name);
                }
            }
        }
    }

    private static Mail mail(String name, List<String> lines) {
        int empty = lines.indexOf("");
        Map<String, String> header = header(lines.subList(0, empty < 0 ? lines.size() : empty));
        String body = empty < 0 ? "" : String.join(" ", lines.subList(empty + 1, lines.size())).strip();
        return new Mail(
                name,
                ZonedDateTime.parse(header.get("date"), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant(),
                address(header.get("from")),
                address(header.get("to")),
                header.get("subject"),
                body.isEmpty() ? 0 : body.split("\\s+").length);
    }

    /// A line that begins with a space goes on with the one before.
    private static Map<String, String> header(List<String> lines) {
        Map<String, String> fields = new LinkedHashMap<>();
        String name = "";
        for (String line : lines) {
            if (line.startsWith(" ") || line.startsWith("\t")) {
                fields.merge(name, line.strip(), (before, more) -> before + " " + more);
            } else {
                int colon = line.indexOf(':');
                name = line.substring(0, colon).toLowerCase(Locale.ROOT);
                fields.put(name, line.substring(colon + 1).strip());
            }
        }
        return fields;
    }

    /// Of `Ana Diaz <ana@shop.example>` what stands in brackets.
    private static String address(String text) {
        int from = text.indexOf('<');
        return from < 0 ? text : text.substring(from + 1, text.indexOf('>', from));
    }
}
