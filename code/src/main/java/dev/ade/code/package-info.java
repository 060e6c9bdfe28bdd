/// What a model written in Java is made of: a class that says what it reads (`Reads`), rows as records, and one method.
/// Only what such classes use lives here; how they are compiled and run does not.
/// Start at `BatchModel`.
@NullMarked
package dev.ade.code;

import org.jspecify.annotations.NullMarked;
