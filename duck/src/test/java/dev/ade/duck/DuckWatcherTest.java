package dev.ade.duck;

import dev.ade.spi.Engine;
import dev.ade.testkit.WatcherContract;
import java.nio.file.Path;

class DuckWatcherTest extends WatcherContract {
    @Override
    protected Engine open(Path scratch) {
        return Engines.open(scratch);
    }
}
