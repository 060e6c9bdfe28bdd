package dev.ade.spi;

import java.util.List;

/// Profiles rows while they are still warm.
public interface Profiler {
    /// One fused pass over files just written. What their statistics already say is not computed again.
    Profile profile(Session session, FileTarget target, List<WrittenFile> files);

    /// The profile of the union of disjoint parts.
    Profile merge(List<Profile> parts);

    /// From what `sketch` and the other fields of stored rows say.
    Profile restore(long rows, List<Profile.ColumnProfile> columns);
}
