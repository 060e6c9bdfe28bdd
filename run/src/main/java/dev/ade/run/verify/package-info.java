/// Whether what is published of a source is what is there now.
///
/// Loaders read and compare; here they are given what they need, and what they find is made a verdict. Start reading at
/// `Verifier`.
@NullMarked
package dev.ade.run.verify;

import org.jspecify.annotations.NullMarked;
