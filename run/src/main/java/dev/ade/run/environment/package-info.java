/// What environments differ in and what moves between them: each decision is a record made of views of the
/// lake, and one small class does it in a draft. No data is read here but by `DataDiff`, and no dataset is ever
/// built. Start at `Divergence`.
@NullMarked
package dev.ade.run.environment;

import org.jspecify.annotations.NullMarked;
