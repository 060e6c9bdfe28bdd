/// Contract suites that every implementation of a port inherits, and a settable clock.
/// No mocks.
/// Start at the `...Contract` classes.
@NullMarked
package dev.ade.testkit;

import org.jspecify.annotations.NullMarked;
