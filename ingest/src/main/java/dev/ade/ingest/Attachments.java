package dev.ade.ingest;

import dev.ade.ingest.mail.Mail;
import dev.ade.model.AdeException;
import dev.ade.model.LoadSpec;
import dev.ade.model.SourceTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;

/// Attachments of mails as files: `orders.csv` of `in/7.eml` is `in/7.eml!/orders.csv`.
///
/// @param wanted of which names
record Attachments(SourceTable source, LoadSpec.Files files, Glob wanted) {
    private static final String INSIDE = "!/";

    /// Empty for files that are no mails.
    static Optional<Attachments> of(SourceTable source, LoadSpec.Files files) {
        return ReaderOptions.of(source, files)
                .text(Option.ATTACHMENT)
                .map(pattern -> new Attachments(source, files, Glob.parse(pattern)));
    }

    static boolean areMeant(LoadSpec.Files files) {
        return files.options().keySet().stream()
                .anyMatch(name -> Option.find(name).filter(Option.ATTACHMENT::equals).isPresent());
    }

    /// What a file lies in: an attachment in its mail, any other file in itself.
    ///
    /// @param meant empty where files are no mails
    static String container(Optional<Attachments> meant, String origin) {
        int inside = meant.isPresent() ? origin.lastIndexOf(INSIDE) : -1;
        return inside < 0 ? origin : origin.substring(0, inside);
    }

    /// How mails are listed: whatever they are called.
    LoadSpec.Files mails() {
        return new LoadSpec.Files(
                files.patterns(),
                LoadSpec.Format.NDJSON,
                files.mode(),
                files.key(),
                files.options(),
                files.rejectLimit(),
                files.sftp());
    }

    /// Copies those that are wanted into a folder.
    ///
    /// @throws AdeException DATA where it is no mail
    List<Brought.Copy> of(String mail, Path path, Instant modifiedAt, Path folder) {
        List<Brought.Copy> copies = new ArrayList<>();
        try (InputStream in = Contents.unpacked(path, mail, ReaderOptions.of(source, files))) {
            Path own = Files.createTempDirectory(folder, "mail");
            new Mail(
                            mail,
                            wanted::matches,
                            name -> {
                                Path copy = own.resolve(name(copies.size(), name));
                                copies.add(new Brought.Copy(mail + INSIDE + name, copy));
                                return Files.newOutputStream(copy, StandardOpenOption.CREATE_NEW);
                            })
                    .read(in);
            for (Brought.Copy copy : copies) {
                Discovery.formatOf(source, files.format(), copy.origin());
                Files.setLastModifiedTime(copy.path(), FileTime.from(modifiedAt));
            }
            return copies;
        } catch (IOException e) {
            throw Broken.file(mail, e);
        }
    }

    /// Nothing of a mail decides about more than how its attachment is read.
    private static String name(int number, String attachment) {
        Matcher endings = Fetching.ENDINGS.matcher(attachment);
        return "%d%s".formatted(number, endings.find() ? endings.group() : "");
    }
}
