package dev.ade.app;

import dev.ade.project.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// What this machine lets the process have. Linux tells it in files, which is quicker than asking the
/// management beans; elsewhere four times the heap's limit is the machine's memory, as the JVM's default has it.
final class Host {
    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final Path CGROUP_MEMORY = Path.of("/sys/fs/cgroup/memory.max");

    private Host() {}

    static Machine machine() {
        Runtime runtime = Runtime.getRuntime();
        long memory =
                Stream.of(total(), limit())
                        .filter(OptionalLong::isPresent)
                        .mapToLong(OptionalLong::getAsLong)
                        .min()
                        .orElse(4 * runtime.maxMemory());
        return new Machine(runtime.availableProcessors(), memory);
    }

    private static OptionalLong total() {
        try (Stream<String> lines = Files.lines(MEMORY)) {
            return lines.filter(line -> line.startsWith("MemTotal:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst();
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private static OptionalLong limit() {
        try {
            String text = Files.readString(CGROUP_MEMORY).strip();
            return text.equals("max")
                    ? OptionalLong.empty()
                    : OptionalLong.of(Long.parseLong(text));
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
