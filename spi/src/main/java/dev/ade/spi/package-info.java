/// The ports: what a stage offers to the others; their Javadoc is the contract.
/// No implementation lives here, and of others' types only Arrow's, in which rows are handed to code.
/// Start at `Lake` (tables), `Engine` (SQL) and `Loader` (outside data).
@NullMarked
package dev.ade.spi;

import org.jspecify.annotations.NullMarked;
