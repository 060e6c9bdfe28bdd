package dev.ade.spi;

import java.util.List;

/// Profiles rows while they are still warm.
public interface Profiler {
    /// One fused pass over files just written. What their statistics already say is not computed again.
    Profile profile(Session session, FileTarget target, List<WrittenFile> files);

    /// One profile for each part, such as the files of one interval, still in one pass over all of them.
    default List<Profile> profileParts(
            Session session, FileTarget target, List<List<WrittenFile>> parts) {
        return parts.stream().map(files -> profile(session, target, files)).toList();
    }

    /// The profile of the union of disjoint parts.
    Profile merge(List<Profile> parts);

    /// From what `sketch` and the other fields of stored rows say.
    Profile restore(long rows, List<Profile.ColumnProfile> columns);
}
