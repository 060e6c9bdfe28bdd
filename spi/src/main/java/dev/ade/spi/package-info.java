/// The ports: what a stage offers to the others; their Javadoc is the contract.
/// No implementation and no vendor type lives here.
/// Start at `Lake` (tables), `Engine` (SQL) and `Loader` (outside data).
@NullMarked
package dev.ade.spi;

import org.jspecify.annotations.NullMarked;
