/// Benchmarks: each prints a ratio against a baseline run in the same script.
/// No assertion on time lives in a test.
/// Start at the `README.md` beside the pom.
@NullMarked
package dev.ade.bench;

import org.jspecify.annotations.NullMarked;
