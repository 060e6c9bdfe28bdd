/// Contract suites that every implementation of a port inherits, a settable clock, and real servers that tests start.
/// No mocks.
/// Start at the `...Contract` classes.
@NullMarked
package dev.ade.testkit;

import org.jspecify.annotations.NullMarked;
