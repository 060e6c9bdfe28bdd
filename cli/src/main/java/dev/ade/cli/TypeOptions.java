package dev.ade.cli;

import dev.ade.model.AdeException;
import dev.ade.spi.Resource;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/// Which types of resources are meant, in dbt's words.
final class TypeOptions {
    @Option(
            names = {"--resource-type", "--resource-types"},
            paramLabel = "TYPE",
            arity = "1..*",
            description =
                    "Only of this type: source, seed, model, snapshot, analysis, test, unit_test, exposure,"
                            + " or all; may be repeated.")
    private List<String> wanted = List.of();

    @Option(
            names = {"--exclude-resource-type", "--exclude-resource-types"},
            paramLabel = "TYPE",
            arity = "1..*",
            description = "Not of this type; may be repeated.")
    private List<String> unwanted = List.of();

    /// None means all.
    Set<Resource.Type> types() {
        Set<Resource.Type> types = types(wanted);
        if (unwanted.isEmpty()) {
            return types;
        }
        Set<Resource.Type> left = types.isEmpty() ? byDefault() : EnumSet.copyOf(types);
        left.removeAll(types(unwanted));
        if (left.isEmpty()) {
            throw AdeException.user(
                    "Cannot select: every type is left out", "Leave out fewer types");
        }
        return left;
    }

    /// Those that are meant where a list of everything is asked for: as with dbt, all but analyses.
    Set<Resource.Type> listed() {
        Set<Resource.Type> types = types();
        return types.isEmpty() ? byDefault() : types;
    }

    private static Set<Resource.Type> byDefault() {
        return EnumSet.complementOf(EnumSet.of(Resource.Type.ANALYSIS));
    }

    private static Set<Resource.Type> types(List<String> words) {
        Set<Resource.Type> types = EnumSet.noneOf(Resource.Type.class);
        words.stream()
                .flatMap(word -> Stream.of(word.split("[,\\s]+", -1)))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .forEach(word -> {
                    switch (word) {
                        case "all" -> types.addAll(EnumSet.allOf(Resource.Type.class));
                        case "default" -> types.addAll(byDefault());
                        default -> types.add(type(word));
                    }
                });
        return types;
    }

    private static Resource.Type type(String word) {
        return Stream.of(Resource.Type.values())
                .filter(type -> type.word().equals(word))
                .findFirst()
                .orElseThrow(() ->
                        AdeException.user(
                                "Cannot select by type '%s'".formatted(word),
                                "Use "
                                        + Stream.of(Resource.Type.values())
                                                .map(Resource.Type::word)
                                                .collect(Collectors.joining(", "))));
    }
}
