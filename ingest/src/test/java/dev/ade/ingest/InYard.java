package dev.ade.ingest;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Each test in a yard of its own.
abstract class InYard {
    Yard yard;

    @BeforeEach
    final void open(@TempDir Path folder) throws IOException {
        yard = new Yard(folder);
    }

    @AfterEach
    final void close() {
        yard.close();
    }
}
