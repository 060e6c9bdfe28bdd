package dev.ade.ingest;

import dev.ade.model.Type;
import java.util.regex.Pattern;

/// Names of columns and of members of objects that are e-mail addresses or phone numbers: values that stand where names
/// should, which are shown to everyone.
final class NamesOfPeople {
    private static final Pattern PERSON =
            Pattern.compile("[^\\s@]+@[^\\s@]+\\.[^\\s@]+|\\+\\d[\\d ()./-]{6,}");

    /// As OData names what it says of a member: `price@odata.type`, `price@Measures.Unit`.
    private static final Pattern ANNOTATION =
            Pattern.compile(
                    "[^\\s@]+@(odata\\.(type|bind|etag|count|context|media|\\p{L}+Link)|\\p{Lu}\\w*\\.\\p{Lu}).*");

    private NamesOfPeople() {}

    static boolean isOne(String name) {
        return PERSON.matcher(name).matches() && !ANNOTATION.matcher(name).matches();
    }

    /// Whether an object somewhere in a type has a member that is called so.
    static boolean isIn(Type type) {
        return switch (type) {
            case Type.Struct struct ->
                    struct.fields().stream()
                            .anyMatch(field -> isOne(field.name()) || isIn(field.type()));
            case Type.ListOf list -> isIn(list.element());
            case Type.MapOf map -> isIn(map.key()) || isIn(map.value());
            case Type.Simple _, Type.Decimal _ -> false;
        };
    }

    /// A type for people to read.
    static String text(Type type) {
        return isIn(type) ? "an object with members that are called by people" : type.text();
    }
}
