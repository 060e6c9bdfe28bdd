package dev.ade.project;

import dev.ade.model.AdeException;
import dev.ade.model.Location;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// YAML as a tree in which everything knows where it stands.
sealed interface Yaml {
    /// Characters of one file.
    int CHARACTERS_MAX = 16 << 20;

    int DEPTH_MAX = 64;
    int ALIASES_MAX = 1_000;

    Location location();

    /// @param value String, Long, Double, Boolean, or null
    /// @param text as it is written
    record Scalar(@Nullable Object value, String text, Location location) implements Yaml {}

    record Items(List<Yaml> items, Location location) implements Yaml {}

    record Entries(Map<String, Yaml> entries, Location location) implements Yaml {}

    /// @param file for messages
    /// @return empty for a file that says nothing
    static Optional<Yaml> parse(String file, String text) {
        LoadSettings settings =
                LoadSettings.builder()
                        .setLabel(file)
                        .setSchema(new CoreSchema())
                        .setCodePointLimit(CHARACTERS_MAX)
                        .setMaxAliasesForCollections(ALIASES_MAX)
                        .build();
        try {
            return new Compose(settings)
                    .composeString(text)
                    .map(node -> tree(file, node, 0))
                    .filter(yaml -> !(yaml instanceof Scalar scalar && scalar.value() == null));
        } catch (MarkedYamlEngineException e) {
            throw wrong(e.getProblem())
                    .at(
                            e.getProblemMark()
                                    .map(mark ->
                                            new Location(
                                                    file, mark.getLine() + 1, mark.getColumn() + 1))
                                    .orElse(Location.of(file)));
        } catch (YamlEngineException e) {
            throw wrong(String.valueOf(e.getMessage())).at(Location.of(file));
        }
    }

    /// The same as plain Java values: Map, List, String, Long, Double, Boolean, null.
    default @Nullable Object plain() {
        return switch (this) {
            case Scalar scalar -> scalar.value();
            case Items items -> {
                List<@Nullable Object> plain = new ArrayList<>();
                items.items().forEach(item -> plain.add(item.plain()));
                yield plain;
            }
            case Entries entries -> {
                Map<String, @Nullable Object> plain = new LinkedHashMap<>();
                entries.entries().forEach((key, value) -> plain.put(key, value.plain()));
                yield plain;
            }
        };
    }

    private static Yaml tree(String file, Node node, int depth) {
        Location location = location(file, node);
        if (depth > DEPTH_MAX) {
            throw wrong("it is nested more than %d deep".formatted(DEPTH_MAX)).at(location);
        }
        return switch (node) {
            case MappingNode mapping ->
                    new Entries(entries(file, mapping.getValue(), depth), location);
            case SequenceNode sequence ->
                    new Items(
                            sequence.getValue().stream()
                                    .map(item -> tree(file, item, depth + 1))
                                    .toList(),
                            location);
            case ScalarNode scalar -> new Scalar(value(scalar), scalar.getValue(), location);
            default -> throw wrong("it has an anchor that leads nowhere").at(location);
        };
    }

    private static Map<String, Yaml> entries(String file, List<NodeTuple> tuples, int depth) {
        Map<String, Yaml> entries = new LinkedHashMap<>();
        Map<String, Yaml> merged = new LinkedHashMap<>();
        for (NodeTuple tuple : tuples) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw wrong("a key is not plain text").at(location(file, tuple.getKeyNode()));
            }
            Yaml value = tree(file, tuple.getValueNode(), depth + 1);
            if (key.getValue().equals("<<") && value instanceof Entries base) {
                merged.putAll(base.entries());
            } else if (entries.put(key.getValue(), value) != null) {
                throw wrong("'%s' is there twice".formatted(key.getValue()))
                        .at(location(file, key));
            }
        }
        merged.forEach(entries::putIfAbsent);
        return entries;
    }

    private static @Nullable Object value(ScalarNode node) {
        String text = node.getValue();
        Tag tag = node.getTag();
        try {
            if (tag.equals(Tag.NULL)) {
                return null;
            } else if (tag.equals(Tag.BOOL)) {
                return Boolean.parseBoolean(text);
            } else if (tag.equals(Tag.INT)) {
                return Long.decode(text.startsWith("0o") ? "0" + text.substring(2) : decimal(text));
            } else if (tag.equals(Tag.FLOAT)) {
                return Double.parseDouble(text);
            }
        } catch (NumberFormatException tooLong) {
            return text;
        }
        return text;
    }

    /// `Long.decode` would read a leading zero as octal, YAML does not.
    private static String decimal(String text) {
        return text.startsWith("0x") ? text : text.replaceFirst("^([+-]?)0+(?=\\d)", "$1");
    }

    private static Location location(String file, Node node) {
        return node.getStartMark()
                .map(mark -> new Location(file, mark.getLine() + 1, mark.getColumn() + 1))
                .orElse(Location.of(file));
    }

    private static AdeException wrong(String reason) {
        return AdeException.user("Cannot read YAML: " + reason, "Mend the file and try again");
    }
}
