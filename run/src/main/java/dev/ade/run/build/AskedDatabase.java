package dev.ade.run.build;

import dev.ade.spi.Compiler;
import dev.ade.spi.LakeView;
import dev.ade.spi.Session;
import org.jspecify.annotations.Nullable;

/// A view of a run as templates may ask it while they are compiled. Its session is opened when it is first asked
/// for, which for most models is never. Used by one thread.
public final class AskedDatabase implements Compiler.Database, AutoCloseable {
    private final Sessions sessions;
    private final LakeView view;
    private Sessions.@Nullable Lease lease;

    public AskedDatabase(Sessions sessions, LakeView view) {
        this.sessions = sessions;
        this.view = view;
    }

    @Override
    public LakeView datasets() {
        return view;
    }

    @Override
    public Session session() {
        if (lease == null) {
            lease = sessions.open(view);
        }
        return lease.session();
    }

    @Override
    public void close() {
        if (lease != null) {
            lease.close();
        }
    }
}
