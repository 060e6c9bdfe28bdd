/// Rows that loads kept out: which of them are still out, how people take them out and put them back corrected, and how they
/// are loaded again.
///
/// What is known of such a row is in `ade.rejected`, without a value; values are only in what people are given, and sealed in
/// the vault once they gave them back. Start reading at `RejectedRows`, then `RejectedExport` and `Correcting`.
@NullMarked
package dev.ade.run.rejected;

import org.jspecify.annotations.NullMarked;
