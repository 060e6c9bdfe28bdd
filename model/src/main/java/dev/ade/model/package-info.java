/// The nouns of ADE: records and sealed types that check themselves when they are made.
/// Only `java.base` may be imported here, and nothing here does I/O.
/// Start at `Project`, `Model` and `Interval`.
@NullMarked
package dev.ade.model;

import org.jspecify.annotations.NullMarked;
