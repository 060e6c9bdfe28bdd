package dev.ade.project;

import dev.ade.model.CheckSpec;
import dev.ade.model.TableName;
import java.util.Optional;

/// Tells of nodes of the project what a folder of dbt's files says of their ids.
record ManifestStates(ManifestParts parts, ManifestIds ids, StateFolder files)
        implements Methods.States {
    @Override
    public boolean is(Node node, String state) {
        return id(node).filter(id -> files.is(id, state)).isPresent();
    }

    @Override
    public Optional<String> result(Node node) {
        return id(node).flatMap(files::result);
    }

    @Override
    public boolean isFresher(Node node) {
        return id(node).filter(files::isFresher).isPresent();
    }

    /// Empty for what dbt does not know.
    private Optional<String> id(Node node) {
        return switch (node.type()) {
            case MODEL, SNAPSHOT, SEED, SOURCE -> ids.of(TableName.parse(node.id()));
            case TEST ->
                    parts.project().checks().stream()
                            .filter(check -> check.name().equals(node.name()))
                            .findFirst()
                            .flatMap((CheckSpec check) -> ids.of(check));
            case UNIT_TEST ->
                    parts.project().unitTests().stream()
                            .filter(test ->
                                    node.id()
                                            .equals(
                                                    "unit_test "
                                                            + test.model()
                                                            + " "
                                                            + test.name()))
                            .findFirst()
                            .map(ids::of);
            case ANALYSIS, EXPOSURE ->
                    Optional.of(
                            ManifestIds.id(
                                    node.type().word(), parts.owner(node.file()), node.name()));
        };
    }
}
