/// Libraries of others: Maven coordinates become jars, fetched by the user's own Maven, fixed by `ade.lock`.
/// No registry is named here, and nothing of the jars runs.
/// Start at `MavenLibraries`.
@NullMarked
package dev.ade.code.library;

import org.jspecify.annotations.NullMarked;
