package dev.ade.code.library;

import dev.ade.model.AdeException;
import dev.ade.model.MavenCoordinate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What coordinates came to when they were first resolved: blocks of coordinates that were resolved together, each
/// followed by its jars.
record LockFile(List<Block> blocks) {
    static final String NAME = "ade.lock";

    private static final int BYTES_MAX = 4 << 20;
    private static final String HEAD =
            """
            # What libraries of Maven coordinates are made of, as they were first resolved. Commit this file.
            # Remove a block, and it is resolved again.
            """;

    /// @param coordinates sorted, each once
    /// @param jars in the order of a class path
    record Block(List<String> coordinates, List<LockedJar> jars) {
        Block {
            coordinates = List.copyOf(coordinates);
            jars = List.copyOf(jars);
        }

        private String text() {
            return "\n"
                    + coordinates.stream().map(one -> one + "\n").collect(Collectors.joining())
                    + jars.stream()
                            .map(jar -> "  %s  %s\n".formatted(jar.sha256(), jar.path()))
                            .collect(Collectors.joining());
        }
    }

    LockFile {
        blocks = List.copyOf(blocks);
    }

    static List<String> key(List<MavenCoordinate> coordinates) {
        return coordinates.stream().map(MavenCoordinate::toString).distinct().sorted().toList();
    }

    Optional<Block> find(List<String> key) {
        return blocks.stream().filter(block -> block.coordinates().equals(key)).findFirst();
    }

    LockFile with(Block block) {
        List<Block> all = new ArrayList<>(blocks);
        all.removeIf(one -> one.coordinates().equals(block.coordinates()));
        all.add(block);
        all.sort(Comparator.comparing(one -> String.join(" ", one.coordinates())));
        return new LockFile(all);
    }

    static LockFile read(Path root) {
        Path file = root.resolve(NAME);
        try {
            if (!Files.exists(file)) {
                return new LockFile(List.of());
            }
            if (Files.size(file) > BYTES_MAX) {
                throw AdeException.user(
                        "Cannot read %s: it is larger than 4 MB".formatted(NAME),
                        "Remove it: ADE writes it again");
            }
            return parse(Files.readAllLines(file));
        } catch (IOException e) {
            throw AdeException.resource(
                            "Cannot read %s: %s".formatted(NAME, e.getMessage()),
                            "Make it readable for the user that runs ADE")
                    .causedBy(e);
        }
    }

    private static LockFile parse(List<String> lines) {
        List<Block> blocks = new ArrayList<>();
        List<String> coordinates = new ArrayList<>();
        List<LockedJar> jars = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith("  ")) {
                String[] parts = line.strip().split("\\s+", 2);
                jars.add(new LockedJar(parts.length == 2 ? parts[1] : "", parts[0]));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                if (!jars.isEmpty()) {
                    blocks.add(new Block(coordinates, jars));
                    coordinates.clear();
                    jars.clear();
                }
                coordinates.add(MavenCoordinate.of(line).toString());
            }
        }
        if (!coordinates.isEmpty()) {
            blocks.add(new Block(coordinates, jars));
        }
        return new LockFile(blocks);
    }

    /// To be called by one process at a time.
    void write(Path root) {
        Path file = root.resolve(NAME);
        String text = HEAD + blocks.stream().map(Block::text).collect(Collectors.joining());
        try {
            Path fresh = root.resolve("." + NAME + ".new");
            Files.writeString(fresh, text);
            Files.move(
                    fresh,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw AdeException.resource(
                            "Cannot write %s: %s".formatted(NAME, e.getMessage()),
                            "Make the project's folder writable for the user that runs ADE")
                    .causedBy(e);
        }
    }
}
