package dev.ade.duck;

import dev.ade.spi.Engine;
import dev.ade.testkit.ScratchContract;
import java.nio.file.Path;

class ScratchSessionTest extends ScratchContract {
    @Override
    protected Engine open(Path scratch) {
        return Engines.open(scratch);
    }
}
