/// Takes mails apart. Of a mail nothing but the attachments that are wanted leaves this package: no address, no subject, no
/// text.
/// Start at `Mail`.
@NullMarked
package dev.ade.ingest.mail;

import org.jspecify.annotations.NullMarked;
