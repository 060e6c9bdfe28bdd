/// Tells others what runs do, as OpenLineage events.
/// Nothing here may delay a run or make it fail: events wait in an outbox of their own, and what cannot be delivered is
/// counted.
/// Start at `OpenLineageListener`.
@NullMarked
package dev.ade.run.openlineage;

import org.jspecify.annotations.NullMarked;
