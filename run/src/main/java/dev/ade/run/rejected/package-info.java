/// Rows that loads kept out: which of them are still out, and how they are loaded again.
///
/// Nothing here holds a value of such a row; what is known of it is in `ade.rejected`. Start reading at `RejectedRows`.
@NullMarked
package dev.ade.run.rejected;

import org.jspecify.annotations.NullMarked;
