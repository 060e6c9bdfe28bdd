/// Files of SFTP servers: lists them and fetches them, nothing else. What becomes of a file does not live here, nor which
/// files are meant.
/// Start at `SftpServer`.
@NullMarked
package dev.ade.ingest.sftp;

import org.jspecify.annotations.NullMarked;
