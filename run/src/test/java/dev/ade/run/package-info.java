/// End-to-end tests: whole projects through the same door as the command line.
/// Nothing here reaches into a module; only `ArchitectureTest` and `TidyTest` look at the code itself.
/// Start at `EndToEndTest`; `Estate` is the project folder that tests write and run.
@NullMarked
package dev.ade.it;

import org.jspecify.annotations.NullMarked;
