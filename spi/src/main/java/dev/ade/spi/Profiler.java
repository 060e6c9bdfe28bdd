package dev.ade.spi;

import java.util.List;

/// Profiles rows while they are still warm.
public interface Profiler {
    /// Somebody to watch the rows of one dataset while they are written.
    Watcher watcher();

    /// The profile of files just written, by one who watched. Where that was not exactly their rows, as when some were
    /// written twice, they are read.
    Profile profile(Session session, FileTarget target, List<WrittenFile> files, Watcher watcher);

    /// The profile of files that nobody watched: they are read.
    default Profile profile(Session session, FileTarget target, List<WrittenFile> files) {
        return profile(session, target, files, Watcher.NONE);
    }

    /// The profile of the union of disjoint parts.
    Profile merge(List<Profile> parts);

    /// From what `sketch` and the other fields of stored rows say.
    Profile restore(long rows, List<Profile.ColumnProfile> columns);
}
