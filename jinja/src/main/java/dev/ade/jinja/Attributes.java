package dev.ade.jinja;

/// An object with attributes: the only kind that a template can look into, besides strings, lists,
/// tuples and dicts. May also be a [Callable], and an `Iterable`, a `List` or a `Map`, whose items and
/// methods templates then see, too. Prints as its `toString()` unless it is a list or map.
public interface Attributes {
    /// The attribute, or an [Undefined] where there is none of that name.
    Object attribute(String name);

    /// What the test `mapping` says of it.
    default boolean isMapping() {
        return this instanceof java.util.Map;
    }
}
