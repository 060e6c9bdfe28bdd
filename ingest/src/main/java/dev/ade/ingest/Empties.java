package dev.ade.ingest;

import dev.ade.model.Type;
import java.util.Optional;

/// Objects without members, of which the engine's look at JSON says that they are maps, and lists without elements, of
/// which it says that they are lists of text. Deeper in others they are not told apart.
final class Empties {
    /// Text that looks like days is told to be days, so a list of text that fits has no elements.
    private static final Type NOTHING = new Type.ListOf(Type.Simple.DATE);

    private Empties() {}

    static boolean mayBe(Type type) {
        return switch (type) {
            case Type.MapOf _ -> true;
            case Type.ListOf(Type element) -> element == Type.Simple.VARCHAR || mayBe(element);
            case Type.Struct _, Type.Simple _, Type.Decimal _ -> false;
        };
    }

    /// What values have to fit to be empty ones of a type that is known; none where they cannot be.
    static Optional<Type> proof(Type found, Type known) {
        return switch (found) {
            case Type.MapOf _ when known instanceof Type.Struct -> Optional.of(known);
            case Type.ListOf(Type element) when known instanceof Type.ListOf(Type other) ->
                    element == Type.Simple.VARCHAR && !other.isNested()
                            ? Optional.of(NOTHING)
                            : Optional.of(known).filter(_ -> other.isNested());
            case Type.Simple _, Type.Decimal _, Type.ListOf _, Type.MapOf _, Type.Struct _ ->
                    Optional.empty();
        };
    }
}
