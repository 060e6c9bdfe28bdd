package dev.ade.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ade.privacy.Keyring.Purpose;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyringProcessesTest {
    private @TempDir Path folder = Path.of("");

    /// Another process that needs a key.
    static final class Needs {
        private Needs() {}

        public static void main(String[] arguments) {
            System.out.print(key(Path.of(arguments[0])));
        }
    }

    @Test
    void processes_that_need_keys_at_once_make_them_once() throws Exception {
        Path keys = folder.resolve("state/keys.json");
        List<Process> processes = Stream.generate(() -> start(keys)).limit(3).toList();
        Set<String> seen = new HashSet<>();
        for (Process process : processes) {
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
            seen.add(output);
        }
        assertThat(seen).containsExactly(key(keys));
    }

    private static Process start(Path keys) {
        try {
            return new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Needs.class.getName(),
                            keys.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String key(Path keys) {
        Keyring keyring =
                Keyring.open(keys, Optional.empty(), Optional.empty(), new SecureRandom());
        return HexFormat.of().formatHex(keyring.stableKey(Purpose.PSEUDONYM, "a", 32));
    }
}
