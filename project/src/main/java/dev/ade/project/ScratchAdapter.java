package dev.ade.project;

import dev.ade.jinja.Arguments;
import dev.ade.jinja.Callable;
import dev.ade.jinja.None;
import java.util.Optional;
import java.util.function.Consumer;

/// What `adapter` does to tables where a materialization makes them.
final class ScratchAdapter {
    private ScratchAdapter() {}

    static Optional<Object> find(Scratch scratch, String name) {
        return switch (name) {
            case "create_schema" ->
                    does(arguments -> scratch.createSchema(first(arguments, "relation").schema()));
            case "drop_schema" ->
                    does(arguments -> scratch.dropSchema(first(arguments, "relation").schema()));
            case "drop_relation" -> does(arguments -> scratch.drop(first(arguments, "relation")));
            case "truncate_relation" ->
                    does(arguments -> scratch.truncate(first(arguments, "relation")));
            case "rename_relation" ->
                    does(arguments ->
                            scratch.rename(
                                    first(arguments, "from_relation"),
                                    AdapterValue.relation(arguments.require(1, "to_relation"))));
            default -> Optional.empty();
        };
    }

    private static Optional<Object> does(Consumer<Arguments> work) {
        return Optional.of(
                (Callable)
                        arguments -> {
                            work.accept(arguments);
                            return None.NONE;
                        });
    }

    private static RelationValue first(Arguments arguments, String name) {
        return AdapterValue.relation(arguments.require(0, name));
    }
}
